/**
 * Money is an integer of the currency's minor unit (pence, cents) beside its ISO 4217 code; rates are integers in
 * millionths of the major unit (£0.45 is 450,000). Nothing here is ever a fraction.
 */
const digitsOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
}

/** `currencyDigits`: digits of the minor unit (ISO 4217); two unless the table says otherwise. */
export function currencyDigits(code: string): number {
  return Object.hasOwn(digitsOf, code) ? digitsOf[code]! : 2
}

/** `isCurrency`: three capital letters; which of them exist is ISO's business, not a list to keep here. */
export function isCurrency(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code)
}

/**
 * `roundHalfUp`: `multiplicand × multiplier ÷ divisor` to the nearest integer, halves away from zero. The one rounding
 * rule of the house: away from zero on both sides, so that a correction takes back exactly what it corrects. Integers
 * in, integer out, exact at any size (BigInt where a double would lose a digit).
 */
export function roundHalfUp(multiplicand: number, multiplier: number, divisor: number): number {
  const product = multiplicand * multiplier
  if (Math.abs(product) <= 4e15) {
    const rest = product % divisor
    const whole = (product - rest) / divisor
    const twice = Math.abs(rest) * 2
    const rounded = twice >= divisor ? whole + (product < 0 ? -1 : 1) : whole
    return rounded === 0 ? 0 : rounded
  }
  const exact = BigInt(multiplicand) * BigInt(multiplier)
  const size = exact < 0n ? -exact : exact
  const rounded = (size * 2n + BigInt(divisor)) / (BigInt(divisor) * 2n)
  return Number(exact < 0n ? -rounded : rounded)
}

/** 10^(digits): minor units in a major one. */
export function minorPerMajor(currency: string): number {
  return 10 ** currencyDigits(currency)
}

/** `microsOfMinor`: a minor amount as millionths of the major unit; exact. */
export function microsOfMinor(minor: number, currency: string): number {
  return minor * (1_000_000 / minorPerMajor(currency))
}

export type TaxSplit = { netMinor: number; taxMinor: number }

/**
 * `splitTax`: tax of one line, after its amount was rounded. `amountMinor` is with tax where `isIncluded`, else without;
 * net + tax is what is paid, in both cases.
 */
export function splitTax(
  amountMinor: number,
  taxBasisPoints: number,
  isIncluded: boolean,
): TaxSplit {
  if (isIncluded) {
    const taxMinor = roundHalfUp(amountMinor, taxBasisPoints, 10_000 + taxBasisPoints)
    return { netMinor: amountMinor - taxMinor, taxMinor }
  }
  return { netMinor: amountMinor, taxMinor: roundHalfUp(amountMinor, taxBasisPoints, 10_000) }
}

const formatters = new Map<string, Intl.NumberFormat>()

/** `formatMinor`: money as people write it (`£12.34`). A code that is no currency is written behind the number. */
export function formatMinor(minor: number, currency: string, locale = 'en-GB'): string {
  const digits = currencyDigits(currency)
  const major = minor / 10 ** digits
  if (!isCurrency(currency)) return `${major.toFixed(digits)} ${currency}`.trim()
  const key = `${locale} ${currency}`
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formatters.set(key, formatter)
  }
  return formatter.format(major)
}

/** `formatRate`: a rate as people read it, with as many digits as it has (`£0.4525`), at least the currency's. */
export function formatRate(rateMicros: number, currency: string, locale = 'en-GB'): string {
  const digits = currencyDigits(currency)
  const options = { minimumFractionDigits: digits, maximumFractionDigits: 6 }
  if (!isCurrency(currency))
    return `${(rateMicros / 1_000_000).toLocaleString(locale, options)} ${currency}`.trim()
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...options }).format(
    rateMicros / 1_000_000,
  )
}
