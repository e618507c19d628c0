import {
  currencyDigits,
  formatMinor,
  formatRate,
  isCurrency,
  microsOfMinor,
  roundHalfUp,
  splitTax,
} from './money'

describe('rounding', () => {
  test.each([
    [1, 1, 2, 1],
    [-1, 1, 2, -1],
    [3, 1, 2, 2],
    [-3, 1, 2, -2],
    [1, 49, 100, 0],
    [1, 50, 100, 1],
    [1, 51, 100, 1],
    [-1, 49, 100, 0],
    [0, 450_000, 10_000_000, 0],
    [20_000, 450_000, 10_000_000, 900],
  ])('%d × %d ÷ %d is %d', (a, b, divisor, expected) =>
    expect(roundHalfUp(a, b, divisor)).toBe(expected),
  )

  test('never gives minus zero', () => expect(Object.is(roundHalfUp(-1, 1, 100), 0)).toBe(true))

  test('is exact beyond what a double holds', () => {
    expect(roundHalfUp(999_999_999_999, 999_999, 10_000_000)).toBe(99_999_900_000)
    expect(roundHalfUp(9_007_199_254_740_991, 3, 6)).toBe(4_503_599_627_370_496)
  })

  test('agrees with BigInt on 8,000 seeded products, and takes back exactly what it gave', () => {
    let seed = 1
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    for (let round = 0; round < 8_000; round++) {
      const [a, b, divisor] = [
        random(2e9),
        random(5e6),
        [10_000_000, 600_000, 60_000, 10_000, 12_000, 7][random(6)]!,
      ]
      const exact = Number((BigInt(a) * BigInt(b) * 2n + BigInt(divisor)) / (BigInt(divisor) * 2n))
      expect(roundHalfUp(a, b, divisor)).toBe(exact)
      expect(roundHalfUp(-a, b, divisor) + exact).toBe(0)
    }
  })
})

describe('currencies', () => {
  test('have two digits, some none, some three', () => {
    expect(['GBP', 'EUR', 'JPY', 'ISK', 'KWD', 'constructor'].map(currencyDigits)).toEqual([
      2, 2, 0, 0, 3, 2,
    ])
  })

  test.each(['gbp', 'GB', 'POUND', '', null, 5, 'GBP '])('%j is no currency', (code) => {
    expect(isCurrency(code)).toBe(false)
  })

  test('are written as people write them', () => {
    expect(formatMinor(1234, 'GBP')).toBe('£12.34')
    expect(formatMinor(-5, 'GBP')).toBe('-£0.05')
    expect(formatMinor(1234, 'JPY')).toMatch(/1,234$/)
    expect(formatMinor(1234, 'KWD')).toMatch(/1\.234$/)
    expect(formatMinor(1234, '')).toBe('12.34')
    expect(formatMinor(1234, 'points')).toBe('12.34 points')
    expect(formatRate(452_500, 'GBP')).toBe('£0.4525')
    expect(formatRate(450_000, 'GBP')).toBe('£0.45')
  })

  test('a fee in pence is exact in millionths', () => {
    expect(microsOfMinor(150, 'GBP')).toBe(1_500_000)
    expect(microsOfMinor(150, 'JPY')).toBe(150_000_000)
  })
})

describe('tax', () => {
  test('20 % on top of £10.00 is £2.00; inside £12.00 it is £2.00 too', () => {
    expect(splitTax(1000, 2000, false)).toEqual({ netMinor: 1000, taxMinor: 200 })
    expect(splitTax(1200, 2000, true)).toEqual({ netMinor: 1000, taxMinor: 200 })
  })

  test('no tax is none', () => {
    expect(splitTax(999, 0, true)).toEqual({ netMinor: 999, taxMinor: 0 })
    expect(splitTax(999, 0, false)).toEqual({ netMinor: 999, taxMinor: 0 })
  })

  test('what is paid with tax included is never changed by the split', () => {
    for (let amount = -3000; amount <= 3000; amount += 7)
      for (const points of [0, 500, 700, 1900, 2000, 2550]) {
        const { netMinor, taxMinor } = splitTax(amount, points, true)
        expect(netMinor + taxMinor).toBe(amount)
      }
  })
})
