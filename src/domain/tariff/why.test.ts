import { conditionWords, originWords, reviewAdvice } from './why'

test.each([
  [{ name: null, restrictions: null }, 'At any time'],
  [{ name: 'Night rate', restrictions: null }, 'Night rate'],
  [
    {
      name: 'Night rate',
      restrictions: { days: [5, 1, 2, 3, 4], startTime: '23:00', endTime: '07:00' },
    },
    'Night rate: Mon–Fri, 23:00–07:00',
  ],
  [{ restrictions: { days: [6, 7] } }, 'Sat, Sun'],
  [
    { restrictions: { days: [1, 3, 5, 6, 7], startTime: '18:30' } },
    'Mon, Wed, Fri–Sun, 18:30–24:00',
  ],
  [
    { restrictions: { startDate: '2026-12-01', endDate: '2027-03-01' } },
    'from 2026-12-01, before 2027-03-01',
  ],
  [{ restrictions: { minWh: 30_000 } }, 'from 30 kWh'],
  [{ restrictions: { maxWh: 7_500 } }, 'up to 7.5 kWh'],
  [{ restrictions: { minPowerW: 50_000 } }, 'at 50 kW or more'],
  [{ restrictions: { minPowerW: 7_000, maxPowerW: 22_000 } }, 'at 7 kW, below 22 kW'],
  [{ restrictions: { minDurationSeconds: 5400 } }, 'from minute 90'],
])('%j reads as %s', (element, words) => expect(conditionWords(element)).toBe(words))

test('every source of a price has its sentence, and no price has none', () => {
  const origin = {
    tariffName: 'Day',
    groupName: 'Staff',
    discountBasisPoints: 1250,
    siteName: 'Leeds',
    chargerName: 'KP-07',
  }
  const say = (priceSource: string | null, tariffName: string | null = 'Day') =>
    originWords({ ...origin, priceSource, tariffName })
  expect(say('group-discount')).toBe('The price group “Staff” has 12.5 % off “Day”.')
  expect(say('default')).toMatch(/Leeds has no tariff of its own/)
  expect(say(null)).toBe('By “Day”.')
  expect(say(null, null)).toBeNull()
})

test('a doubtful session comes with what to do about it', () => {
  expect(reviewAdvice({ costMinor: null, energyWh: null, priceSource: null })).toMatch(/settle/)
  expect(reviewAdvice({ costMinor: 5, energyWh: 5, priceSource: 'site' })).toMatch(/accept/)
  expect(reviewAdvice({ costMinor: null, energyWh: 5, priceSource: null })).toMatch(/Set a price/)
})
