import { fromFields } from './fromFields'
import { lineAmountMinor, priceSession, type Price, type PriceInput } from './price'
import type { PriceComponent, Restrictions, Tariff, TariffElement } from './types'

const at = (text: string) => new Date(text)
const element = (components: PriceComponent[], restrictions: Restrictions = {}): TariffElement => ({
  components,
  restrictions,
})
const energy = (rateMicros: number, more: Partial<PriceComponent> = {}): PriceComponent => ({
  type: 'energy',
  rateMicros,
  ...more,
})
const tariffOf = (elements: TariffElement[], more: Partial<Tariff> = {}): Tariff => ({
  currency: 'GBP',
  timezone: 'Europe/London',
  elements,
  taxBasisPoints: 0,
  taxIncluded: true,
  ...more,
})

/** A session that takes energy evenly from start to stop. */
const even = (
  startedAt: string,
  stoppedAt: string,
  energyWh: number,
  tariff: Tariff | null,
  more: Partial<PriceInput> = {},
): Price =>
  priceSession({
    samples: [
      { at: at(startedAt), energyWh: 1_000_000 },
      { at: at(stoppedAt), energyWh: 1_000_000 + energyWh },
    ],
    startedAt: at(startedAt),
    stoppedAt: at(stoppedAt),
    tariff,
    now: at('2030-01-01T00:00:00Z'),
    ...more,
  })
const brief = (price: Price) =>
  price.lines.map(({ kind, quantity, amountMinor, taxMinor }) => [
    kind,
    quantity,
    amountMinor,
    taxMinor,
  ])

describe('the simple tariffs of the form', () => {
  const fields = {
    currency: 'GBP',
    energyRateMicros: 450_000,
    taxBasisPoints: 2000,
    taxIncluded: true,
  }

  test('20 kWh at £0.45 with tax are £9.00, of which £1.50 is tax', () => {
    const price = even('2026-06-01T12:00:00Z', '2026-06-01T12:45:00Z', 20_000, fromFields(fields))
    expect(price).toMatchObject({
      netMinor: 750,
      taxMinor: 150,
      totalMinor: 900,
      currency: 'GBP',
      needsReview: null,
    })
    expect(price.lines).toEqual([
      {
        kind: 'energy',
        quantity: 20_000,
        unit: 'Wh',
        rateMicros: 450_000,
        amountMinor: 750,
        taxMinor: 150,
        from: at('2026-06-01T12:00:00Z'),
        until: at('2026-06-01T12:45:00Z'),
        taxBasisPoints: 2000,
        taxIncluded: true,
        element: 0,
      },
    ])
  })

  test('the same without tax in it are £9.00 and £1.80', () => {
    const price = even(
      '2026-06-01T12:00:00Z',
      '2026-06-01T12:45:00Z',
      20_000,
      fromFields({ ...fields, taxIncluded: false }),
    )
    expect(price).toMatchObject({ netMinor: 900, taxMinor: 180, totalMinor: 1080 })
  })

  test('per minute and per session add up, each a line', () => {
    const tariff = fromFields({ currency: 'GBP', timeRateMicros: 50_000, sessionFeeMinor: 150 })
    const price = even('2026-06-01T12:00:00Z', '2026-06-01T12:45:30Z', 20_000, tariff)
    expect(brief(price)).toEqual([
      ['flat', 1, 150, 0],
      ['time', 2730, 228, 0],
    ])
    expect(price.totalMinor).toBe(378)
  })

  test('an empty form is no free tariff; a zero that was written is one', () => {
    expect(
      even('2026-06-01T12:00:00Z', '2026-06-01T13:00:00Z', 5000, fromFields({ currency: 'GBP' })),
    ).toMatchObject({
      totalMinor: null,
      needsReview: 'The tariff has no price in it.',
    })
    for (const free of [{ energyRateMicros: 0 }, { sessionFeeMinor: 0 }])
      expect(
        even(
          '2026-06-01T12:00:00Z',
          '2026-06-01T13:00:00Z',
          5000,
          fromFields({ currency: 'GBP', ...free }),
        ),
      ).toMatchObject({
        totalMinor: 0,
        needsReview: null,
      })
  })

  test('yen have no minor unit, dinars three digits', () => {
    const yen = even(
      '2026-06-01T12:00:00Z',
      '2026-06-01T13:00:00Z',
      12_345,
      fromFields({ currency: 'JPY', energyRateMicros: 55_000_000 }),
    )
    expect(yen.totalMinor).toBe(679)
    const dinar = even(
      '2026-06-01T12:00:00Z',
      '2026-06-01T13:00:00Z',
      12_345,
      fromFields({ currency: 'KWD', energyRateMicros: 55_000 }),
    )
    expect(dinar.totalMinor).toBe(679)
  })

  test('idle time costs once its grace is over, and is not charging time', () => {
    const tariff = fromFields({
      currency: 'GBP',
      energyRateMicros: 400_000,
      timeRateMicros: 10_000,
      idleRateMicros: 200_000,
      idleGraceMinutes: 15,
    })
    const price = priceSession({
      samples: [
        { at: at('2026-06-01T12:00:00Z'), energyWh: 0 },
        { at: at('2026-06-01T13:00:00Z'), energyWh: 10_000 },
        { at: at('2026-06-01T13:30:00Z'), energyWh: 10_001 },
        { at: at('2026-06-01T14:00:00Z'), energyWh: 10_001 },
      ],
      startedAt: at('2026-06-01T12:00:00Z'),
      stoppedAt: at('2026-06-01T14:00:00Z'),
      tariff,
      now: at('2026-06-01T14:00:00Z'),
    })
    expect(brief(price)).toEqual([
      ['energy', 10_001, 400, 0],
      ['time', 3600, 60, 0],
      ['parking', 2700, 900, 0],
    ])
    expect(price.lines[2]).toMatchObject({
      from: at('2026-06-01T13:15:00Z'),
      until: at('2026-06-01T14:00:00Z'),
    })
  })
})

