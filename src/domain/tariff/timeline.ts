/** How a session's energy grew: cumulative Wh at instants, both ascending; straight lines between them. */
export type Timeline = {
  start: number
  end: number
  at: number[]
  wh: number[]
  /** The charge ended here and the car stayed; Infinity where it did not. */
  idleFrom: number
  /** Why the readings cannot be trusted, as a sentence. */
  problem: string | null
}

export type EnergySample = { at: Date; energyWh: number }
/** A point of the session: instant in ms, Wh since its start. */
export type Point = { at: number; wh: number }

/** Below this a car is not charging: standby of car and charger. */
export const idleW = 50

/**
 * `readTimeline`: samples as a rising line from (start, 0). The first sample sets the zero: it is the register at the
 * start. Instants outside the session count as its ends, readings that fall count as no energy, and are said.
 */
export function readTimeline(
  samples: readonly EnergySample[],
  start: number,
  end: number,
): Timeline {
  const at: number[] = [start]
  const wh: number[] = [0]
  let problem: string | null = null
  let zero = NaN
  let last = 0
  let lastAt = start
  let busyUntil = start
  for (const sample of samples) {
    const instant = sample.at.getTime()
    const energy = sample.energyWh
    if (!(instant > -Infinity) || !Number.isFinite(energy)) {
      problem = 'A meter reading of this session cannot be read.'
      continue
    }
    if (Number.isNaN(zero)) zero = energy
    let here = instant < start ? start : instant > end ? end : instant
    if (here < lastAt) {
      if (instant < lastAt)
        problem = 'The meter readings of this session are not in the order of time.'
      here = lastAt
    }
    const rise = Math.round(energy - zero) - last
    if (rise < 0) problem = 'The meter went backwards during this session.'
    // Wh × 3,600,000 ÷ ms = W
    if (rise > 0 && rise * 3_600_000 > idleW * (here - lastAt)) busyUntil = here
    if (rise > 0) last += rise
    at.push(here)
    wh.push(last)
    lastAt = here
  }
  return { start, end, at, wh, idleFrom: busyUntil < lastAt ? busyUntil : Infinity, problem }
}

/** `energyAt`: whole Wh at an instant, on the line between the readings around it. */
export function energyAt({ at, wh }: Timeline, instant: number): number {
  const index = firstAfter(at, instant)
  if (index >= at.length) return wh[at.length - 1]!
  if (index === 0) return 0
  const [a, b] = [at[index - 1]!, at[index]!]
  return Math.round(wh[index - 1]! + ((wh[index]! - wh[index - 1]!) * (instant - a)) / (b - a))
}

/** `whenReached`: the instant at which the session had taken so many Wh; null where it never did. */
export function whenReached({ at, wh }: Timeline, energyWh: number): number | null {
  for (let index = 1; index < at.length; index++) {
    if (wh[index]! < energyWh || wh[index - 1]! >= energyWh) continue
    const [a, b] = [at[index - 1]!, at[index]!]
    return Math.round(a + ((b - a) * (energyWh - wh[index - 1]!)) / (wh[index]! - wh[index - 1]!))
  }
  return null
}

/** `powerAfter`: the mean power from an instant to the next reading, whole W; 0 after the last. */
export function powerAfter({ at, wh }: Timeline, instant: number): number {
  const index = firstAfter(at, instant)
  if (index === 0 || index >= at.length) return 0
  // Wh × 3,600,000 ÷ ms = W
  return Math.round(((wh[index]! - wh[index - 1]!) * 3_600_000) / (at[index]! - at[index - 1]!))
}

/** `powerChanges`: the readings at which the power passes one of the bounds. */
export function powerChanges(timeline: Timeline, bounds: readonly number[]): Point[] {
  if (bounds.length === 0) return []
  const { at, wh } = timeline
  const changes: Point[] = []
  let before = -1
  for (let index = 0; index < at.length; index++) {
    if (at[index + 1] === at[index]) continue
    const power = powerAfter(timeline, at[index]!)
    const here = bounds.filter((bound) => bound <= power).length
    if (here !== before && before !== -1) changes.push({ at: at[index]!, wh: wh[index]! })
    before = here
  }
  return changes
}

/** Index of the first instant later than this one. */
function firstAfter(at: readonly number[], instant: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! > instant) high = middle
    else low = middle + 1
  }
  return low
}
