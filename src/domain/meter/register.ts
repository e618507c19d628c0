import { judge, sessionLimitWh, type RegisterReading } from './plausible'

export type MeterSample = {
  at: Date
  /** The import register, absolute or counted from the session's start; null where the reading had none. */
  energyWh: number | null
  /** Sum of the phases, where the charger sends only those. */
  phasesWh?: number | null
  powerW?: number | null
}

/** What the register did during a session. */
export type RegisterRun = {
  firstWh: number
  lastWh: number
  firstAt: Date
  lastAt: Date
  /** What was gained, resets and glitches left out; never negative. */
  gainedWh: number
  /** The register began again from a lower value and stayed there. */
  hasReset: boolean
  /** It jumped by more than the connector can give, and stayed there. */
  hasJump: boolean
  /** Readings that were left out because the next ones contradict them. */
  glitches: number
  /** Readings that were believed, with what had been gained until then. */
  readings: { at: Date; gainedWh: number }[]
}

/**
 * `runOf`: the register of a session, ascending by `at`. Readings that fall and are made up for later, and one that
 * jumps and is taken back by the next, are glitches and left out; a fall that stays is a reset, a jump that stays a
 * jump: counting goes on from there, and the step itself counts for nothing. A 0 before the first real reading is a
 * placeholder. Null where there is no reading.
 */
export function runOf(
  samples: readonly RegisterReading[],
  maxPowerW: number | null = null,
): RegisterRun | null {
  let run: RegisterRun | null = null
  let believed: RegisterReading | null = null
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!
    const verdict = judge(believed, sample, maxPowerW)
    if (verdict.kind === 'plausible') {
      run ??= startRun(sample)
      run.gainedWh += verdict.deltaWh
    } else {
      if (!run || !believed || verdict.reason === 'unreadable') continue
      const resumesAt = whereItResumes(samples, index, believed, maxPowerW, verdict.reason)
      if (resumesAt !== null) {
        run.glitches += resumesAt - index
        // Several low readings in a row may as well be a reset that has caught up: for a person to see.
        if (resumesAt - index > 1 && resumesAt < samples.length) run.hasReset = true
        index = resumesAt - 1
        continue
      }
      if (verdict.reason === 'backwards') run.hasReset = true
      else if (run.readings.length === 1 && run.lastWh === 0)
        run = { ...startRun(sample), glitches: 1 }
      else run.hasJump = true
    }
    believed = sample
    run.lastWh = sample.energyWh
    run.lastAt = sample.at
    run.readings.push({ at: sample.at, gainedWh: run.gainedWh })
  }
  return run
}

/** Where readings go on as if this one had not been; the end where it is the last; null where they never do. */
function whereItResumes(
  samples: readonly RegisterReading[],
  index: number,
  believed: RegisterReading,
  maxPowerW: number | null,
  reason: 'backwards' | 'too-fast',
): number | null {
  if (index === samples.length - 1) return samples.length
  const end = reason === 'backwards' ? samples.length : Math.min(samples.length, index + 2)
  for (let later = index + 1; later < end; later++)
    if (judge(believed, samples[later]!, maxPowerW).kind === 'plausible') return later
  return null
}

function startRun({ at, energyWh }: RegisterReading): RegisterRun {
  return {
    firstWh: energyWh,
    lastWh: energyWh,
    firstAt: at,
    lastAt: at,
    gainedWh: 0,
    hasReset: false,
    hasJump: false,
    glitches: 0,
    readings: [],
  }
}

/** `registersIn`: the total register of the samples, or the sum of the phases where there is no total at all. */
export function registersIn(samples: readonly MeterSample[]): {
  from: 'total' | 'phases'
  readings: RegisterReading[]
} {
  const total: RegisterReading[] = []
  const phases: RegisterReading[] = []
  for (const { at, energyWh, phasesWh } of samples) {
    if (typeof energyWh === 'number') total.push({ at, energyWh })
    if (typeof phasesWh === 'number') phases.push({ at, energyWh: phasesWh })
  }
  return total.length > 0 || phases.length === 0
    ? { from: 'total', readings: total }
    : { from: 'phases', readings: phases }
}

/** A gap longer than this says nothing about the power in it. */
const longestGapMs = 30 * 60_000

/** `integratePower`: Wh under the power curve (trapezoids); null where fewer than two readings have a power. */
export function integratePower(samples: readonly MeterSample[]): number | null {
  let energyWh = 0
  let count = 0
  let last: { at: number; powerW: number } | null = null
  for (const { at, powerW } of samples) {
    if (typeof powerW !== 'number' || !Number.isFinite(powerW)) continue
    const here = { at: at.getTime(), powerW: Math.max(0, powerW) }
    if (last) {
      const gapMs = Math.min(Math.max(0, here.at - last.at), longestGapMs)
      energyWh += ((last.powerW + here.powerW) / 2) * (gapMs / 3_600_000)
    }
    last = here
    count++
  }
  return count < 2 ? null : Math.round(energyWh)
}

/** `isSessionRelative`: whether samples count from the session's start while the charger's meterStart is absolute. */
export function isSessionRelative(
  run: RegisterRun,
  meterStartWh: number,
  startedAt: Date | null,
  maxPowerW: number | null,
): boolean {
  if (run.lastWh >= meterStartWh) return false
  const sinceStartMs = startedAt ? run.firstAt.getTime() - startedAt.getTime() : 0
  return run.firstWh <= sessionLimitWh(sinceStartMs, maxPowerW)
}
