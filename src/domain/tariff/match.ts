import { dayMs, type Zone } from './zone'
import type { ComponentType, PriceComponent, Restrictions, Tariff } from './types'

/** Where a session stands: the instant, its energy and its age, and the power from here on. */
export type Moment = { at: number; energyWh: number; seconds: number; powerW: number }

/** An element with its restrictions read once. */
export type ReadElement = {
  index: number
  components: Partial<Record<ComponentType, PriceComponent>>
  startMinute: number
  endMinute: number
  /** Bit 1 Monday … bit 7 Sunday; 0 every day. */
  days: number
  startDay: number
  endDay: number
  minWh: number
  maxWh: number
  minPowerW: number
  maxPowerW: number
  minSeconds: number
  maxSeconds: number
}

/** `readElements`: the elements of a tariff, or the sentence that says why they cannot be read. */
export function readElements(tariff: Tariff): ReadElement[] | string {
  const elements: ReadElement[] = []
  for (const [index, { components, restrictions }] of tariff.elements.entries()) {
    const read = readRestrictions(restrictions ?? {})
    if (typeof read === 'string') return read
    const byType: ReadElement['components'] = {}
    for (const component of components) byType[component.type] ??= component
    elements.push({ index, components: byType, ...read })
  }
  return elements
}

/** `needsZone`: whether the price depends on a wall clock. */
export function needsZone(element: ReadElement): boolean {
  return (
    hasTime(element) ||
    element.days !== 0 ||
    element.startDay !== -Infinity ||
    element.endDay !== Infinity
  )
}

/** `applies`: whether an element applies at a moment. Times are the site's wall clock; upper bounds are excluded. */
export function applies(element: ReadElement, moment: Moment, zone: Zone | null): boolean {
  if (moment.energyWh < element.minWh || moment.energyWh >= element.maxWh) return false
  if (moment.powerW < element.minPowerW || moment.powerW >= element.maxPowerW) return false
  if (moment.seconds < element.minSeconds || moment.seconds >= element.maxSeconds) return false
  if (!needsZone(element)) return true
  if (!zone) return false
  const wall = moment.at + zone.offsetAt(moment.at)
  let day = Math.floor(wall / dayMs)
  if (hasTime(element)) {
    const minute = (wall - day * dayMs) / 60_000
    if (element.startMinute < element.endMinute) {
      if (minute < element.startMinute || minute >= element.endMinute) return false
    } else if (minute < element.startMinute) {
      if (minute >= element.endMinute) return false
      // The small hours of a night belong to the day on which the night began.
      day -= 1
    }
  }
  if (day < element.startDay || day >= element.endDay) return false
  return element.days === 0 || (element.days & (1 << weekday(day))) !== 0
}

/** `matchComponent`: the price of one dimension at a moment: the first element that applies and has it. */
export function matchComponent(
  elements: readonly ReadElement[],
  type: ComponentType,
  moment: Moment,
  zone: Zone | null,
): { element: ReadElement; component: PriceComponent } | null {
  for (const element of elements) {
    const component = element.components[type]
    if (component && applies(element, moment, zone)) return { element, component }
  }
  return null
}

/** `wallBoundaries`: instants in (from, until) at which some element may begin or end to apply by the wall clock. */
export function wallBoundaries(
  elements: readonly ReadElement[],
  zone: Zone,
  from: number,
  until: number,
): number[] {
  const minutes = new Set<number>()
  for (const element of elements) {
    if (!needsZone(element)) continue
    if (hasTime(element)) minutes.add(element.startMinute).add(element.endMinute % 1440)
    if (element.days !== 0 || element.startDay !== -Infinity || element.endDay !== Infinity)
      minutes.add(0)
  }
  if (minutes.size === 0) return []
  const changes = zone.changesBetween(from, until)
  const offsets = new Set([zone.offsetAt(from), zone.offsetAt(until)])
  for (const change of changes) offsets.add(zone.offsetAt(change)).add(zone.offsetAt(change - 1))
  const instants = [...changes]
  // Each wall time is tried with every offset of the span: one repeated in autumn gives two instants, one skipped in
  // spring none (the change itself is a boundary then).
  for (const offset of offsets) {
    const lastDay = Math.floor((until + offset) / dayMs)
    for (let day = Math.floor((from + offset) / dayMs); day <= lastDay; day++)
      for (const minute of minutes) {
        const at = day * dayMs + minute * 60_000 - offset
        if (at > from && at < until && zone.offsetAt(at) === offset) instants.push(at)
      }
  }
  return instants
}

function hasTime(element: ReadElement): boolean {
  return element.startMinute !== element.endMinute
}

function weekday(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1
}

function readRestrictions(
  restrictions: Restrictions,
): Omit<ReadElement, 'index' | 'components'> | string {
  const startMinute = readMinute(restrictions.startTime ?? '00:00')
  const endMinute = readMinute(restrictions.endTime ?? '24:00')
  if (Number.isNaN(startMinute) || Number.isNaN(endMinute))
    return 'A time of day in the tariff cannot be read.'
  const startDay = readDay(restrictions.startDate, -Infinity)
  const endDay = readDay(restrictions.endDate, Infinity)
  if (Number.isNaN(startDay) || Number.isNaN(endDay)) return 'A date in the tariff cannot be read.'
  let days = 0
  for (const day of restrictions.days ?? []) {
    if (!Number.isInteger(day) || day < 1 || day > 7)
      return 'A day of the week in the tariff cannot be read.'
    days |= 1 << day
  }
  const bounds = [
    restrictions.minWh ?? 0,
    restrictions.maxWh ?? Infinity,
    restrictions.minPowerW ?? 0,
    restrictions.maxPowerW ?? Infinity,
    restrictions.minDurationSeconds ?? 0,
    restrictions.maxDurationSeconds ?? Infinity,
  ] as const
  if (bounds.some((bound) => !(bound >= 0)))
    return 'A limit of energy, power or duration in the tariff cannot be read.'
  const [minWh, maxWh, minPowerW, maxPowerW, minSeconds, maxSeconds] = bounds
  // The whole day is written as start = end, so that `hasTime` is one comparison.
  const isWholeDay = startMinute % 1440 === endMinute % 1440
  return {
    startMinute: isWholeDay ? 0 : startMinute % 1440,
    endMinute: isWholeDay ? 0 : endMinute,
    days,
    startDay,
    endDay,
    minWh,
    maxWh,
    minPowerW,
    maxPowerW,
    minSeconds,
    maxSeconds,
  }
}

/** `HH:mm`, up to 24:00. */
function readMinute(text: string): number {
  const found = /^(\d{2}):(\d{2})$/.exec(text)
  if (!found) return NaN
  const minute = Number(found[1]) * 60 + Number(found[2])
  return minute <= 1440 && Number(found[2]) < 60 ? minute : NaN
}

function readDay(text: string | null | undefined, absent: number): number {
  if (text === null || text === undefined) return absent
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return NaN
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? NaN : at / dayMs
}
