/**
 * A limit of power as an operator thinks of it (kW or A, by the clock of the site), as OCPP 1.6 spells it (ed2 §3.13,
 * §7.8 ChargingProfile), and what becomes of it by the charger's answers.
 */
import type { CommandEnd } from './reservation'
import { ocppTime } from './reservation'
import { zoneOf } from './tariff/zone'

export const profilePurposes = ['ChargePointMaxProfile', 'TxDefaultProfile', 'TxProfile'] as const
export type ProfilePurpose = (typeof profilePurposes)[number]
export type ProfileUnit = 'W' | 'A'
export type Recurrence = 'always' | 'daily' | 'weekly'

/** `fromMinute` since midnight (weekly: since Monday 00:00) by the clock of the site; `limit` in W or A. */
export type ProfilePeriod = { fromMinute: number; limit: number; phases: number | null }

export type ProfileForm = {
  connectorNumber: number
  purpose: ProfilePurpose
  unit: ProfileUnit
  recurrence: Recurrence
  periods: ProfilePeriod[]
  stackLevel: number
  validFrom: Date | null
  validTo: Date | null
}

export const dayMinutes = 1_440
export const weekMinutes = 7 * dayMinutes
export const mostPeriods = 48
export const highestStackLevel = 99
const mostOf: Readonly<Record<ProfileUnit, number>> = { W: 1_000_000, A: 2_000 }

export type FormProblem = { member: string; sentence: string }

/** `readProfileForm`: the form out of a request, or what is wrong with it, in words. */
export function readProfileForm(
  body: Readonly<Record<string, unknown>>,
  now: Date,
): ProfileForm | FormProblem {
  const purpose = profilePurposes.find((one) => one === body['purpose'])
  if (!purpose) return wrong('purpose', `purpose is one of ${profilePurposes.join(', ')}.`)
  const unit = body['unit']
  if (unit !== 'W' && unit !== 'A') return wrong('unit', 'unit is W or A.')
  const recurrence = body['recurrence'] ?? 'always'
  if (recurrence !== 'always' && recurrence !== 'daily' && recurrence !== 'weekly')
    return wrong('recurrence', 'recurrence is always, daily or weekly.')
  const connectorNumber = body['connectorNumber'] ?? 0
  if (!isWhole(connectorNumber, 0, 1_000))
    return wrong('connectorNumber', 'connectorNumber is 0 for the whole charger, or a connector.')
  if (purpose === 'ChargePointMaxProfile' && connectorNumber !== 0)
    return wrong('connectorNumber', 'A limit of the whole charger goes with connector 0.')
  if (purpose === 'TxProfile' && connectorNumber === 0)
    return wrong('connectorNumber', 'Choose the connector whose charge is to be limited.')
  const stackLevel = body['stackLevel'] ?? 0
  if (!isWhole(stackLevel, 0, highestStackLevel))
    return wrong('stackLevel', `stackLevel is a whole number up to ${highestStackLevel}.`)
  const [validFrom, validTo] = [instant(body['validFrom']), instant(body['validTo'])]
  if (validFrom === undefined) return wrong('validFrom', 'validFrom is an instant.')
  if (validTo === undefined) return wrong('validTo', 'validTo is an instant.')
  if (validTo && (validTo <= now || (validFrom && validTo <= validFrom)))
    return wrong('validTo', 'It would never hold: choose a later end.')
  const periods = readPeriods(body['periods'], unit, recurrence)
  if (!Array.isArray(periods)) return periods
  return {
    connectorNumber,
    purpose,
    unit,
    recurrence,
    periods,
    stackLevel,
    validFrom,
    validTo,
  }
}