describe('a price that changes with the clock', () => {
  const day = element([energy(400_000)], { startTime: '07:00', endTime: '23:00' })
  const night = element([energy(100_000)], { startTime: '23:00', endTime: '07:00' })
  const dayNight = tariffOf([day, night])

  test('an hour over the boundary is two lines, each with its half', () => {
    const price = even('2026-06-01T21:30:00Z', '2026-06-01T22:30:00Z', 10_000, dayNight)
    expect(brief(price)).toEqual([
      ['energy', 5000, 200, 0],
      ['energy', 5000, 50, 0],
    ])
    expect(price.lines[0]!.until).toEqual(at('2026-06-01T22:00:00Z'))
    expect(price.lines[1]!.from).toEqual(at('2026-06-01T22:00:00Z'))
  })

  test('in winter the same clock stands at another instant', () => {
    const price = even('2026-01-01T22:30:00Z', '2026-01-01T23:30:00Z', 10_000, dayNight)
    expect(price.lines[0]!.until).toEqual(at('2026-01-01T23:00:00Z'))
  })

  test('the night of the spring change has an hour less', () => {
    const small = tariffOf([
      element([energy(100_000)], { startTime: '00:00', endTime: '03:00' }),
      element([energy(400_000)]),
    ])
    // 2026-03-29: London goes from 00:59:59Z (00:59:59) to 01:00:00Z (02:00:00); 03:00 is 02:00Z.
    const price = even('2026-03-29T00:00:00Z', '2026-03-29T04:00:00Z', 4000, small)
    expect(brief(price)).toEqual([
      ['energy', 2000, 20, 0],
      ['energy', 2000, 80, 0],
    ])
  })

  test('a time that the spring change skips begins at the change', () => {
    const skipped = tariffOf([
      element([energy(100_000)], { startTime: '01:30', endTime: '05:00' }),
      element([energy(400_000)]),
    ])
    const price = even('2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z', 2000, skipped)
    expect(brief(price)).toEqual([
      ['energy', 1000, 40, 0],
      ['energy', 1000, 10, 0],
    ])
  })

  test('the hour that the autumn change repeats is cheap both times', () => {
    // 2026-10-25: 01:00–02:00 on the clock comes twice: 00:00Z–01:00Z and 01:00Z–02:00Z.
    const hour = tariffOf([
      element([energy(100_000)], { startTime: '01:00', endTime: '02:00' }),
      element([energy(400_000)]),
    ])
    const price = even('2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z', 4000, hour)
    expect(brief(price)).toEqual([
      ['energy', 1000, 40, 0],
      ['energy', 2000, 20, 0],
      ['energy', 1000, 40, 0],
    ])
  })

  test('a half hour inside the repeated one is cheap twice, and dear between', () => {
    const half = tariffOf([
      element([energy(100_000)], { startTime: '01:00', endTime: '01:30' }),
      element([energy(400_000)]),
    ])
    const price = even('2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z', 4000, half)
    expect(price.lines.map(({ quantity, rateMicros }) => [quantity, rateMicros])).toEqual([
      [1000, 100_000],
      [1000, 400_000],
      [1000, 100_000],
      [1000, 400_000],
    ])
  })

  test('a weekend ends at midnight on the site, not in Greenwich', () => {
    const weekend = tariffOf(
      [element([energy(100_000)], { days: [6, 7] }), element([energy(400_000)])],
      {
        timezone: 'America/New_York',
      },
    )
    // Sunday 2026-06-07 ends in New York at 04:00Z on Monday.
    const price = even('2026-06-08T03:00:00Z', '2026-06-08T05:00:00Z', 2000, weekend)
    expect(price.lines.map(({ rateMicros, until }) => [rateMicros, until])).toEqual([
      [100_000, at('2026-06-08T04:00:00Z')],
      [400_000, at('2026-06-08T05:00:00Z')],
    ])
  })

  test('the small hours of Friday night are Friday night', () => {
    const party = tariffOf(
      [
        element([energy(900_000)], { days: [5], startTime: '22:00', endTime: '04:00' }),
        element([energy(400_000)]),
      ],
      {
        timezone: 'UTC',
      },
    )
    const price = even('2026-06-06T02:00:00Z', '2026-06-06T06:00:00Z', 4000, party)
    expect(price.lines.map(({ quantity, rateMicros }) => [quantity, rateMicros])).toEqual([
      [2000, 900_000],
      [2000, 400_000],
    ])
  })

  test('dates begin at midnight on the site and exclude their end', () => {
    const june = tariffOf([
      element([energy(100_000)], { startDate: '2026-06-01', endDate: '2026-06-02' }),
      element([energy(400_000)]),
    ])
    const price = even('2026-05-31T22:00:00Z', '2026-06-02T00:00:00Z', 26_000, june)
    expect(price.lines.map(({ quantity, rateMicros }) => [quantity, rateMicros])).toEqual([
      [1000, 400_000],
      [24_000, 100_000],
      [1000, 400_000],
    ])
  })

  test('half-hour zones are no exception', () => {
    const india = tariffOf([day, night], { timezone: 'Asia/Kolkata' })
    expect(
      even('2026-06-01T17:00:00Z', '2026-06-01T18:00:00Z', 2000, india).lines[0]!.until,
    ).toEqual(at('2026-06-01T17:30:00Z'))
  })

  test('without a zone, or with one that does not exist, nothing is guessed', () => {
    for (const timezone of [null, undefined, '', 'Mars/Olympus']) {
      const price = even(
        '2026-06-01T21:30:00Z',
        '2026-06-01T22:30:00Z',
        10_000,
        tariffOf([day, night], { timezone }),
      )
      expect(price).toMatchObject({ totalMinor: null, lines: [] })
      expect(price.needsReview).toMatch(/time zone/)
    }
    const sited = even(
      '2026-06-01T21:30:00Z',
      '2026-06-01T22:30:00Z',
      10_000,
      tariffOf([day, night], { timezone: null }),
      {
        timezone: 'Europe/London',
      },
    )
    expect(sited.totalMinor).toBe(250)
  })

  test('an hour without any price needs review, and is not free', () => {
    const price = even('2026-06-01T21:30:00Z', '2026-06-01T22:30:00Z', 10_000, tariffOf([day]))
    expect(price).toMatchObject({
      totalMinor: null,
      needsReview: 'The tariff has no price for the time from 2026-06-01T22:00:00.000Z.',
    })
    const withFee = tariffOf([day, element([{ type: 'flat', rateMicros: 1_000_000 }])])
    expect(
      even('2026-06-01T21:30:00Z', '2026-06-01T22:30:00Z', 10_000, withFee).totalMinor,
    ).toBeNull()
  })
})

