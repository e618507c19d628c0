import {
  arrivingVehicle,
  charge,
  chargerModels,
  electricsOf,
  powerOf,
  type Vehicle,
} from './physics'
import { randomStream } from './random'

const car = (over: Partial<Vehicle> = {}): Vehicle => ({
  batteryWh: 60_000,
  acMaxW: 11_000,
  acPhases: 3,
  dcMaxW: 170_000,
  socPercent: 20,
  targetPercent: 100,
  ...over,
})

test('the weaker of charger and car limits the power', () => {
  expect(powerOf(chargerModels.AC22, car())).toBe(11_000)
  expect(powerOf(chargerModels.AC7, car())).toBeCloseTo(11_000 / 3)
  expect(powerOf(chargerModels.DC50, car())).toBe(50_000)
  expect(powerOf(chargerModels.DC150, car({ dcMaxW: 46_000 }))).toBe(46_000)
})

test('direct current tapers above 80 per cent, alternating current only at the very end', () => {
  const { DC150, AC11 } = chargerModels
  expect(powerOf(DC150, car({ socPercent: 90 }))).toBeLessThan(50_000)
  expect(powerOf(AC11, car({ socPercent: 90 }))).toBe(11_000)
  expect(powerOf(AC11, car({ socPercent: 99 }))).toBeLessThan(6_000)
})

test('a car at its target draws nothing, and never charges past it', () => {
  const full = car({ socPercent: 80, targetPercent: 80 })
  expect(charge(chargerModels.AC22, full, 3_600)).toMatchObject({ energyWh: 0, powerW: 0 })
  const after = charge(chargerModels.DC150, car({ targetPercent: 80 }), 7_200)
  expect(after.vehicle.socPercent).toBe(80)
  expect(after.energyWh).toBeGreaterThan(0.6 * 60_000)
})

test('energy is power times time', () => {
  const hour = charge(chargerModels.AC11, car(), 3_600)
  expect(hour.energyWh).toBeCloseTo(11_000, 0)
})

test('what the meter shows per phase adds up to the power', () => {
  const electrics = electricsOf(chargerModels.AC22, car(), 11_000, randomStream(1, 'test'))
  const watts = electrics.currentsA.map((ampere, i) => ampere * electrics.voltagesV[i]!)
  expect(watts).toHaveLength(3)
  expect(watts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(11_000)
})

test('the same seed draws the same cars, another label draws others', () => {
  const draw = (label: string) => {
    const random = randomStream(7, label)
    return Array.from({ length: 5 }, () => arrivingVehicle(random))
  }
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
})
