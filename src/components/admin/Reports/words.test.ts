import { presetsOf, sayCell } from './words'

test('periods follow the calendar, over the turn of the year too', () => {
  const by = Object.fromEntries(presetsOf('2026-01-03').map((one) => [one.key, [one.from, one.to]]))
  expect(by).toMatchObject({
    yesterday: ['2026-01-02', '2026-01-02'],
    week: ['2025-12-28', '2026-01-03'],
    month: ['2026-01-01', '2026-01-03'],
    'last-month': ['2025-12-01', '2025-12-31'],
  })
  expect(presetsOf('2024-03-31').find(({ key }) => key === 'last-month')?.to).toBe('2024-02-29')
})

test('a figure that is not known is a dash, not nothing', () => {
  expect(sayCell('money', null, null)).toBe('–')
  expect(sayCell('money', 0, 'GBP')).toBe('£0.00')
  expect(sayCell('energy', 1234567, null)).toBe('1,234.567')
  expect(sayCell('seconds', 3_600_000 + 3909, null)).toBe('1,001:05:09')
})
