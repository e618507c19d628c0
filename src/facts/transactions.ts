import type { KnownTransaction } from '@/db/queries/appendSamples'

/**
 * Which session a transaction number means, as far as this process has seen: a shortcut for the busiest message, never
 * the truth (that is `sessions`). Bounded; the oldest entries go first.
 */
export type TransactionCache = {
  find(chargerId: number, transactionId: number): KnownTransaction | undefined
  remember(known: KnownTransaction): void
}

/** Two generations: when the young one is full it becomes the old one, and what nobody asked for since is forgotten. */
export function createTransactionCache(maxEntries = 100_000): TransactionCache {
  let young = new Map<number, KnownTransaction>()
  let old = young
  function keep(known: KnownTransaction) {
    if (young.size >= maxEntries / 2) {
      old = young
      young = new Map()
    }
    young.set(known.transactionId, known)
  }
  return {
    find(chargerId, transactionId) {
      let known = young.get(transactionId)
      if (!known && (known = old.get(transactionId))) keep(known)
      return known?.chargerId === chargerId ? known : undefined
    },
    remember: keep,
  }
}
