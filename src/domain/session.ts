import { sessionLimitWh } from './meter/plausible'
import {
  integratePower,
  isSessionRelative,
  registersIn,
  runOf,
  type MeterSample,
  type RegisterRun,
} from './meter/register'

export type { MeterSample } from './meter/register'

/** How a session stands; `needs-review` is an ended one that a person has to look at before it is billed. */
export const sessionStatuses = ['charging', 'ended', 'needs-review'] as const
export type SessionStatus = (typeof sessionStatuses)[number]

/** A session that has ended never charges again: a repeated start is the same session, a new one is another. */
export const legalSessionSteps: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  charging: ['ended', 'needs-review'],
  ended: ['needs-review'],
  'needs-review': ['ended'],
}

/** stop − start of the meter · the register in between · the sum of the phases · the integral of power. */
export type EnergySource = 'meter' | 'samples' | 'phases' | 'power'

export type Energy = {
  /** Whole Wh; null where nothing tells. Never negative. */
  energyWh: number | null
  source: EnergySource | null
  /** Why a person has to look at it, as a sentence; null where the meter's two readings agree with the rest. */
  reviewReason: string | null
}

export type EnergyInput = {
  meterStartWh: number | null
  meterStopWh: number | null
  /** Ascending by `at`. */
  samples: readonly MeterSample[]
  startedAt?: Date | null
  stoppedAt?: Date | null
  /** The connector's limit, where known. */
  maxPowerW?: number | null
}

/** A charger without a meter says 0 twice; a car that took nothing for so long would have sent a reading. */
const longestSilentZeroMs = 10 * 60_000
/** Differences a meter's rounding explains. */
const slackWh = 100
const slackOf = (energyWh: number) => Math.max(slackWh, energyWh * 0.01)

/**
 * `energyOf`: what a session took, by the first rung of the ladder that holds: stop − start of the meter; last sample −
 * start; the sum of the phases; the integral of power. Every rung below the first says why (QUIRKS 37, 43–45).
 */
export function energyOf(input: EnergyInput): Energy {
  const { samples, startedAt = null, stoppedAt = null, maxPowerW = null } = input
  const { from, readings } = registersIn(samples)
  const run = runOf(readings, maxPowerW)
  const powerWh = integratePower(samples)
  const start = readable(input.meterStartWh)
  const stop = readable(input.meterStopWh)
  const limitWh =
    startedAt && stoppedAt
      ? sessionLimitWh(stoppedAt.getTime() - startedAt.getTime(), maxPowerW)
      : Infinity

  const doubt = doubtOf({ input, start, stop, run, powerWh, limitWh })
  if (doubt === null) return { energyWh: stop! - start!, source: 'meter', reviewReason: null }

  const fromRun = run ? runEnergy(run, start, stop, startedAt, maxPowerW) : null
  const counted = start !== null && stop !== null && stop > start ? stop - start : fromRun
  const factor = counted === null ? null : unitFactor(counted, powerWh)
  if (factor)
    return {
      energyWh: Math.round(counted! * factor),
      source: counted === fromRun ? 'samples' : 'meter',
      reviewReason:
        'The meter and the measured power differ a thousandfold: one of them is in another unit than it says. The energy follows the power.',
    }
  if (fromRun !== null && fromRun <= limitWh)
    return {
      energyWh: Math.round(fromRun),
      source: from === 'phases' ? 'phases' : 'samples',
      reviewReason: doubt,
    }
  if (powerWh !== null)
    return {
      energyWh: powerWh,
      source: 'power',
      reviewReason: `${doubt} The energy is estimated from the measured power.`,
    }
  return {
    energyWh: null,
    source: null,
    reviewReason: `${doubt} Nothing else tells how much energy was taken.`,
  }
}

/** Why stop − start is not simply the energy; null where it is. */
function doubtOf(known: {
  input: EnergyInput
  start: number | null
  stop: number | null
  run: RegisterRun | null
  powerWh: number | null
  limitWh: number
}): string | null {
  const { input, start, stop, run, powerWh, limitWh } = known
  if (start === null) return 'The charger gave no usable meter reading at the start.'
  if (stop === null) return noStop(input.meterStopWh)
  if (stop < start) {
    return stop === 0
      ? 'The charger reported 0 as its last meter reading.'
      : `The last meter reading (${stop} Wh) is below the first (${start} Wh).`
  }
  const energyWh = stop - start
  if (energyWh > limitWh)
    return `The meter counted ${energyWh} Wh, more than this connector can give in that time.`
  if (unitFactor(energyWh, powerWh))
    return 'The meter and the measured power differ a thousandfold.'
  if (energyWh === 0 && powerWh !== null && powerWh > slackWh)
    return `The meter did not move, but power was measured (about ${powerWh} Wh).`
  const durationMs =
    input.startedAt && input.stoppedAt ? input.stoppedAt.getTime() - input.startedAt.getTime() : 0
  if (!run) {
    const isSilent = start === 0 && stop === 0 && durationMs > longestSilentZeroMs
    return isSilent
      ? 'The charger reported 0 at the start and at the stop and no reading in between.'
      : null
  }
  if (run.hasReset) return 'The meter went back to a lower value during the session.'
  if (run.hasJump)
    return 'The meter jumped during the session by more than this connector can give.'
  if (run.gainedWh > energyWh + slackOf(energyWh))
    return `The last meter reading says ${energyWh} Wh, but the readings in between add up to ${run.gainedWh} Wh.`
  // Samples may count from the session's start while the other two are absolute, or the other way round: where both
  // counts gained the same, neither contradicts.
  if (energyWh - run.gainedWh <= slackOf(energyWh)) return null
  if (run.lastWh > stop + slackOf(energyWh))
    return `The last meter reading (${stop} Wh) is below an earlier one (${run.lastWh} Wh).`
  const sinceStartMs = input.startedAt
    ? run.firstAt.getTime() - input.startedAt.getTime()
    : Infinity
  if (run.firstWh - start > sessionLimitWh(sinceStartMs, input.maxPowerW))
    return `The first meter reading (${start} Wh) does not fit the next one (${run.firstWh} Wh).`
  return null
}