function readPeriods(
  value: unknown,
  unit: ProfileUnit,
  recurrence: Recurrence,
): ProfilePeriod[] | FormProblem {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostPeriods)
    return wrong('periods', `periods are 1 to ${mostPeriods} limits.`)
  if (recurrence === 'always' && value.length > 1)
    return wrong('periods', 'What holds always has one limit. Choose daily or weekly for more.')
  const last = recurrence === 'weekly' ? weekMinutes : dayMinutes
  const periods: ProfilePeriod[] = []
  for (const one of value as unknown[]) {
    if (typeof one !== 'object' || one === null) return wrong('periods', 'A period is an object.')
    const { fromMinute = 0, limit, phases = null } = one as Record<string, unknown>
    if (!isWhole(fromMinute, 0, last - 1))
      return wrong('periods', 'fromMinute lies inside the day (weekly: the week).')
    if (typeof limit !== 'number' || !(limit >= 0) || limit > mostOf[unit])
      return wrong('periods', `A limit is between 0 and ${mostOf[unit]} ${unit}.`)
    if (Math.abs(limit * 10 - Math.round(limit * 10)) > 1e-6)
      return wrong('periods', 'A limit has one decimal at most.')
    if (phases !== null && !isWhole(phases, 1, 3))
      return wrong('periods', 'phases are 1, 2 or 3, or left away.')
    periods.push({ fromMinute, limit: Math.round(limit * 10) / 10, phases })
  }
  periods.sort((a, b) => a.fromMinute - b.fromMinute)
  if (periods.some((one, i) => i > 0 && one.fromMinute === periods[i - 1]!.fromMinute))
    return wrong('periods', 'Two limits begin at the same time.')
  if (periods[0]!.fromMinute !== 0)
    return wrong('periods', 'Say what holds from midnight on (weekly: from Monday 00:00).')
  return periods
}

/**
 * `setChargingProfilePayload`: the payload of SetChargingProfile. A recurring schedule begins at a midnight of the site
 * that has passed; the charger repeats it every 24 hours (7 days), so it has to be sent anew when the clocks change
 * (`isShifted`). What holds always begins with its validity.
 */
export function setChargingProfilePayload(
  form: ProfileForm,
  context: { id: number; transactionId: number | null; timezone: string; now: Date },
): Record<string, unknown> {
  const { recurrence, unit, validFrom, validTo } = form
  const isRecurring = recurrence !== 'always'
  const begin = isRecurring
    ? localStart(context.now, context.timezone, recurrence)
    : (validFrom ?? new Date(Math.floor(context.now.getTime() / 60_000) * 60_000))
  return {
    connectorId: form.connectorNumber,
    csChargingProfiles: {
      chargingProfileId: context.id,
      ...(context.transactionId === null ? {} : { transactionId: context.transactionId }),
      stackLevel: form.stackLevel,
      chargingProfilePurpose: form.purpose,
      chargingProfileKind: isRecurring ? 'Recurring' : 'Absolute',
      ...(isRecurring ? { recurrencyKind: recurrence === 'daily' ? 'Daily' : 'Weekly' } : {}),
      ...(validFrom ? { validFrom: ocppTime(validFrom) } : {}),
      ...(validTo ? { validTo: ocppTime(validTo) } : {}),
      chargingSchedule: {
        ...(isRecurring ? { duration: (recurrence === 'daily' ? 1 : 7) * 86_400 } : {}),
        startSchedule: ocppTime(begin),
        chargingRateUnit: unit,
        chargingSchedulePeriod: form.periods.map(({ fromMinute, limit, phases }) => ({
          startPeriod: fromMinute * 60,
          limit,
          ...(phases === null ? {} : { numberPhases: phases }),
        })),
      },
    },
  }
}

/** `localStart`: the last midnight (weekly: the last Monday's) at the site. */
export function localStart(now: Date, timezone: string, recurrence: 'daily' | 'weekly'): Date {
  const zone = zoneOf(timezone)
  const offsetAt = (at: number) => zone?.offsetAt(at) ?? 0
  const wall = new Date(now.getTime() + offsetAt(now.getTime()))
  const daysBack = recurrence === 'weekly' ? (wall.getUTCDay() + 6) % 7 : 0
  const midnight = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() - daysBack)
  // by the offset of that midnight, which on the day of a clock change is not the present one
  const guess = midnight - offsetAt(midnight)
  return new Date(midnight - offsetAt(guess))
}