describe('a price that changes with the session', () => {
  test('the first 10 kWh at one price, the rest at another, to the Wh', () => {
    const tariff = tariffOf([
      element([energy(200_000)], { maxWh: 10_000 }),
      element([energy(500_000)]),
    ])
    const price = even('2026-06-01T12:00:00Z', '2026-06-01T13:00:00Z', 12_500, tariff)
    expect(brief(price)).toEqual([
      ['energy', 10_000, 200, 0],
      ['energy', 2500, 125, 0],
    ])
    expect(price.lines[0]!.until).toEqual(at('2026-06-01T12:48:00Z'))
  })

  test('the first hour free, then by the minute', () => {
    const time = (rateMicros: number): PriceComponent => ({ type: 'time', rateMicros })
    const tariff = tariffOf([
      element([time(0)], { maxDurationSeconds: 3600 }),
      element([time(100_000)]),
    ])
    const price = even('2026-06-01T12:00:00Z', '2026-06-01T13:30:00Z', 1000, tariff)
    expect(brief(price)).toEqual([
      ['time', 3600, 0, 0],
      ['time', 1800, 300, 0],
    ])
  })

  test('steps are billed whole, once, at the last price', () => {
    const tariff = tariffOf([
      element([energy(200_000, { stepSize: 1000 })], { maxWh: 1500 }),
      element([energy(400_000, { stepSize: 1000 })]),
    ])
    expect(brief(even('2026-06-01T12:00:00Z', '2026-06-01T13:00:00Z', 2100, tariff))).toEqual([
      ['energy', 1500, 30, 0],
      ['energy', 1500, 60, 0],
    ])
  })

  test('a session fee is charged once, of the element that holds at the start', () => {
    const flat = (rateMicros: number): PriceComponent => ({ type: 'flat', rateMicros })
    const tariff = tariffOf([
      element([flat(1_000_000), energy(0)], { startTime: '07:00', endTime: '23:00' }),
      element([flat(5_000_000), energy(0)]),
    ])
    expect(even('2026-06-01T21:30:00Z', '2026-06-01T22:30:00Z', 1000, tariff).totalMinor).toBe(100)
    expect(even('2026-06-01T22:30:00Z', '2026-06-01T23:30:00Z', 1000, tariff).totalMinor).toBe(500)
  })

  test('a minimum and a maximum are lines of their own, with their tax', () => {
    const capped = tariffOf([element([energy(400_000)])], {
      minMinor: 300,
      maxMinor: 600,
      taxBasisPoints: 2000,
    })
    const [start, stop] = ['2026-06-01T12:00:00Z', '2026-06-01T13:00:00Z']
    expect(even(start, stop, 5000, capped)).toMatchObject({
      totalMinor: 300,
      netMinor: 250,
      taxMinor: 50,
    })
    expect(even(start, stop, 10_000, capped).totalMinor).toBe(400)
    expect(even(start, stop, 50_000, capped)).toMatchObject({
      totalMinor: 600,
      netMinor: 500,
      taxMinor: 100,
    })
    expect(even(start, stop, 0, capped).totalMinor).toBe(0)
    expect(even(start, stop, 50_000, capped).lines.at(-1)).toMatchObject({
      kind: 'maximum',
      amountMinor: -1167,
      taxMinor: -233,
    })
  })
})

