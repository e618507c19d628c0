import { priceExample, usualExample } from './example'
import type { TariffFields } from './fromFields'

const cost = (fields: Partial<TariffFields>, example = usualExample) =>
  priceExample({ currency: 'GBP', taxIncluded: true, taxBasisPoints: 2000, ...fields }, example)

test.each<[string, Partial<TariffFields>, number]>([
  ['£0.45 per kWh', { energyRateMicros: 450_000 }, 900],
  ['£0.10 per minute', { timeRateMicros: 100_000 }, 450],
  [
    'both, and £1 per session',
    { energyRateMicros: 450_000, timeRateMicros: 100_000, sessionFeeMinor: 100 },
    1450,
  ],
  ['£0.45 per kWh before 20 % tax', { energyRateMicros: 450_000, taxIncluded: false }, 1080],
  ['free, and meant so', { energyRateMicros: 0 }, 0],
])('20 kWh in 45 minutes at %s', (_what, fields, totalMinor) => {
  expect(cost(fields)).toMatchObject({ totalMinor, needsReview: null })
})

test('the lines say what is for what', () => {
  const { lines } = cost({ energyRateMicros: 450_000, timeRateMicros: 100_000 })
  expect(lines.map((line) => [line.kind, line.amountMinor + line.taxMinor])).toEqual([
    ['energy', 900],
    ['time', 450],
  ])
})

test('without a price nothing is free: it is not known', () => {
  expect(cost({}).needsReview).not.toBeNull()
})

test('another example, another price', () => {
  expect(cost({ energyRateMicros: 450_000 }, { energyWh: 7_400, minutes: 60 }).totalMinor).toBe(333)
})

test('prices under Advanced hold at the hours they name', () => {
  const fields = {
    currency: 'GBP',
    energyRateMicros: 400_000,
    elements: [{ startTime: '17:00', endTime: '19:00', energyRateMicros: 800_000 }],
  }
  const at = (startsAt: string) =>
    priceExample(fields, { energyWh: 10_000, minutes: 60, startsAt }).totalMinor
  expect([at('12:00'), at('16:30'), at('17:00')]).toEqual([400, 600, 800])
})
