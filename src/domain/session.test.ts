import {
  concludeSession,
  energyOf,
  legalSessionSteps,
  pricePoints,
  type EnergyInput,
  type MeterSample,
} from './session'

const startedAt = new Date('2026-06-01T12:00:00Z')
const stoppedAt = new Date('2026-06-01T13:00:00Z')
const minute = (count: number) => new Date(startedAt.getTime() + count * 60_000)
const samples = (...registers: (number | null)[]): MeterSample[] =>
  registers.map((energyWh, index) => ({ at: minute((index + 1) * 5), energyWh }))
const energy = (over: Partial<EnergyInput>) =>
  energyOf({
    meterStartWh: 1_000_000,
    meterStopWh: 1_010_000,
    samples: [],
    startedAt,
    stoppedAt,
    ...over,
  })

describe('the energy of a session', () => {
  test('is stop − start where the meter gave both', () => {
    expect(energy({})).toEqual({ energyWh: 10_000, source: 'meter', reviewReason: null })
    expect(energy({ samples: samples(1_002_000, 1_005_000, 1_009_000) })).toEqual({
      energyWh: 10_000,
      source: 'meter',
      reviewReason: null,
    })
    expect(energy({ meterStartWh: 0, meterStopWh: 7 })).toMatchObject({
      energyWh: 7,
      reviewReason: null,
    })
  })

  test('samples that count from the session do not contradict an absolute meter', () => {
    expect(energy({ samples: samples(0, 5000, 10_000) })).toMatchObject({
      energyWh: 10_000,
      reviewReason: null,
    })
    expect(
      energy({
        meterStartWh: 0,
        meterStopWh: 9950,
        samples: samples(1_000_000, 1_005_000, 1_010_000),
      }),
    ).toMatchObject({
      energyWh: 9950,
      reviewReason: null,
    })
  })

  test('a charger that sends its whole session within seconds is believed: clocks lie more often than meters', () => {
    const quick = [1, 2, 3].map((second) => ({
      at: new Date(startedAt.getTime() + second * 1000),
      energyWh: 1_000_000 + second * 4000,
    }))
    expect(
      energy({
        meterStopWh: 1_012_000,
        samples: quick,
        stoppedAt: new Date(startedAt.getTime() + 4000),
      }),
    ).toEqual({ energyWh: 12_000, source: 'meter', reviewReason: null })
  })

  test.each<[string, number | null, RegExp]>([
    ['missing', null, /no meter reading at the stop/],
    ['−1 (power loss)', -1, /-1 as its last meter reading/],
    ['0', 0, /reported 0 as its last/],
    ['below the start', 999_000, /below the first/],
    ['below an earlier one', 1_004_000, /add up to|below an earlier/],
    ['the start again', 1_000_000, /add up to/],
    ['an int64 leftover', 9.2e18, /is no reading/],
  ])(
    'a stop reading that is %s gives way to the last sample, and needs review',
    (_name, meterStopWh, why) => {
      const found = energy({ meterStopWh, samples: samples(1_002_000, 1_005_000, 1_009_000) })
      expect(found).toMatchObject({ energyWh: 9000, source: 'samples' })
      expect(found.reviewReason).toMatch(why)
    },
  )

  test('a start reading that is a placeholder is not billed as the whole life of the meter', () => {
    const found = energy({ meterStartWh: 0, samples: samples(1_002_000, 1_005_000, 1_010_000) })
    expect(found).toMatchObject({ energyWh: 8000, source: 'samples' })
    expect(found.reviewReason).toMatch(/more than this connector can give/)
    expect(energy({ meterStartWh: -1, samples: samples(1_002_000, 1_010_000) })).toMatchObject({
      energyWh: 8000,
    })
  })

  test('samples that count from the session are the energy where the stop is missing', () => {
    expect(energy({ meterStopWh: null, samples: samples(0, 4000, 8000) })).toMatchObject({
      energyWh: 8000,
      source: 'samples',
    })
  })

  test('a meter that starts again in the session is counted on both sides of the reset', () => {
    const found = energy({ meterStopWh: 2000, samples: samples(1_003_000, 1_006_000, 500, 2000) })
    expect(found).toMatchObject({ energyWh: 7500, source: 'samples' })
    expect(found.reviewReason).toMatch(/below the first/)
  })

  test('a placeholder in the middle is a glitch, not a reset, and needs nobody', () => {
    for (const glitch of [0, 9_000_000])
      expect(energy({ samples: samples(1_003_000, 1_006_000, glitch, 1_009_000) })).toEqual({
        energyWh: 10_000,
        source: 'meter',
        reviewReason: null,
      })
  })

  test('a 0 before the first real reading is a placeholder', () => {
    expect(energy({ samples: samples(0, 1_003_000, 1_009_000) })).toMatchObject({
      energyWh: 10_000,
      reviewReason: null,
    })
  })

  test('a jump that stays needs review', () => {
    const found = energy({
      meterStopWh: 1_110_000,
      samples: samples(1_002_000, 1_004_000, 1_106_000, 1_108_000),
      maxPowerW: 150_000,
    })
    expect(found.reviewReason).toMatch(/jumped/)
    expect(found.energyWh).toBe(6000)
  })

  test('a charger that reports kWh as Wh does not bill a thousandfold, nor a thousandth (QUIRKS 43)', () => {
    const powered = (energyWh: number, index: number): MeterSample => ({
      at: minute(index * 20),
      energyWh,
      powerW: 11_000,
    })
    const thousandfold = energy({
      meterStartWh: 0,
      meterStopWh: 11_000_000,
      samples: [0, 3_600_000, 7_300_000, 11_000_000].map(powered),
    })
    expect(thousandfold).toMatchObject({ energyWh: 11_000 })
    expect(thousandfold.reviewReason).toMatch(/thousandfold/)
    const thousandth = energy({
      meterStartWh: 1000,
      meterStopWh: 1011,
      samples: [1000, 1004, 1007, 1011].map(powered),
    })
    expect(thousandth).toMatchObject({ energyWh: 11_000 })
    expect(thousandth.reviewReason).toMatch(/thousandfold/)
  })

  test('phases alone are summed; power alone is integrated; both say so', () => {
    const phases = [0, 4000, 8000].map((phasesWh, index) => ({
      at: minute(index * 10),
      energyWh: null,
      phasesWh,
    }))
    expect(energy({ meterStartWh: 0, meterStopWh: null, samples: phases })).toMatchObject({
      energyWh: 8000,
      source: 'phases',
    })
    const power = [0, 1, 2].map((index) => ({
      at: minute(index * 30),
      energyWh: null,
      powerW: 7000,
    }))
    const estimated = energy({ meterStopWh: null, samples: power })
    expect(estimated).toMatchObject({ energyWh: 7000, source: 'power' })
    expect(estimated.reviewReason).toMatch(/estimated/)
  })

  test('nothing known is null, never zero', () => {
    const found = energy({ meterStartWh: null, meterStopWh: null })
    expect(found).toMatchObject({ energyWh: null, source: null })
    expect(found.reviewReason).toMatch(/Nothing else tells/)
    expect(
      energy({ meterStartWh: null, meterStopWh: null, samples: samples(5000) }).energyWh,
    ).toBeNull()
    expect(energy({ meterStopWh: null }).energyWh).toBeNull()
  })

  test('a zero is believed where the meter was seen, doubted where power flowed or nothing was ever measured', () => {
    expect(energy({ meterStopWh: 1_000_000 })).toMatchObject({ energyWh: 0, reviewReason: null })
    expect(energy({ meterStartWh: 0, meterStopWh: 0 }).reviewReason).toMatch(
      /no reading in between/,
    )
    const power = [0, 1, 2].map((index) => ({
      at: minute(index * 30),
      energyWh: null,
      powerW: 7000,
    }))
    expect(energy({ meterStopWh: 1_000_000, samples: power })).toMatchObject({
      energyWh: 7000,
      source: 'power',
    })
  })

  test('5,000 seeded meters, honest or broken: never negative, never a fraction, never zero or null without a reason', () => {
    let seed = 44
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const broken = () =>
      [null, -1, 0, NaN, 9.2e18, random(2e6), -random(1e6), random(1e4) + 0.5][random(8)] as
        number | null
    for (let round = 0; round < 5_000; round++) {
      const base = random(2) ? 0 : random(1e7)
      let register = base
      const list: MeterSample[] = []
      for (let index = 0; index < random(8); index++) {
        register += random(1500)
        list.push({
          at: minute(index * 7),
          energyWh: random(6) === 0 ? broken() : register,
          powerW: random(3) === 0 ? random(22_000) : null,
        })
      }
      const honest = { meterStartWh: base, meterStopWh: register }
      const input = {
        meterStartWh: random(4) === 0 ? broken() : honest.meterStartWh,
        meterStopWh: random(4) === 0 ? broken() : honest.meterStopWh,
        samples: list,
        startedAt,
        stoppedAt,
      }
      const found = energyOf(input)
      if (found.energyWh === null) expect(found.reviewReason).not.toBeNull()
      else {
        expect(Number.isSafeInteger(found.energyWh)).toBe(true)
        expect(found.energyWh).toBeGreaterThanOrEqual(0)
      }
      if (found.reviewReason === null) {
        expect(found.source).toBe('meter')
        expect(found.energyWh).toBe(
          Math.round(input.meterStopWh!) - Math.round(input.meterStartWh!),
        )
      } else expect(found.reviewReason).toMatch(/^[A-Z].*\.$/)
      const points = pricePoints({
        startedAt,
        stoppedAt,
        meterStartWh: input.meterStartWh,
        energyWh: found.energyWh ?? 0,
        samples: list,
      })
      expect(points[0]).toEqual({ at: startedAt, energyWh: 0 })
      expect(points.at(-1)).toEqual({ at: stoppedAt, energyWh: found.energyWh ?? 0 })
      for (let index = 1; index < points.length; index++) {
        expect(points[index]!.energyWh).toBeGreaterThanOrEqual(points[index - 1]!.energyWh)
        expect(points[index]!.at.getTime()).toBeGreaterThanOrEqual(points[index - 1]!.at.getTime())
      }
    }
  })
})