describe('what cannot be priced', () => {
  const tariff = fromFields({ currency: 'GBP', energyRateMicros: 450_000 })
  const [startedAt, stoppedAt] = [at('2026-06-01T12:00:00Z'), at('2026-06-01T13:00:00Z')]
  const priced = (over: Partial<PriceInput>) =>
    priceSession({ samples: [], startedAt, stoppedAt, tariff, now: stoppedAt, ...over })

  test.each<[string, Partial<PriceInput>, RegExp]>([
    ['no tariff', { tariff: null }, /No price was set/],
    ['no reading at all', {}, /meter was not read/],
    ['one reading', { samples: [{ at: startedAt, energyWh: 5 }] }, /meter was not read/],
    ['a stop before the start', { stoppedAt: at('2026-06-01T11:00:00Z') }, /before it began/],
    ['a time that is none', { startedAt: new Date(NaN) }, /times of this session/],
    ['a currency that is none', { tariff: { ...tariff, currency: 'pounds' } }, /currency/],
    ['a negative rate', { tariff: tariffOf([element([energy(-1)])]) }, /energy price/],
    ['a fractional rate', { tariff: tariffOf([element([energy(0.5)])]) }, /energy price/],
    [
      'a tax that is none',
      { tariff: tariffOf([element([energy(1)])], { taxBasisPoints: NaN }) },
      /tax rate/,
    ],
    ['25:00', { tariff: tariffOf([element([energy(1)], { startTime: '25:00' })]) }, /time of day/],
    [
      '31 February',
      { tariff: tariffOf([element([energy(1)], { endDate: '2026-02-31' })]) },
      /date/,
    ],
    ['day 8', { tariff: tariffOf([element([energy(1)], { days: [8] })]) }, /day of the week/],
    ['a negative limit', { tariff: tariffOf([element([energy(1)], { minWh: -1 })]) }, /limit/],
    [
      'a minimum above the maximum',
      { tariff: tariffOf([element([energy(1)])], { minMinor: 2, maxMinor: 1 }) },
      /above/,
    ],
  ])('%s has no price, and says why', (_name, over, why) => {
    const price = priced(over)
    expect(price).toMatchObject({ netMinor: null, taxMinor: null, totalMinor: null })
    expect(price.needsReview).toMatch(why)
  })

  test('readings that fall, or come in disorder, are priced without ever paying back, and need review', () => {
    const fallen = priced({
      samples: [
        { at: startedAt, energyWh: 1000 },
        { at: at('2026-06-01T12:30:00Z'), energyWh: 6000 },
        { at: stoppedAt, energyWh: 2000 },
      ],
    })
    expect(fallen).toMatchObject({
      totalMinor: 225,
      needsReview: 'The meter went backwards during this session.',
    })
    const disorder = priced({
      samples: [
        { at: startedAt, energyWh: 0 },
        { at: stoppedAt, energyWh: 900 },
        { at: at('2026-06-01T12:30:00Z'), energyWh: 1000 },
      ],
    })
    expect(disorder.needsReview).toMatch(/order of time/)
    expect(
      priced({
        samples: [
          { at: startedAt, energyWh: 0 },
          { at: stoppedAt, energyWh: NaN },
        ],
      }).needsReview,
    ).toMatch(/cannot be read/)
  })

  test('a time tariff needs no meter', () => {
    expect(
      priced({ tariff: fromFields({ currency: 'GBP', timeRateMicros: 100_000 }) }),
    ).toMatchObject({ totalMinor: 600, needsReview: null })
  })
})

