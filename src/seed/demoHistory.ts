/**
 * Ninety days of charging at one connector: when people of this kind of site come, how long they stay, what their cars
 * take. Pure: the same seed and end give the same history.
 */
import {
  arrivingVehicle,
  charge,
  chargerModels,
  type ModelName,
  type Vehicle,
} from '#ocpp/sim/physics'
import type { Random } from '#ocpp/sim/random'
import type { Character } from './demoNetwork'

export type PastSample = { at: Date; energyWh: number; powerW: number; socPercent: number }

export type PastSession = {
  startedAt: Date
  stoppedAt: Date
  meterStartWh: number
  meterStopWh: number
  stopReason: string
  socPercent: number
  /** A reading a minute for the last days, the two ends before. */
  samples: PastSample[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

type Pattern = {
  /** Visits a day at one connector in the best month. */
  visits: number
  /** Share of the day's visits that begin in each hour. */
  hours: readonly number[]
  /** By weekday, Sunday first. */
  week: readonly number[]
  stayMinutes: readonly [number, number]
}

const hump = (peak: number, width: number) =>
  Array.from({ length: 24 }, (_, hour) => Math.exp(-(((hour - peak) / width) ** 2)))
const both = (a: readonly number[], b: readonly number[]) => a.map((one, i) => one + b[i]!)

const patterns: Record<Character, Pattern> = {
  city: {
    visits: 1.7,
    hours: both(hump(9, 2.2), hump(17.5, 3)),
    week: [0.7, 0.9, 0.95, 1, 1.05, 1.15, 1],
    stayMinutes: [50, 300],
  },
  hub: {
    visits: 5.5,
    hours: both(hump(12.5, 4), hump(18, 2.5)),
    week: [1, 0.85, 0.85, 0.9, 0.95, 1.2, 1.1],
    stayMinutes: [12, 55],
  },
  workplace: {
    visits: 1.5,
    hours: hump(8.3, 1.2),
    week: [0.05, 1, 1.05, 1.05, 1, 0.75, 0.08],
    stayMinutes: [150, 560],
  },
  hotel: {
    visits: 0.75,
    hours: hump(18.5, 2.4),
    week: [0.8, 0.7, 0.75, 0.8, 0.95, 1.25, 1.2],
    stayMinutes: [380, 880],
  },
  retail: {
    visits: 2.6,
    hours: hump(13.5, 3.2),
    week: [1.15, 0.75, 0.75, 0.8, 0.9, 1.05, 1.4],
    stayMinutes: [30, 140],
  },
}

/** Out of a hundred. */
const reasons: readonly [reason: string, share: number][] = [
  ['EVDisconnected', 46],
  ['Local', 37],
  ['Remote', 10],
  ['Other', 3],
  ['PowerLoss', 2],
  ['SoftReset', 1],
  ['EmergencyStop', 1],
]
const reasonList = reasons.flatMap(([reason, share]) => Array<string>(share).fill(reason))

export function pastSessions(options: {
  character: Character
  model: ModelName
  days: number
  until: Date
  /** Sessions that end after this carry a reading a minute. */
  detailedFrom: Date
  firstRegisterWh: number
  /** Nobody charges then. */
  outOfUse: { from: Date; until: Date } | null
  random: Random
}): PastSession[] {
  const { until, random, days, outOfUse } = options
  const sessions: PastSession[] = []
  let registerWh = options.firstRegisterWh
  let freeFrom = new Date(until.getTime() - days * DAY_MS)
  for (let day = days; day >= 0; day--) {
    for (const startedAt of visitsOf(
      new Date(until.getTime() - day * DAY_MS),
      day / days,
      options,
    )) {
      if (startedAt < freeFrom || startedAt >= until) continue
      const session = sessionAt(startedAt, registerWh, options)
      if (session.stoppedAt >= until) continue
      if (outOfUse && startedAt < outOfUse.until && session.stoppedAt > outOfUse.from) continue
      sessions.push(session)
      registerWh = session.meterStopWh
      freeFrom = new Date(session.stoppedAt.getTime() + random.between(2, 20) * MINUTE_MS)
    }
  }
  return sessions
}

/** When people arrive on one day; the network grew by a quarter over the time. */
function visitsOf(
  day: Date,
  shareAgo: number,
  { character, random }: { character: Character; random: Random },
): Date[] {
  const pattern = patterns[character]
  const midnight = Math.floor(day.getTime() / DAY_MS) * DAY_MS
  const expected =
    pattern.visits * pattern.week[new Date(midnight).getUTCDay()]! * (1 - 0.25 * shareAgo)
  const sum = pattern.hours.reduce((all, one) => all + one, 0)
  return pattern.hours.flatMap((share, hour) => {
    const chance = (expected * share) / sum
    const times = random.chance(chance % 1) ? Math.ceil(chance) : Math.floor(chance)
    return Array.from(
      { length: times },
      () => new Date(midnight + hour * HOUR_MS + Math.floor(random.between(0, 3600)) * 1000),
    )
  })
}

function sessionAt(
  startedAt: Date,
  meterStartWh: number,
  options: { character: Character; model: ModelName; detailedFrom: Date; random: Random },
): PastSession {
  const { random } = options
  const model = chargerModels[options.model]
  const [shortest, longest] = patterns[options.character].stayMinutes
  const minutes = random.chance(0.04) ? random.between(1, 5) : random.between(shortest, longest)
  const seconds = Math.max(60, Math.floor(minutes * 60))
  const stoppedAt = new Date(startedAt.getTime() + seconds * 1000)
  const isDetailed = stoppedAt > options.detailedFrom
  let car: Vehicle = arrivingVehicle(random)
  let energyWh = 0
  const samples: PastSample[] = []
  for (let at = 0; at < seconds; at += 60) {
    const step = charge(model, car, Math.min(60, seconds - at))
    car = step.vehicle
    energyWh += step.energyWh
    if (isDetailed && at + 60 < seconds) {
      samples.push({
        at: new Date(startedAt.getTime() + (at + 60) * 1000),
        energyWh: meterStartWh + Math.floor(energyWh),
        powerW: Math.round(step.powerW),
        socPercent: Math.round(car.socPercent),
      })
    }
  }
  return {
    startedAt,
    stoppedAt,
    meterStartWh,
    meterStopWh: meterStartWh + Math.floor(energyWh),
    stopReason: random.pick(reasonList),
    socPercent: Math.round(car.socPercent),
    samples,
  }
}
