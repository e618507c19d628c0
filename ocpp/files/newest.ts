/**
 * One transfer per link at a time, and the newest wins: a charger on a bad line comes again while its old connection
 * still looks alive from here.
 */
export type Newest = {
  /** Ends an earlier one; what is returned tells that this one has ended. */
  take(key: string, cut: () => void): () => void
}

export function createNewest(): Newest {
  const running = new Map<string, () => void>()
  return {
    take(key, cut) {
      running.get(key)?.()
      running.set(key, cut)
      return () => {
        if (running.get(key) === cut) running.delete(key)
      }
    },
  }
}
