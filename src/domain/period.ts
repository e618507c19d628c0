import { dayMs, zoneOf, type Zone } from './tariff/zone'

/** A day of the calendar, as people write it: `2026-11-28`. */
export type Day = string

export const bucketUnits = ['hour', 'day', 'week', 'month'] as const
export type BucketUnit = (typeof bucketUnits)[number]

export type Bucket = { from: Date; until: Date; label: string }

const hourMs = 3_600_000
/** No two wall clocks of the world are further apart from UTC. */
const furthestMs = 15 * hourMs

/** `isDay`: a date that exists, from 1970 on. */
export function isDay(text: string): text is Day {
  if (!/^(?:19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** `addDays`: the calendar day so many days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  return dayText(wallOf(day) + days * dayMs)
}

/** `dayIn`: the calendar day at an instant in a zone. */
export function dayIn(at: Date, zone: string): Day {
  return dayText(at.getTime() + demandZone(zone).offsetAt(at.getTime()))
}

/**
 * `startOfDay`: the first instant of a calendar day in a zone. Where the clock skips midnight (spring in Beirut) the day
 * begins when the clock has jumped; where it strikes twice, the first time.
 */
export function startOfDay(day: Day, zone: string): Date {
  return new Date(instantOf(wallOf(day), demandZone(zone)))
}

/** `periodOf`: whole days in a zone as instants, `from` ≤ t < `until`; `toDay` is inside. */
export function periodOf(fromDay: Day, toDay: Day, zone: string): { from: Date; until: Date } {
  return { from: startOfDay(fromDay, zone), until: startOfDay(addDays(toDay, 1), zone) }
}

/**
 * `bucketsOf`: a period of days cut into hours, days, weeks (from Monday) or months by the zone's own clock, in order,
 * without a gap. A day of a clock change has 23 or 25 hours; the hour that comes twice says by its offset which it is.
 * The first and last week or month hold only the days asked for.
 */
export function bucketsOf(unit: BucketUnit, fromDay: Day, toDay: Day, zone: string): Bucket[] {
  const clock = demandZone(zone)
  const buckets: Bucket[] = []
  const end = addDays(toDay, 1)
  for (let day = fromDay; day < end;) {
    const next = min(nextStart(unit, day), end)
    const from = instantOf(wallOf(day), clock)
    const until = instantOf(wallOf(next), clock)
    if (unit === 'hour') buckets.push(...hoursOf(from, until, clock))
    else buckets.push({ from: new Date(from), until: new Date(until), label: labelOf(unit, day) })
    day = next
  }
  return buckets
}

function hoursOf(from: number, until: number, clock: Zone): Bucket[] {
  const hours: Bucket[] = []
  const seen = new Map<string, number>()
  for (let at = from; at < until; at += hourMs) {
    const label = hourText(at + clock.offsetAt(at))
    const twin = seen.get(label)
    seen.set(label, hours.length)
    hours.push({ from: new Date(at), until: new Date(Math.min(at + hourMs, until)), label })
    if (twin === undefined) continue
    for (const index of [twin, hours.length - 1]) {
      const hour = hours[index]!
      hour.label = `${label} (${offsetText(clock.offsetAt(hour.from.getTime()))})`
    }
  }
  return hours
}

function nextStart(unit: BucketUnit, day: Day): Day {
  if (unit === 'week') {
    const weekday = new Date(wallOf(day)).getUTCDay()
    return addDays(day, ((8 - weekday) % 7 || 7) as number)
  }
  if (unit === 'month') {
    const date = new Date(wallOf(day))
    return dayText(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
  }
  return addDays(day, 1)
}

const labelOf = (unit: BucketUnit, day: Day) => (unit === 'month' ? day.slice(0, 7) : day)
const wallOf = (day: Day) => Date.parse(`${day}T00:00:00Z`)
const dayText = (wall: number) => new Date(wall).toISOString().slice(0, 10)
const hourText = (wall: number) => new Date(wall).toISOString().slice(0, 16).replace('T', ' ')
const min = (a: Day, b: Day) => (a < b ? a : b)

function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `UTC${offsetMs < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** The first instant at which a wall clock shows this time or, where it skips it, a later one. */
function instantOf(wall: number, clock: Zone): number {
  const candidates = [clock.offsetAt(wall - furthestMs), clock.offsetAt(wall + furthestMs)]
    .map((offset) => wall - offset)
    .filter((at) => at + clock.offsetAt(at) === wall)
  if (candidates.length > 0) return Math.min(...candidates)
  const changes = clock.changesBetween(wall - furthestMs, wall + furthestMs)
  return changes[0] ?? wall - clock.offsetAt(wall)
}

function demandZone(name: string): Zone {
  const zone = zoneOf(name)
  if (!zone) throw new Error(`no time zone is called ${name}`)
  return zone
}
