import { fromFields } from './fromFields'
import { discounted, freeTariff, isFree, tariffOf } from './resolve'

const usual = fromFields({
  currency: 'GBP',
  energyRateMicros: 455_555,
  sessionFeeMinor: 50,
  maxMinor: 2_001,
  taxBasisPoints: 2000,
})

test('a discount comes off every price, to the millionth, and off the most it can cost', () => {
  const staff = discounted(usual, 2000)
  expect(staff.elements[0]!.components.map(({ type, rateMicros }) => [type, rateMicros])).toEqual([
    ['flat', 400_000],
    ['energy', 364_444],
  ])
  expect(staff.maxMinor).toBe(1_601)
  expect(staff.minMinor).toBeUndefined()
  expect(usual.elements[0]!.components[1]!.rateMicros).toBe(455_555)
})

test('a discount of nothing changes nothing, one of everything leaves zeros', () => {
  expect(tariffOf({ tariff: usual, priceSource: 'site', discountBasisPoints: null })).toBe(usual)
  expect(discounted(usual, 0)).toEqual({ ...usual, minMinor: undefined })
  expect(discounted(usual, 10_000).elements[0]!.components.every((c) => c.rateMicros === 0)).toBe(
    true,
  )
})

test.each([
  ['group-free', true],
  ['charger-free', true],
  ['site-free', true],
  ['chosen-free', true],
  ['site', false],
  ['group-tariff', false],
  [null, false],
])('%s is free: %s', (source, free) => {
  expect(isFree(source)).toBe(free)
  expect(tariffOf({ tariff: usual, priceSource: source, currency: 'EUR' })).toEqual(
    free ? freeTariff('EUR') : usual,
  )
})

test('no price anywhere is none, not a free one', () => {
  expect(tariffOf({ tariff: null, priceSource: null })).toBeNull()
})
