import { priceSession } from './price'
import type { Restrictions, Tariff } from './types'
import { zoneOf } from './zone'

/** The wall clock read another way: asked of Intl minute by minute, without our offsets and boundaries. */
function wallClock(zone: string): (at: number) => { minute: number; weekday: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  })
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  return (at) => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    )
    return {
      minute: Number(part['hour']) * 60 + Number(part['minute']),
      weekday: names.indexOf(part['weekday']!) + 1,
    }
  }
}

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

function holdsByHand(
  { startTime, endTime, days }: Restrictions,
  { minute, weekday }: { minute: number; weekday: number },
): boolean {
  const [start, end] = [minuteOf(startTime!), minuteOf(endTime!)]
  const isDay = (day: number) => !days || days.includes(day)
  if (start === end) return isDay(weekday)
  if (start < end) return minute >= start && minute < end && isDay(weekday)
  if (minute >= start) return isDay(weekday)
  return minute < end && isDay(weekday === 1 ? 7 : weekday - 1)
}

test('minutes per element agree with a count minute by minute, over both changes of the clock in four zones', () => {
  let seed = 33
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const clock = () => `${String(random(24)).padStart(2, '0')}:${['00', '30'][random(2)]}`
  const begins: Record<string, string[]> = {
    'Europe/London': ['2026-03-28T18:00:00Z', '2026-10-24T18:00:00Z'],
    'America/New_York': ['2026-03-07T22:00:00Z', '2026-10-31T22:00:00Z'],
    'Australia/Lord_Howe': ['2026-04-04T06:00:00Z', '2026-10-03T06:00:00Z'],
    'Asia/Kathmandu': ['2026-06-01T00:00:00Z', '2026-06-05T18:00:00Z'],
  }
  for (let round = 0; round < 160; round++) {
    const zone = Object.keys(begins)[round % 4]!
    const wall = wallClock(zone)
    const restrictions = [0, 1].map(() => ({
      startTime: clock(),
      endTime: clock(),
      days: random(2) ? [6, 7, 1 + random(5)] : null,
    }))
    const tariff: Tariff = {
      currency: 'GBP',
      timezone: zone,
      taxBasisPoints: 0,
      taxIncluded: true,
      elements: [...restrictions, null].map((restriction, index) => ({
        components: [{ type: 'time', rateMicros: (index + 1) * 1000 }],
        restrictions: restriction,
      })),
    }
    const start = Date.parse(begins[zone]![random(2)]!) + random(8 * 60) * 60_000
    const minutes = 60 + random(14 * 60)
    const expected = [0, 0, 0]
    for (let minute = 0; minute < minutes; minute++) {
      const here = wall(start + minute * 60_000)
      const index = restrictions.findIndex((restriction) => holdsByHand(restriction, here))
      expected[index === -1 ? 2 : index]! += 60
    }
    const stoppedAt = new Date(start + minutes * 60_000)
    const { lines } = priceSession({
      samples: [],
      startedAt: new Date(start),
      stoppedAt,
      tariff,
      now: stoppedAt,
    })
    const seen = [0, 0, 0]
    for (const line of lines) seen[line.element]! += line.quantity
    expect({ round, zone, restrictions, seen }).toEqual({
      round,
      zone,
      restrictions,
      seen: expected,
    })
  }
})

describe('wall clocks', () => {
  test('the change is found to the minute, and a zone that has none has none', () => {
    const between = (zone: string, from: string, until: string) =>
      zoneOf(zone)!
        .changesBetween(Date.parse(from), Date.parse(until))
        .map((at) => new Date(at).toISOString())
    expect(between('Europe/London', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ])
    expect(between('UTC', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([])
  })

  test.each(['', 'Europe/Londonium', '../etc', 'constructor'])('%j is no zone', (name) =>
    expect(zoneOf(name)).toBeNull(),
  )
})
