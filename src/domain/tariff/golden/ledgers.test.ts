import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { formatRate } from '../../money'
import { fromFields } from '../fromFields'
import { lineAmountMinor, priceSession, type Price } from '../price'
import { tariffOf } from '../resolve'
import { goldenCases, type GoldenCase } from './cases'

/**
 * Every ledger of the cases, as text, against the file beside this one: a change of a price, a line or a rounding is
 * seen in review as what it does to bills. `GOLDEN=write` writes the file anew; totals in the cases are by hand.
 */
const file = fileURLToPath(new URL('ledgers.golden.txt', import.meta.url))

function price(one: GoldenCase): Price {
  const start = Date.parse(one.start ?? '2026-01-14T12:00Z')
  const stop = start + (one.minutes ?? 45) * 60_000 + (one.seconds ?? 0) * 1000
  const readings =
    typeof one.wh === 'number'
      ? [
          { at: new Date(start), energyWh: 0 },
          { at: new Date(stop), energyWh: one.wh },
        ]
      : one.wh.map(([minute, energyWh]) => ({ at: new Date(start + minute * 60_000), energyWh }))
  const tariff =
    one.fields &&
    fromFields({ currency: 'GBP', taxBasisPoints: 2000, taxIncluded: true, ...one.fields })
  return priceSession({
    samples: readings,
    startedAt: new Date(start),
    stoppedAt: one.isRunning ? null : new Date(stop),
    now: new Date(stop),
    tariff: tariffOf({ tariff, priceSource: tariff ? 'site' : null, ...one.terms }),
    timezone: one.zone === undefined ? 'Europe/London' : one.zone,
  })
}

function told(one: GoldenCase): string {
  const found = price(one)
  const at = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')
  const lines = found.lines.map(
    (line) =>
      `  ${line.kind} ${line.quantity} ${line.unit} × ${formatRate(line.rateMicros, found.currency)}` +
      ` = ${line.amountMinor} + ${line.taxMinor} tax, ${at(line.from)} – ${at(line.until)} (${line.element})`,
  )
  const end = found.totalMinor === null ? 'not known' : `${found.totalMinor} ${found.currency}`
  const review = found.needsReview ? [`  ! ${found.needsReview}`] : []
  return [one.name, ...lines, `  total ${end}`, ...review].join('\n')
}

test('there are more than sixty cases, each with a name of its own', () => {
  expect(new Set(goldenCases.map(({ name }) => name)).size).toBe(goldenCases.length)
  expect(goldenCases.length).toBeGreaterThan(60)
})

test.each(goldenCases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  expect(price(one).totalMinor).toBe(one.total)
})

test('the lines of every case add up, and each can be reckoned again from itself', () => {
  for (const one of goldenCases) {
    const { lines, netMinor, taxMinor, totalMinor, currency } = price(one)
    if (totalMinor === null) continue
    expect(lines.reduce((sum, line) => sum + line.amountMinor + line.taxMinor, 0)).toBe(totalMinor)
    expect(netMinor! + taxMinor!).toBe(totalMinor)
    for (const line of lines) {
      const amount = lineAmountMinor(line.kind, line.quantity, line.rateMicros, currency)
      expect(line.taxIncluded ? line.amountMinor + line.taxMinor : line.amountMinor).toBe(amount)
    }
  }
})

test('the ledgers are those of the golden file', () => {
  const text = `${goldenCases.map(told).join('\n\n')}\n`
  if (process.env.GOLDEN === 'write') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
})
