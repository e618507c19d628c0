import type { KnownTransaction } from '@/db/queries/appendSamples'

/**
 * Which session a transaction number means, as far as this process has seen: a shortcut for the busiest message, never
 * the truth (that is `sessions`). Bounded; the oldest entries go first.
 */
export type TransactionCache = {
  find(chargerId: number, transactionId: number): KnownTransaction | undefined
  remember(known: KnownTransaction): void
}

export function createTransactionCache(maxEntries = 100_000): TransactionCache {
  const entries = new Map<number, KnownTransaction>()
  return {
    find(chargerId, transactionId) {
      const known = entries.get(transactionId)
      return known?.chargerId === chargerId ? known : undefined
    },
    remember(known) {
      entries.set(known.transactionId, known)
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value!)
    },
  }
}
