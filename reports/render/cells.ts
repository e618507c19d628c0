import { currencyDigits } from '@/domain/money'
import type { Cell, Column, Row } from '../report'

/** `kwhText`: whole Wh as kWh with three decimals, exactly. */
export function kwhText(wh: number): string {
  const size = Math.abs(wh)
  const rest = size % 1000
  return `${wh < 0 ? '-' : ''}${(size - rest) / 1000}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`
}

/** `minorText`: minor units as the major one, with the currency's decimals and no sign of it. */
export function minorText(minor: number, currency: string | null): string {
  const digits = currencyDigits(currency ?? '')
  if (digits === 0) return String(minor)
  const size = String(Math.abs(minor)).padStart(digits + 1, '0')
  return `${minor < 0 ? '-' : ''}${size.slice(0, -digits)}.${size.slice(-digits)}`
}

/** `clockText`: seconds as hours, minutes and seconds: `1:05:09`, and `26:00:00` for more than a day. */
export function clockText(seconds: number): string {
  const size = Math.round(Math.abs(seconds))
  const minutes = Math.floor(size / 60) % 60
  const rest = size % 60
  return `${seconds < 0 ? '-' : ''}${Math.floor(size / 3600)}:${minutes < 10 ? '0' : ''}${minutes}:${rest < 10 ? '0' : ''}${rest}`
}

/** `percentText`: hundredths of a percent as percent with two decimals. */
export const percentText = (hundredths: number): string => (hundredths / 100).toFixed(2)

/** Where a row names its currency; -1 where the report has no money. */
export const currencyIndex = (columns: readonly Column[]): number =>
  columns.findIndex(({ key }) => key === 'currency')

export function currencyOf(row: Row, index: number): string | null {
  const cell: Cell | undefined = index < 0 ? null : row[index]
  return typeof cell === 'string' ? cell : null
}

/** `sumRows`: a check that costs little: what was written adds up to what SQL said, or the file is not true. */
export class RunningSums {
  rows = 0
  readonly #indexes: readonly { key: string; index: number; isMoney: boolean }[]
  readonly #currency: number
  readonly sums = new Map<string, number>()

  constructor(columns: readonly Column[]) {
    this.#currency = currencyIndex(columns)
    this.#indexes = columns.flatMap(({ key, format, isSummed }, index) =>
      isSummed ? [{ key, index, isMoney: format === 'money' }] : [],
    )
  }

  add(row: Row): void {
    this.rows += 1
    for (const { key, index, isMoney } of this.#indexes) {
      const value = row[index]
      if (typeof value !== 'number') continue
      const name = isMoney ? `${key} ${currencyOf(row, this.#currency) ?? ''}` : key
      this.sums.set(name, (this.sums.get(name) ?? 0) + value)
    }
  }
}
