/** How often something happened per key in a sliding window; bounded in memory, no timers. */
export type AttemptLimit = { max: number; windowMs: number; keysMax: number }

export type Attempts = {
  /** Whether `max` has been reached within the window. */
  isOver(key: string, nowMs: number): boolean
  add(key: string, nowMs: number): void
  forget(key: string): void
}

/** `before` counts the window before this one, of which the part that still lies in the sliding window is reckoned. */
type Entry = { startMs: number; count: number; before: number }

/**
 * The first window of a key begins with its first attempt, so that a burst is counted exactly; after that the count is
 * the usual estimate from two windows. When there are too many keys the oldest goes.
 */
export function createAttempts({ max, windowMs, keysMax }: AttemptLimit): Attempts {
  const entries = new Map<string, Entry>()

  function current(key: string, nowMs: number): Entry | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    const windows = Math.floor((nowMs - entry.startMs) / windowMs)
    if (windows === 1) {
      entry.before = entry.count
      entry.count = 0
      entry.startMs += windowMs
    } else if (windows !== 0) {
      entries.delete(key)
      return undefined
    }
    return entry
  }

  return {
    isOver(key, nowMs) {
      const entry = current(key, nowMs)
      if (!entry) return false
      const stillIn = 1 - (nowMs - entry.startMs) / windowMs
      return entry.count + entry.before * stillIn >= max
    },
    add(key, nowMs) {
      const entry = current(key, nowMs)
      if (entry) {
        entry.count += 1
        return
      }
      entries.set(key, { startMs: nowMs, count: 1, before: 0 })
      if (entries.size > keysMax)
        for (const oldest of entries.keys()) return void entries.delete(oldest)
    },
    forget: (key) => void entries.delete(key),
  }
}
