import { chargingSecondsOf } from './chargingTime'

const at = (minutes: number, energyWh: number) => ({
  at: new Date(Date.UTC(2026, 10, 1, 8, minutes)),
  energyWh,
})

test('a car that is full and stays has charged for as long as energy flowed', () => {
  expect(chargingSecondsOf([at(0, 0), at(10, 1200), at(20, 2400), at(50, 2400)])).toBe(1200)
})

test('standby of car and charger is not charging', () => {
  // 10 Wh in 30 minutes are 20 W
  expect(chargingSecondsOf([at(0, 0), at(10, 1200), at(40, 1210)])).toBe(600)
})

test('a pause in the middle is left out', () => {
  expect(chargingSecondsOf([at(0, 0), at(10, 900), at(25, 900), at(30, 1500)])).toBe(900)
})

test('with no reading between start and stop it is all or nothing', () => {
  expect(chargingSecondsOf([at(0, 0), at(30, 5000)])).toBe(1800)
  expect(chargingSecondsOf([at(0, 0), at(30, 0)])).toBe(0)
  expect(chargingSecondsOf([])).toBe(0)
})
