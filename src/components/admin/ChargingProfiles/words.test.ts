import { fromWords, limitWords, scheduleWords } from './words'

it('says limits and times as people do', () => {
  expect(limitWords(7_400, 'W')).toBe('7.4 kW')
  expect(limitWords(16, 'A')).toBe('16 A')
  expect(fromWords(425, 'daily')).toBe('07:05')
  expect(fromWords(1_440 * 5 + 60, 'weekly')).toBe('Sat 01:00')
})

it('says a schedule in one sentence', () => {
  const night = { fromMinute: 0, limit: 11_000, phases: null }
  const day = { fromMinute: 420, limit: 0, phases: null }
  expect(scheduleWords([night, day], 'W', 'daily')).toBe(
    'from 00:00 at most 11 kW, from 07:00 no charging',
  )
  expect(scheduleWords([{ ...night, limit: 6, phases: 1 }], 'A', 'always')).toBe(
    'at most 6 A on one phase',
  )
})