describe('while it runs', () => {
  test('the price is that of now, and never falls', () => {
    const tariff = fromFields({
      currency: 'GBP',
      energyRateMicros: 450_000,
      timeRateMicros: 20_000,
      sessionFeeMinor: 100,
    })
    const startedAt = at('2026-06-01T12:00:00Z')
    const samples = [{ at: startedAt, energyWh: 500 }]
    let last = 0
    for (let minute = 0; minute <= 60; minute++) {
      const now = new Date(startedAt.getTime() + minute * 60_000)
      if (minute > 0) samples.push({ at: now, energyWh: 500 + minute * 120 })
      const { totalMinor, needsReview } = priceSession({
        samples,
        startedAt,
        stoppedAt: null,
        tariff,
        now,
      })
      expect(needsReview).toBeNull()
      expect(totalMinor).toBeGreaterThanOrEqual(last)
      last = totalMinor!
    }
    expect(last).toBe(100 + 324 + 120)
  })

  test('a session that has just begun costs its fee', () => {
    const startedAt = at('2026-06-01T12:00:00Z')
    const tariff = fromFields({ currency: 'GBP', energyRateMicros: 450_000, sessionFeeMinor: 100 })
    expect(
      priceSession({ samples: [], startedAt, stoppedAt: null, tariff, now: startedAt }),
    ).toMatchObject({ totalMinor: 100 })
  })
})

