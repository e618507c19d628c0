/** A token bucket without a timer: what has trickled in is reckoned when a token is asked for. */
export type Bucket = { tokens: number; atMs: number }

export function fullBucket(burst: number, nowMs: number): Bucket {
  return { tokens: burst, atMs: nowMs }
}

/** 0 when a token was taken, else the milliseconds until there is one; then none was taken. */
export function takeToken(bucket: Bucket, perSecond: number, burst: number, nowMs: number): number {
  const passedMs = nowMs - bucket.atMs
  // a clock that was set back gives nothing and costs nothing
  if (passedMs !== 0) {
    if (passedMs > 0) bucket.tokens = Math.min(burst, bucket.tokens + (passedMs * perSecond) / 1000)
    bucket.atMs = nowMs
  }
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1
    return 0
  }
  return Math.ceil(((1 - bucket.tokens) * 1000) / perSecond)
}
