import type { ChargerStatus } from './connector'

/**
 * The order in which a place is judged by its chargers: what needs somebody first, what is well last. It is not the
 * order of a charger's own roll-up: there a charge outweighs a reservation, here both are well.
 */
export const worstFirst: readonly ChargerStatus[] = [
  'Faulted',
  'Offline',
  'Unavailable',
  'NeverConnected',
  'SuspendedEVSE',
  'SuspendedEV',
  'Reserved',
  'Finishing',
  'Preparing',
  'Charging',
  'Available',
]

export type StatusCounts = Readonly<Partial<Record<string, number>>>

/** `worstOf`: the first of `worstFirst` that is there; null for a place without chargers. */
export function worstOf(counts: StatusCounts): ChargerStatus | null {
  return worstFirst.find((status) => (counts[status] ?? 0) > 0) ?? null
}

/** `addCounts`: of several places together. */
export function addCounts(a: StatusCounts, b: StatusCounts): StatusCounts {
  const sum: Record<string, number> = {}
  for (const counts of [a, b])
    for (const [status, count] of Object.entries(counts))
      if (count) sum[status] = (sum[status] ?? 0) + count
  return sum
}

export function countAll(counts: StatusCounts): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
}
