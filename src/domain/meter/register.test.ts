import { judge, sessionLimitWh } from './plausible'
import { integratePower, runOf } from './register'

const at = (minutes: number) => new Date(Date.parse('2026-06-01T12:00:00Z') + minutes * 60_000)
const readings = (...registers: number[]) =>
  registers.map((energyWh, index) => ({ at: at(index * 5), energyWh }))

describe('the gate', () => {
  const previous = { at: at(0), energyWh: 1000 }
  const next = (energyWh: number, minutes = 5) =>
    judge(previous, { at: at(minutes), energyWh }, 22_000)

  test('what the connector can give passes, with a tenth to spare and one step of a coarse register', () => {
    expect(next(1000)).toEqual({ kind: 'plausible', deltaWh: 0 })
    expect(next(2833)).toEqual({ kind: 'plausible', deltaWh: 1833 })
    expect(next(1000 + 2016 + 1000)).toMatchObject({ kind: 'plausible' })
    expect(next(1000 + 2018 + 1000)).toEqual({ kind: 'quarantine', reason: 'too-fast' })
  })

  test.each([
    [999, 'backwards'],
    [0, 'backwards'],
    [-1, 'unreadable'],
    [NaN, 'unreadable'],
    [Infinity, 'unreadable'],
  ])('%d after 1000 is quarantined: %s', (energyWh, reason) =>
    expect(next(energyWh)).toEqual({ kind: 'quarantine', reason }),
  )

  test('the first reading is believed if it is a number', () => {
    expect(judge(null, { at: at(0), energyWh: 5e6 })).toEqual({ kind: 'plausible', deltaWh: 0 })
    expect(judge(null, { at: at(0), energyWh: -1 })).toMatchObject({ kind: 'quarantine' })
  })

  test('without a known limit the strongest outlet of today is assumed', () => {
    expect(sessionLimitWh(3_600_000, null)).toBeCloseTo(441_000)
    expect(sessionLimitWh(3_600_000, 0)).toBeCloseTo(441_000)
    expect(sessionLimitWh(7_200_000, 11_000)).toBeCloseTo(25_200)
  })
})

describe('the run of a register', () => {
  test('no reading is no run', () => {
    expect(runOf([])).toBeNull()
    expect(runOf(readings(-1, NaN))).toBeNull()
  })

  test('an honest register gains what it gained', () => {
    expect(runOf(readings(1000, 2000, 4000))).toMatchObject({
      gainedWh: 3000,
      hasReset: false,
      hasJump: false,
      glitches: 0,
    })
  })

  test('a reading that the later ones take back is left out', () => {
    expect(runOf(readings(1000, 2000, 0, 3000))).toMatchObject({
      gainedWh: 2000,
      hasReset: false,
      glitches: 1,
    })
    expect(runOf(readings(1000, 2000, 9e9, 3000))).toMatchObject({
      gainedWh: 2000,
      hasJump: false,
      glitches: 1,
    })
    expect(runOf(readings(1000, 2000, 0))).toMatchObject({
      gainedWh: 1000,
      lastWh: 2000,
      glitches: 1,
    })
  })

  test('several low readings in a row are left out too, but a person is told', () => {
    expect(runOf(readings(1000, 2000, 0, 0, 3000))).toMatchObject({
      gainedWh: 2000,
      hasReset: true,
    })
  })

  test('a reset is counted on both sides, its step for nothing', () => {
    expect(runOf(readings(9000, 9500, 0, 400))).toMatchObject({ gainedWh: 900, hasReset: true })
  })

  test('a jump that stays is said, and counts for nothing', () => {
    expect(runOf(readings(1000, 2000, 9e6, 9_001_000))).toMatchObject({
      gainedWh: 2000,
      hasJump: true,
    })
  })

  test('two days of readings that fall all the time are read in no time', () => {
    const falling = readings(...Array.from({ length: 3000 }, (_, index) => 1e6 - index))
    expect(runOf(falling)).toMatchObject({ gainedWh: 0, hasReset: true })
  })
})

describe('the integral of power', () => {
  test('an hour at 7 kW is 7 kWh', () => {
    expect(
      integratePower(
        [0, 20, 40, 60].map((minutes) => ({ at: at(minutes), energyWh: null, powerW: 7000 })),
      ),
    ).toBe(7000)
  })

  test('one reading says nothing, and a gap of a night is not filled', () => {
    expect(integratePower([{ at: at(0), energyWh: null, powerW: 7000 }])).toBeNull()
    expect(
      integratePower(
        [0, 600].map((minutes) => ({ at: at(minutes), energyWh: null, powerW: 7000 })),
      ),
    ).toBe(3500)
  })

  test('negative and unreadable power count as none', () => {
    expect(
      integratePower(
        [0, 20, 40].map((minutes, index) => ({
          at: at(minutes),
          energyWh: null,
          powerW: [-9, NaN, -9][index]!,
        })),
      ),
    ).toBe(0)
  })
})
