import type { Tariff } from '../tariff/types'
import { costsNothing, holdFor } from './hold'

const tariff: Tariff = {
  currency: 'GBP',
  taxBasisPoints: 2_000,
  taxIncluded: true,
  elements: [{ components: [{ type: 'energy', rateMicros: 450_000 }] }],
}
const none = { energyWh: null, amountMinor: null, seconds: null }
const hold = (limit: Partial<typeof none> | object, more: object = {}) =>
  holdFor({
    tariff,
    limit: { ...none, ...limit },
    maxPowerW: 22_000,
    usualMinor: 2_500,
    at: new Date('2026-11-28T10:00:00Z'),
    timezone: 'Europe/London',
    ...more,
  })

test('without a limit the usual amount is set aside, with one what it would cost and a tenth more', () => {
  expect(hold({})).toBe(2_500)
  expect(hold({ energyWh: 10_000 })).toBe(495)
  expect(hold({ energyWh: 100_000 })).toBe(4_950)
  expect(hold({ amountMinor: 1_000 })).toBe(1_100)
  expect(hold({ amountMinor: 5_000, energyWh: 10_000 })).toBe(495)
  // half an hour at 22 kW is 11 kWh; a long time is bounded by the usual amount
  expect(hold({ seconds: 1_800 })).toBe(545)
  expect(hold({ seconds: 86_400 })).toBe(2_750)
})

test('never less than a card network takes, and a tariff without rates costs nothing', () => {
  expect(hold({ energyWh: 100 })).toBe(100)
  expect(costsNothing({ ...tariff, elements: [] })).toBe(true)
  expect(costsNothing(tariff)).toBe(false)
  expect(costsNothing({ ...tariff, elements: [], minMinor: 50 })).toBe(false)
})
