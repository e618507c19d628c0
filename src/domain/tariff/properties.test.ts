import { fromFields, type ElementFields, type TariffFields } from './fromFields'
import { lineAmountMinor, priceSession } from './price'

/**
 * What must hold for any tariff and any session, tried on 2,000 seeded ones. A failure names its seed.
 */
const seeds = Array.from({ length: 2000 }, (_, index) => index + 1)

function randomOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0
    return (((state ^ (state >>> 13)) >>> 0) / 4_294_967_296) * below
  }
}

function sessionOf(seed: number) {
  const random = randomOf(seed)
  const whole = (below: number) => Math.floor(random(below))
  const maybe = <T>(value: () => T): T | null => (random(2) < 1 ? value() : null)
  const clock = () => `${String(whole(24)).padStart(2, '0')}:${random(2) < 1 ? '00' : '30'}`
  const row = (): ElementFields => ({
    energyRateMicros: whole(900_000),
    timeRateMicros: maybe(() => whole(200_000)),
    startTime: maybe(clock),
    endTime: maybe(clock),
    days: maybe(() => ['sat', 'sun']),
    maxWh: maybe(() => 1 + whole(30_000)),
    minPowerW: maybe(() => whole(60_000)),
    minMinutes: maybe(() => whole(120)),
  })
  const fields: TariffFields = {
    currency: 'GBP',
    energyRateMicros: whole(900_000),
    timeRateMicros: maybe(() => whole(200_000)),
    idleRateMicros: maybe(() => whole(300_000)),
    idleGraceMinutes: maybe(() => whole(30)),
    sessionFeeMinor: maybe(() => 1 + whole(200)),
    taxBasisPoints: whole(2500),
    taxIncluded: random(2) < 1,
    minMinor: maybe(() => whole(300)),
    maxMinor: maybe(() => 300 + whole(3000)),
    energyStepWh: maybe(() => 1 + whole(1000)),
    timeStepSeconds: maybe(() => 1 + whole(900)),
    elements: Array.from({ length: whole(4) }, row),
  }
  const start = Date.UTC(2026, whole(12), 1 + whole(28), whole(24), whole(60))
  let at = start
  let energyWh = 0
  const samples = [{ at: new Date(at), energyWh }]
  for (let left = 1 + whole(30); left > 0; left--) {
    at += 1000 * (1 + whole(1800))
    energyWh += random(4) < 1 ? 0 : whole(20_000)
    samples.push({ at: new Date(at), energyWh })
  }
  return { fields, samples, startedAt: new Date(start), stoppedAt: new Date(at), energyWh }
}

function priceOf(seed: number) {
  const { fields, ...session } = sessionOf(seed)
  const tariff = fromFields(fields)
  const input = { ...session, tariff, now: session.stoppedAt, timezone: 'Europe/London' }
  return { fields, session, tariff, input, price: priceSession(input) }
}

test('the lines add up to the total, and each is its quantity times its rate', () => {
  for (const seed of seeds) {
    const { price } = priceOf(seed)
    const sum = price.lines.reduce((all, line) => all + line.amountMinor + line.taxMinor, 0)
    expect([seed, sum]).toEqual([seed, price.totalMinor])
    for (const line of price.lines) {
      const own = line.taxIncluded ? line.amountMinor + line.taxMinor : line.amountMinor
      const again = lineAmountMinor(line.kind, line.quantity, line.rateMicros, 'GBP')
      expect([seed, own]).toEqual([seed, again])
    }
  }
})

test('a tariff that went through the database prices again to the same lines', () => {
  for (const seed of seeds) {
    const { input, tariff, price } = priceOf(seed)
    const kept = JSON.parse(JSON.stringify(tariff)) as typeof tariff
    expect([seed, priceSession({ ...input, tariff: kept })]).toEqual([seed, price])
  }
})

test('every watt-hour is billed once, before the step', () => {
  for (const seed of seeds) {
    const { fields, session, input } = priceOf(seed)
    const tariff = fromFields({ ...fields, energyStepWh: null })
    const billed = priceSession({ ...input, tariff })
      .lines.filter((line) => line.kind === 'energy')
      .reduce((sum, line) => sum + line.quantity, 0)
    expect([seed, billed]).toEqual([seed, session.energyWh])
  }
})

test('least and most are kept, and nothing is ever paid back', () => {
  for (const seed of seeds) {
    const { fields, session, price } = priceOf(seed)
    expect(price.totalMinor).toBeGreaterThanOrEqual(
      session.energyWh > 0 ? (fields.minMinor ?? 0) : 0,
    )
    expect(price.totalMinor).toBeLessThanOrEqual(fields.maxMinor ?? Infinity)
  }
})

test('the price of one session does not depend on those priced before it', () => {
  const forwards = seeds.map((seed) => priceOf(seed).price.totalMinor)
  const backwards = [...seeds].reverse().map((seed) => priceOf(seed).price.totalMinor)
  expect(backwards.reverse()).toEqual(forwards)
})

test('nor on the order in which a tariff names the prices of one row and its days', () => {
  for (const seed of seeds) {
    const { input, tariff, price } = priceOf(seed)
    const turned = {
      ...tariff,
      elements: tariff.elements.map((element) => ({
        ...element,
        components: [...element.components].reverse(),
        restrictions: element.restrictions && {
          ...element.restrictions,
          ...(element.restrictions.days && { days: [...element.restrictions.days].reverse() }),
        },
      })),
    }
    const again = priceSession({ ...input, tariff: turned })
    expect([seed, again.totalMinor, again.lines.length]).toEqual([
      seed,
      price.totalMinor,
      price.lines.length,
    ])
  }
})
