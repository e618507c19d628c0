/**
 * Wall clocks. The offset of a zone is asked of `Intl` once per zone and UTC day (asking it per sample cost 40 times
 * more); within a day whose two ends differ, the change is found to the minute.
 */
export type Zone = {
  /** Wall clock minus UTC, in ms. */
  offsetAt(at: number): number
  /** Instants in (from, until) at which the offset changes. */
  changesBetween(from: number, until: number): number[]
}

export const dayMs = 86_400_000
const minuteMs = 60_000
const zones = new Map<string, Zone | null>()

/** `zoneOf`: null where there is no such zone. */
export function zoneOf(name: string): Zone | null {
  let zone = zones.get(name)
  if (zone === undefined) {
    zone = readZone(name)
    // Names come from people; a table of wrong ones must not grow for ever.
    if (zone !== null || zones.size < 1000) zones.set(name, zone)
  }
  return zone
}

type Day = { offset: number; changeAt: number; offsetAfter: number }

function readZone(name: string): Zone | null {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
  } catch {
    return null
  }
  const days = new Map<number, Day>()
  const dayOf = (day: number): Day => {
    let known = days.get(day)
    if (!known) {
      known = readDay(format, day)
      if (days.size > 5000) days.clear()
      days.set(day, known)
    }
    return known
  }
  return {
    offsetAt(at) {
      const day = dayOf(Math.floor(at / dayMs))
      return at < day.changeAt ? day.offset : day.offsetAfter
    },
    changesBetween(from, until) {
      const changes: number[] = []
      for (let day = Math.floor(from / dayMs); day * dayMs < until; day++) {
        const { changeAt } = dayOf(day)
        if (changeAt > from && changeAt < until) changes.push(changeAt)
      }
      return changes
    },
  }
}

/** No zone has changed its offset twice within one UTC day. */
function readDay(format: Intl.DateTimeFormat, day: number): Day {
  let low = day * dayMs
  let high = low + dayMs
  const offset = askOffset(format, low)
  const offsetAfter = askOffset(format, high)
  if (offset === offsetAfter) return { offset, changeAt: Infinity, offsetAfter }
  while (high - low > minuteMs) {
    const middle = Math.floor((low + high) / 2 / minuteMs) * minuteMs
    if (askOffset(format, middle) === offset) low = middle
    else high = middle
  }
  return { offset, changeAt: high, offsetAfter }
}

function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = value
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year'])
  const wall = Date.UTC(
    year,
    Number(part['month']) - 1,
    Number(part['day']),
    Number(part['hour']),
    Number(part['minute']),
    Number(part['second']),
  )
  return wall - Math.floor(at / 1000) * 1000
}