function noStop(meterStopWh: number | null): string {
  return meterStopWh === null || meterStopWh === undefined
    ? 'The charger gave no meter reading at the stop.'
    : `The charger gave ${meterStopWh} as its last meter reading, which is no reading.`
}

/**
 * What the samples say was taken, counted from the start where the start belongs to the same count; null where a single
 * reading without a start says nothing.
 */
function runEnergy(
  run: RegisterRun,
  start: number | null,
  stop: number | null,
  startedAt: Date | null,
  maxPowerW: number | null,
): number | null {
  // A believable stop value also covers what flowed after the last sample.
  const afterLast = stop === null ? 0 : stop - run.lastWh
  const tail = afterLast > 0 && afterLast <= slackOf(run.gainedWh) + slackWh ? afterLast : 0
  const sinceStartMs = startedAt ? run.firstAt.getTime() - startedAt.getTime() : 0
  const before = start === null ? -1 : run.firstWh - start
  if (before >= 0 && before <= sessionLimitWh(sinceStartMs, maxPowerW))
    return before + run.gainedWh + tail
  if (start !== null && isSessionRelative(run, start, startedAt, maxPowerW))
    return run.firstWh + run.gainedWh
  return run.readings.length > 1 ? run.gainedWh + tail : null
}

/** 1000 or 1/1000 where the integral of power says that the register is in the other unit (QUIRKS 43). */
function unitFactor(registerWh: number, powerWh: number | null): number | null {
  if (powerWh === null || powerWh < 500 || registerWh <= 0) return null
  const ratio = powerWh / registerWh
  if (ratio > 500 && ratio < 2000) return 1000
  return ratio > 1 / 2000 && ratio < 1 / 500 ? 0.001 : null
}

/** Negative values and overflows are how chargers say "none". */
function readable(wh: number | null | undefined): number | null {
  return typeof wh === 'number' && Number.isFinite(wh) && wh >= 0 && wh <= 1e12
    ? Math.round(wh)
    : null
}

export type SessionEnd = Energy & {
  status: 'ended' | 'needs-review'
  stoppedAt: Date
  durationSeconds: number
}

/**
 * `concludeSession`: what an ended session is. A stop before the start counts as the start, and needs review (QUIRKS 21);
 * a stop after now counts as now.
 */
export function concludeSession(
  input: EnergyInput & { startedAt: Date; stoppedAt: Date; now: Date },
): SessionEnd {
  const { startedAt, now } = input
  const isBefore = input.stoppedAt.getTime() < startedAt.getTime()
  const latest = Math.min(input.stoppedAt.getTime(), Math.max(now.getTime(), startedAt.getTime()))
  const stoppedAt = isBefore ? startedAt : new Date(latest)
  const energy = energyOf({ ...input, stoppedAt: isBefore ? null : stoppedAt })
  const reasons = [
    isBefore ? 'The charger gave a stop time before the start.' : null,
    energy.reviewReason,
  ]
  const reviewReason = reasons.filter((reason) => reason !== null).join(' ') || null
  return {
    ...energy,
    reviewReason,
    status: reviewReason ? 'needs-review' : 'ended',
    stoppedAt,
    durationSeconds: Math.round((stoppedAt.getTime() - startedAt.getTime()) / 1000),
  }
}

/**
 * `pricePoints`: the samples as the pricing function wants them: from 0 at the start to exactly `energyWh` at the stop
 * (or at the last sample while it runs), never falling, so that the price is that of the energy on the receipt.
 */
export function pricePoints(input: {
  startedAt: Date
  stoppedAt: Date | null
  meterStartWh: number | null
  energyWh: number
  samples: readonly MeterSample[]
  maxPowerW?: number | null
}): { at: Date; energyWh: number }[] {
  const { startedAt, stoppedAt, energyWh, meterStartWh } = input
  const run = runOf(registersIn(input.samples).readings, input.maxPowerW ?? null)
  const points = [{ at: startedAt, energyWh: 0 }]
  const missing = Math.max(0, energyWh - (run?.gainedWh ?? 0))
  // What flowed before the first sample is known from the start's own reading; whatever else is missing flowed after the last.
  const start = readable(meterStartWh)
  const before = run && start !== null ? Math.min(missing, Math.max(0, run.firstWh - start)) : 0
  for (const { at, gainedWh } of run?.readings ?? []) {
    const last = points.at(-1)!
    if (at.getTime() <= last.at.getTime() || (stoppedAt && at.getTime() >= stoppedAt.getTime()))
      continue
    points.push({ at, energyWh: Math.max(last.energyWh, Math.min(energyWh, before + gainedWh)) })
  }
  const end = stoppedAt ?? run?.lastAt ?? startedAt
  if (end.getTime() >= points.at(-1)!.at.getTime()) points.push({ at: end, energyWh })
  return points
}
