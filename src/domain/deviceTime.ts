/**
 * Clocks of chargers. They send 1970, 0001, no zone, `+02`, microseconds, local time labelled Z, or nothing
 * (QUIRKS 19–22). What they sent is kept as text beside the instant we received it; `at` is what we reckon with.
 */
export type DeviceTime = {
  /** The instant to reckon with: the device's where it can be believed, else the receipt. */
  at: Date
  /** What the charger sent, as it came; null where it sent nothing. */
  deviceTime: string | null
  /** Device minus receipt; null where the text is no time. A message from an offline queue is late, not skewed. */
  skewMs: number | null
  /** Whether this clock runs at all. A stuck one (1970, say) cannot tell a repeated start from a new one. */
  plausible: boolean
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Offline queues hold weeks (Alfen, SteVe #1347); older than this is a clock that lost its battery. */
export const oldestPlausibleMs = 180 * dayMs
/** The slack of SteVe's validator: later than this cannot have happened yet, so it counts as now. */
export const futureToleranceMs = 5 * minuteMs
/** Local time labelled Z is up to 14 h ahead, a wrong date one day: such a clock is wrong, but it runs. */
const furthestRunningMs = 26 * hourMs

/** `readDeviceTime`: never throws. `at` is never later than the receipt by more than `futureToleranceMs`. */
export function readDeviceTime(text: string | null | undefined, receivedAt: Date): DeviceTime {
  const deviceTime = typeof text === 'string' && text !== '' ? text : null
  const deviceMs = deviceTime === null ? NaN : parseDeviceTime(deviceTime)
  if (Number.isNaN(deviceMs)) return { at: receivedAt, deviceTime, skewMs: null, plausible: false }
  const skewMs = deviceMs - receivedAt.getTime()
  const plausible = skewMs >= -oldestPlausibleMs && skewMs <= furthestRunningMs
  const isBelieved = plausible && skewMs <= futureToleranceMs
  return { at: isBelieved ? new Date(deviceMs) : receivedAt, deviceTime, skewMs, plausible }
}

/** `forCharger`: `YYYY-MM-DDTHH:mm:ssZ`; chargers reject our fractions and `+00:00` (QUIRKS 22). */
export function forCharger(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

/**
 * `parseDeviceTime`: milliseconds since 1970, NaN where the text is no time. No zone means UTC: OCPP 1.6 asks for UTC,
 * and where a charger sends local time without saying so, the skew tells. Hand-written: it runs for every meter value.
 */
export function parseDeviceTime(text: string): number {
  const fast = parseIso(text)
  return Number.isNaN(fast) ? parseOdd(text) : fast
}

/** `YYYY-MM-DD[T ]HH:mm[:ss[.fraction]][zone]`, zone = nothing, Z, ±HH, ±HHmm or ±HH:mm. */
function parseIso(text: string): number {
  const length = text.length
  if (
    length < 16 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(13) !== 58
  )
    return NaN
  const separator = text.charCodeAt(10)
  if (separator !== 84 && separator !== 32 && separator !== 116) return NaN
  const year = digits(text, 0, 2) * 100 + digits(text, 2, 2)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  let next = 16
  let second = 0
  let millisecond = 0
  if (text.charCodeAt(16) === 58) {
    second = digits(text, 17, 2)
    next = 19
    const mark = text.charCodeAt(19)
    if (mark === 46 || mark === 44) {
      let weight = 100
      for (next = 20; next < length; next++) {
        const digit = text.charCodeAt(next) - 48
        if (!(digit >= 0 && digit <= 9)) break
        millisecond += digit * weight
        weight = weight > 1 ? weight / 10 : 0
      }
      if (next === 20) return NaN
    }
  }
  // `!(x <= y)` also catches NaN, which is what `digits` gives for anything that is no digit.
  if (!(year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year)))
    return NaN
  if (!(hour <= 24 && minute <= 59 && second <= 60) || (hour === 24 && minute + second > 0))
    return NaN
  const zoneMinutes = zoneAt(text, next, length)
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - zoneMinutes
  return minutes * minuteMs + second * 1000 + millisecond
}

/** Minutes east of UTC of the zone at `from`; NaN where it is none. */
function zoneAt(text: string, from: number, length: number): number {
  if (from === length) return 0
  const mark = text.charCodeAt(from)
  if (mark === 90 || mark === 122) return from + 1 === length ? 0 : NaN
  if (mark !== 43 && mark !== 45) return NaN
  const hours = digits(text, from + 1, 2)
  let minutes = 0
  if (length === from + 5) minutes = digits(text, from + 3, 2)
  else if (length === from + 6 && text.charCodeAt(from + 3) === 58)
    minutes = digits(text, from + 4, 2)
  else if (length !== from + 3) return NaN
  if (!(hours <= 14 && minutes <= 59)) return NaN
  return mark === 43 ? hours * 60 + minutes : -(hours * 60 + minutes)
}

function digits(text: string, from: number, count: 2): number {
  const tens = text.charCodeAt(from) - 48
  const ones = text.charCodeAt(from + count - 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days of the proleptic Gregorian calendar; a year that begins in March makes leap days the last of it. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

const unixTime = /^\d{10}(\d{3})?$/
const slashed = /^(\d{4})[/.](\d{2})[/.](\d{2})/
const blankBeforeZone = /\s+(?=(?:Z|[+-]\d{2}(?::?\d{2})?)$)/i
const utcName = /\s*(?:UTC|GMT)$/i

/** What a few firmwares send instead of ISO 8601: Unix time, slashes, a named UTC, blanks. Seldom, so slow is fine. */
function parseOdd(text: string): number {
  if (text.length > 64) return NaN
  const trimmed = text.trim()
  if (unixTime.test(trimmed))
    return trimmed.length === 10 ? Number(trimmed) * 1000 : Number(trimmed)
  return parseIso(
    trimmed.replace(slashed, '$1-$2-$3').replace(utcName, 'Z').replace(blankBeforeZone, ''),
  )
}
