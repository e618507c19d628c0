import { dueAt, duePeriods, periodAround, periodWords } from './issuing'

const zone = 'Europe/London'
const at = (text: string) => new Date(text)
const schedule = (more: object = {}) => ({
  frequency: 'monthly' as const,
  hour: 6,
  zone,
  createdAt: at('2026-09-10T09:00:00Z'),
  lastTo: null as Date | null,
  ...more,
})

test('a month ends at the midnight of its own zone, also where the clocks changed within it', () => {
  expect(periodAround('monthly', at('2026-10-15T12:00:00Z'), zone)).toEqual({
    fromDay: '2026-10-01',
    toDay: '2026-10-31',
    from: at('2026-09-30T23:00:00Z'),
    to: at('2026-11-01T00:00:00Z'),
  })
})

test('an instant belongs to the day of the zone, not of Greenwich', () => {
  const { fromDay } = periodAround('daily', at('2026-06-30T23:30:00Z'), zone)
  expect(fromDay).toBe('2026-07-01')
})

test('a week goes from Monday to Sunday', () => {
  const { fromDay, toDay } = periodAround('weekly', at('2026-11-29T12:00:00Z'), zone)
  expect([fromDay, toDay]).toEqual(['2026-11-23', '2026-11-29'])
})

test('a report is made at its hour of the morning after, and not before', () => {
  const october = periodAround('monthly', at('2026-10-15T12:00:00Z'), zone)
  expect(dueAt(october, 6, zone)).toEqual(at('2026-11-01T06:00:00Z'))
  const before = duePeriods(schedule({ lastTo: october.from }), at('2026-11-01T05:59:59Z'))
  expect(before).toEqual([])
  const after = duePeriods(schedule({ lastTo: october.from }), at('2026-11-01T06:00:00Z'))
  expect(after.map(({ fromDay }) => fromDay)).toEqual(['2026-10-01'])
})

test('a new schedule begins with the period it was made in', () => {
  const due = duePeriods(schedule(), at('2026-10-02T00:00:00Z'))
  expect(due.map(({ fromDay }) => fromDay)).toEqual(['2026-09-01'])
})

test('what was missed is made up for in order, without a gap, however long nobody was there', () => {
  const due = duePeriods(schedule({ frequency: 'daily' }), at('2027-01-20T12:00:00Z'), 1000)
  expect(due).toHaveLength(132)
  due.slice(1).forEach((period, index) => expect(period.from).toEqual(due[index]!.to))
})

test.each([
  ['2026-11-01', '2026-11-30', 'November 2026'],
  ['2026-11-23', '2026-11-29', '23 to 29 November 2026'],
  ['2026-11-30', '2026-12-06', '30 November 2026 to 6 December 2026'],
  ['2026-11-28', '2026-11-28', '28 November 2026'],
  ['2028-02-01', '2028-02-29', 'February 2028'],
])('%s to %s is said as "%s"', (fromDay, toDay, words) => {
  expect(periodWords({ fromDay, toDay })).toBe(words)
})