test('3,000 seeded sessions under random tariffs: every total can be recomputed from its lines, no Wh is lost, nothing is a fraction', () => {
  let seed = 20261025
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const clock = () =>
    `${String(random(24)).padStart(2, '0')}:${['00', '15', '30', '45'][random(4)]}`
  for (let round = 0; round < 3000; round++) {
    const restricted = (): TariffElement =>
      element(
        [energy(random(900_000)), { type: 'time', rateMicros: random(90_000) }],
        [
          { startTime: clock(), endTime: clock() },
          { days: [1 + random(7), 1 + random(7)] },
          { minWh: random(9000), maxWh: 9000 + random(9000) },
          { minDurationSeconds: random(9000) },
        ][random(4)],
      )
    const tariff = tariffOf(
      [
        restricted(),
        restricted(),
        element([energy(random(900_000)), { type: 'time', rateMicros: 1 }]),
      ],
      {
        timezone: ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'][
          random(4)
        ],
        taxBasisPoints: random(3000),
        taxIncluded: random(2) === 0,
      },
    )
    const start =
      at(random(2) ? '2026-10-24T20:00:00Z' : '2026-03-28T20:00:00Z').getTime() +
      random(20 * 3600) * 1000
    const samples = [{ at: new Date(start), energyWh: random(1e6) }]
    for (let index = random(30); index >= 0; index--) {
      const { at: before, energyWh } = samples.at(-1)!
      samples.push({
        at: new Date(before.getTime() + random(1_800_000)),
        energyWh: energyWh + random(4000),
      })
    }
    const [first, last] = [samples[0]!, samples.at(-1)!]
    const price = priceSession({
      samples,
      startedAt: first.at,
      stoppedAt: last.at,
      tariff,
      now: last.at,
    })
    expect(price.needsReview).toBeNull()
    const sum = (kind: string, member: 'quantity' | 'amountMinor' | 'taxMinor') =>
      price.lines
        .filter((line) => kind === '' || line.kind === kind)
        .reduce((total, line) => total + line[member], 0)
    expect(sum('energy', 'quantity')).toBe(last.energyWh - first.energyWh)
    expect(sum('time', 'quantity')).toBe(
      Math.round((last.at.getTime() - first.at.getTime()) / 1000),
    )
    expect(sum('', 'amountMinor')).toBe(price.netMinor)
    expect(sum('', 'taxMinor')).toBe(price.taxMinor)
    for (const line of price.lines) {
      const amount = lineAmountMinor(line.kind, line.quantity, line.rateMicros, price.currency)
      expect(line.taxIncluded ? line.amountMinor + line.taxMinor : line.amountMinor).toBe(amount)
      expect([line.quantity, line.amountMinor, line.taxMinor].every(Number.isSafeInteger)).toBe(
        true,
      )
      expect(line.from.getTime()).toBeLessThanOrEqual(line.until.getTime())
    }
  }
})
