import type { SessionTotals } from '@/db/queries/sessionsForReport'
import type { Totals } from '../report'

/** `sessionTotalsOf`: sums over all currencies, money by each; `rows` counts sessions. */
export function sessionTotalsOf(found: readonly SessionTotals[]): Totals {
  const sum = (key: keyof Omit<SessionTotals, 'currency'>) =>
    found.reduce((all, one) => all + one[key], 0)
  const notes: string[] = []
  const [unpriced, running] = [sum('unpriced'), sum('running')]
  if (unpriced > 0)
    notes.push(
      unpriced === 1
        ? '1 session has no price yet: it needs review, and its cost is not in the sum.'
        : `${unpriced} sessions have no price yet: they need review, and their cost is not in the sum.`,
    )
  if (running > 0)
    notes.push(
      running === 1
        ? '1 session is still under way and counts with what it has so far.'
        : `${running} sessions are still under way and count with what they have so far.`,
    )
  return {
    rows: sum('sessions'),
    sums: {
      energyWh: sum('energyWh'),
      chargingSeconds: sum('chargingSeconds'),
      durationSeconds: sum('durationSeconds'),
    },
    money: found.flatMap(({ currency, costMinor, taxMinor }) =>
      currency === null ? [] : [{ currency, sums: { costMinor, taxMinor } }],
    ),
    notes,
  }
}