/** `isShifted`: what a charger repeats by the hour no longer begins at midnight of the site: the clocks have changed. */
export function isShifted(sentAt: Date, now: Date, timezone: string): boolean {
  const zone = zoneOf(timezone)
  return zone !== null && zone.offsetAt(sentAt.getTime()) !== zone.offsetAt(now.getTime())
}

export type ProfileState = 'draft' | 'sent' | 'accepted' | 'refused' | 'cleared' | 'replaced'

export type OpenProfile = {
  state: 'sent' | 'accepted'
  purpose: ProfilePurpose
  validTo: Date | null
  set: CommandEnd | null
  clear: CommandEnd | null
  /** A later profile of this charger, connector, purpose and stack level was accepted (ed2 §3.13.2). */
  isReplaced: boolean
  /** The charge of a TxProfile is over. */
  isChargeOver: boolean
}

/** `nextProfileStep`: what a profile becomes now, or null where it stays. */
export function nextProfileStep(
  open: OpenProfile,
  now: Date,
): { state: ProfileState; reason: string | null } | null {
  const { set, clear } = open
  const isYes = (end: CommandEnd) => end.status === 'accepted' || end.status === 'effective'
  if (open.state === 'sent') {
    if (!set) return null
    return isYes(set)
      ? { state: 'accepted', reason: null }
      : { state: 'refused', reason: set.outcome }
  }
  if (clear && isYes(clear)) return { state: 'cleared', reason: null }
  if (clear && clear.status === 'rejected' && clear.reason === 'charger-rejected')
    return { state: 'cleared', reason: 'The charger no longer had it.' }
  if (open.isReplaced) return { state: 'replaced', reason: 'A later profile took its place.' }
  if (open.purpose === 'TxProfile' && open.isChargeOver)
    return { state: 'cleared', reason: 'Its charge is over.' }
  if (open.validTo && open.validTo <= now) return { state: 'cleared', reason: 'Its time is over.' }
  return null
}

/** A composite schedule as the charger answered it; limits in W or A, times in ms since 1970. */
export type CompositeSchedule = {
  unit: ProfileUnit
  connectorNumber: number
  steps: { fromMs: number; limit: number; phases: number | null }[]
  untilMs: number
}

/** `readCompositeSchedule`: null where the answer holds none. `askedAt` stands in where it has no start. */
export function readCompositeSchedule(
  response: unknown,
  asked: { at: Date; durationSeconds: number },
): CompositeSchedule | null {
  const answer = asObject(response)
  const schedule = asObject(answer?.['chargingSchedule'])
  const list = schedule?.['chargingSchedulePeriod']
  if (!answer || answer['status'] !== 'Accepted' || !schedule || !Array.isArray(list)) return null
  const text = schedule['startSchedule'] ?? answer['scheduleStart']
  const read = typeof text === 'string' ? Date.parse(text) : NaN
  const startMs = Number.isNaN(read) ? asked.at.getTime() : read
  const steps = list.flatMap((one) => {
    const { startPeriod, limit, numberPhases } = asObject(one) ?? {}
    if (typeof startPeriod !== 'number' || typeof limit !== 'number') return []
    const phases = typeof numberPhases === 'number' ? numberPhases : null
    return [{ fromMs: startMs + startPeriod * 1000, limit, phases }]
  })
  if (steps.length === 0) return null
  const { duration } = schedule
  const seconds = typeof duration === 'number' ? duration : asked.durationSeconds
  const { connectorId } = answer
  return {
    unit: schedule['chargingRateUnit'] === 'A' ? 'A' : 'W',
    connectorNumber: typeof connectorId === 'number' ? connectorId : 0,
    steps,
    untilMs: startMs + seconds * 1000,
  }
}

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

/** undefined: no instant at all. */
function instant(value: unknown): Date | null | undefined {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined
  return new Date(value)
}

const wrong = (member: string, sentence: string): FormProblem => ({ member, sentence })