describe('the end of a session', () => {
  const now = new Date('2026-06-01T13:00:05Z')
  const base = { meterStartWh: 0, meterStopWh: 5000, samples: samples(1000, 3000), startedAt, now }

  test('with a meter in order it has ended, and how long it took is known', () => {
    expect(concludeSession({ ...base, stoppedAt })).toMatchObject({
      status: 'ended',
      durationSeconds: 3600,
      energyWh: 5000,
      reviewReason: null,
    })
  })

  test('a stop before the start counts as the start, and needs review (QUIRKS 21)', () => {
    const end = concludeSession({ ...base, stoppedAt: minute(-10) })
    expect(end).toMatchObject({
      status: 'needs-review',
      stoppedAt: startedAt,
      durationSeconds: 0,
      energyWh: 5000,
    })
    expect(end.reviewReason).toMatch(/stop time before the start/)
  })

  test('a stop in the future counts as now', () => {
    expect(concludeSession({ ...base, stoppedAt: minute(120) }).stoppedAt).toEqual(now)
  })

  test('a session that has ended never charges again', () => {
    expect(legalSessionSteps.ended).not.toContain('charging')
    expect(legalSessionSteps['needs-review']).not.toContain('charging')
  })
})

describe('what the pricing function is given', () => {
  test('the energy of the receipt, laid along the samples', () => {
    expect(
      pricePoints({
        startedAt,
        stoppedAt,
        meterStartWh: 1_000_000,
        energyWh: 10_000,
        samples: samples(1_002_000, 1_005_000),
      }),
    ).toEqual([
      { at: startedAt, energyWh: 0 },
      { at: minute(5), energyWh: 2000 },
      { at: minute(10), energyWh: 5000 },
      { at: stoppedAt, energyWh: 10_000 },
    ])
  })

  test('while it runs it ends at the last sample', () => {
    const points = pricePoints({
      startedAt,
      stoppedAt: null,
      meterStartWh: 0,
      energyWh: 5000,
      samples: samples(2000, 5000),
    })
    expect(points.at(-1)).toEqual({ at: minute(10), energyWh: 5000 })
    expect(
      pricePoints({ startedAt, stoppedAt: null, meterStartWh: 0, energyWh: 0, samples: [] }),
    ).toEqual([
      { at: startedAt, energyWh: 0 },
      { at: startedAt, energyWh: 0 },
    ])
  })
})
