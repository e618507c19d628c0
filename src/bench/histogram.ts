/** Latencies in tenths of a millisecond, up to 20 s: one array per run, nothing allocated per message. */
const BUCKETS = 200_000

export type Histogram = { counts: Uint32Array; total: number }

export const emptyHistogram = (): Histogram => ({ counts: new Uint32Array(BUCKETS), total: 0 })

/** Adds one latency; what is longer than 20 s lands in the last bucket. */
export function record(histogram: Histogram, latencyMs: number): void {
  const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(latencyMs * 10)))
  histogram.counts[bucket]! += 1
  histogram.total += 1
}

/** The latency in ms that `share` (0…1) of the messages did not exceed; 0 when there were none. */
export function percentile(histogram: Histogram, share: number): number {
  const wanted = Math.ceil(histogram.total * share)
  let seen = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    seen += histogram.counts[bucket]!
    if (seen >= wanted && seen > 0) return (bucket + 1) / 10
  }
  return 0
}

/** The middle one; of an even number, the lower of the two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
