import { fromFields } from './fromFields'
import { collectPreview, dearestEnergyMicros, noGroup } from './preview'

test('winners and losers are counted by group, what has no price is in no sum', () => {
  const preview = collectPreview()
  preview.add({ group: 'Staff', energyWh: 10_000, beforeMinor: 450, afterMinor: 400 })
  preview.add({ group: null, energyWh: 10_000, beforeMinor: 450, afterMinor: 791 })
  preview.add({ group: null, energyWh: 999, beforeMinor: 45, afterMinor: 300 })
  preview.add({ group: null, energyWh: 10_000, beforeMinor: 450, afterMinor: 450 })
  preview.add({ group: null, energyWh: 10_000, beforeMinor: 450, afterMinor: null })
  expect(preview.result()).toEqual({
    sessions: 4,
    beforeMinor: 1_395,
    afterMinor: 1_941,
    cheaper: 1,
    dearer: 2,
    unpriced: 1,
    // 79.1 p; the fee of a charge of less than a kWh says nothing about a kWh
    dearestPerKWhHundredths: 7_910,
    groups: [
      { name: noGroup, sessions: 3, beforeMinor: 945, afterMinor: 1_541, cheaper: 0, dearer: 2 },
      { name: 'Staff', sessions: 1, beforeMinor: 450, afterMinor: 400, cheaper: 1, dearer: 0 },
    ],
  })
})

test('the highest price per kWh is the one with tax, of whatever hour', () => {
  const tariff = {
    currency: 'GBP',
    energyRateMicros: 450_000,
    taxBasisPoints: 2_000,
    elements: [{ startTime: '17:00', endTime: '19:00', energyRateMicros: 790_000 }],
  }
  expect(dearestEnergyMicros(fromFields({ ...tariff, taxIncluded: true }))).toBe(790_000)
  expect(dearestEnergyMicros(fromFields({ ...tariff, taxIncluded: false }))).toBe(948_000)
  expect(dearestEnergyMicros(fromFields({ currency: 'GBP', sessionFeeMinor: 100 }))).toBeNull()
})
