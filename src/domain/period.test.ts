import { addDays, bucketsOf, dayIn, isDay, periodOf, startOfDay } from './period'

const iso = (at: Date) => at.toISOString().replace('.000Z', 'Z')

test('a day begins at the midnight of its own zone', () => {
  expect(iso(startOfDay('2026-07-01', 'Europe/London'))).toBe('2026-06-30T23:00:00Z')
  expect(iso(startOfDay('2026-12-01', 'Europe/London'))).toBe('2026-12-01T00:00:00Z')
  expect(iso(startOfDay('2026-12-01', 'Asia/Kathmandu'))).toBe('2026-11-30T18:15:00Z')
  expect(iso(startOfDay('2026-12-01', 'Pacific/Kiritimati'))).toBe('2026-11-30T10:00:00Z')
})

test('a day whose midnight is skipped begins when the clock has jumped', () => {
  // Beirut: 29 March 2026, 00:00 → 01:00
  expect(iso(startOfDay('2026-03-29', 'Asia/Beirut'))).toBe('2026-03-28T22:00:00Z')
})

test('the days of both clock changes have 23 and 25 hours', () => {
  const spring = bucketsOf('hour', '2026-03-29', '2026-03-29', 'Europe/London')
  const autumn = bucketsOf('hour', '2026-10-25', '2026-10-25', 'Europe/London')
  expect(spring.map(({ label }) => label.slice(11))).not.toContain('01:00')
  expect([spring.length, autumn.length]).toEqual([23, 25])
  expect(autumn.slice(1, 3).map(({ label }) => label)).toEqual([
    '2026-10-25 01:00 (UTC+01:00)',
    '2026-10-25 01:00 (UTC+00:00)',
  ])
})

test.each(['hour', 'day', 'week', 'month'] as const)(
  'the %ss of a year follow each other without a gap',
  (unit) => {
    for (const zone of ['Europe/London', 'Australia/Lord_Howe', 'Asia/Beirut', 'UTC']) {
      const buckets = bucketsOf(unit, '2026-01-01', '2026-12-31', zone)
      const { from, until } = periodOf('2026-01-01', '2026-12-31', zone)
      expect(buckets[0]!.from).toEqual(from)
      expect(buckets.at(-1)!.until).toEqual(until)
      buckets
        .slice(1)
        .forEach((bucket, index) => expect(bucket.from).toEqual(buckets[index]!.until))
      expect(new Set(buckets.map(({ label }) => label)).size).toBe(buckets.length)
    }
  },
)

test('weeks begin on Monday, the first holds what is left of it', () => {
  expect(bucketsOf('week', '2026-11-26', '2026-12-08', 'UTC').map(({ label }) => label)).toEqual([
    '2026-11-26',
    '2026-11-30',
    '2026-12-07',
  ])
})

test('days are days of the calendar', () => {
  expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true)
  expect(['2026-02-30', '2026-2-3', '1969-12-31', '', '2026-13-01'].some(isDay)).toBe(false)
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(dayIn(new Date('2026-06-30T23:30:00Z'), 'Europe/London')).toBe('2026-07-01')
})
