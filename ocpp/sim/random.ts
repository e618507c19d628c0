/**
 * Chance with a seed. Each consumer has a stream of its own under a label, so that a new consumer does not shift what
 * the others draw, and a run is repeated by its seed alone.
 */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number
  between(low: number, high: number): number
  /** A whole number, both ends included. */
  whole(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** True in `share` (0…1) of the cases. */
  chance(share: number): boolean
}

/** The stream named by `label` under `seed`; the same two always draw the same numbers. */
export function randomStream(seed: number, label: string): Random {
  const next = mulberry32(hashOf(`${seed}/${label}`))
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    pick: (items) => items[whole(0, items.length - 1)]!,
    chance: (share) => next() < share,
  }
}

/** FNV-1a, 32 bits, then stirred so that labels that differ in one letter start far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash ^= hash >>> 16
  return Math.imul(hash, 0x85ebca6b) >>> 0
}

function mulberry32(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
