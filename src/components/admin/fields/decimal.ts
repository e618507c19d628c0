/** An integer in the smallest unit as the decimal that people read and type. Pure. */
export function toText(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return ''
  const sign = value < 0 ? '-' : ''
  const padded = String(Math.abs(value)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  // A rate reads as money does: two digits at least, no idle zeros behind them.
  const rest = padded
    .slice(padded.length - digits)
    .replace(/0+$/, '')
    .padEnd(Math.min(2, digits), '0')
  return rest ? `${sign}${whole}.${rest}` : `${sign}${whole}`
}

/** Null for an empty box, undefined for what is no number or has too many digits. */
export function toInteger(text: string, digits: number): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(plain)
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > digits) return undefined
  return Number(`${match[1]}${fraction.padEnd(digits, '0')}`)
}
