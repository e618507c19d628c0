export type Buckets = {
  /** Takes one; the seconds to wait where there is none. */
  take(key: string, nowMs: number): number
}

/** More keys than this are more than one process serves: the oldest are forgotten, full buckets as they are. */
const mostKeys = 50_000

/** `createBuckets`: a bucket per key that fills at `perSecond`. Kept in memory: each web process counts for itself. */
export function createBuckets({ perSecond, burst }: { perSecond: number; burst: number }): Buckets {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(key, nowMs) {
      const bucket = buckets.get(key) ?? { left: burst, at: nowMs }
      const gained = (Math.max(0, nowMs - bucket.at) / 1000) * perSecond
      bucket.left = Math.min(burst, bucket.left + gained)
      bucket.at = nowMs
      buckets.delete(key)
      buckets.set(key, bucket)
      if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value!)
      if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond))
      bucket.left -= 1
      return 0
    },
  }
}
