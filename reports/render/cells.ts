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

/** A check that costs little: what was written adds up to what SQL said, or the file is not true. */
export class RunningSums {
  rows = 0
  readonly #sums: { key: string; index: number; sum: number }[] = []
  readonly #money: { key: string; index: number }[] = []
  readonly #currency: number
  readonly #byCurrency = new Map<string, number[]>()

  constructor(columns: readonly Column[]) {
    this.#currency = currencyIndex(columns)
    for (const [index, { key, format, isSummed }] of columns.entries())
      if (isSummed && format === 'money') this.#money.push({ key, index })
      else if (isSummed) this.#sums.push({ key, index, sum: 0 })
  }

  add(row: Row): void {
    this.rows += 1
    for (const one of this.#sums) {
      const value = row[one.index]
      if (typeof value === 'number') one.sum += value
    }
    if (this.#money.length === 0) return
    const sums = this.#moneyOf(currencyOf(row, this.#currency) ?? '')
    for (let at = 0; at < this.#money.length; at++) {
      const value = row[this.#money[at]!.index]
      if (typeof value === 'number') sums[at]! += value
    }
  }

  /** Of a column; of money in one currency. */
  sumOf(key: string, currency?: string): number {
    if (currency === undefined) return this.#sums.find((one) => one.key === key)?.sum ?? 0
    const at = this.#money.findIndex((one) => one.key === key)
    return this.#byCurrency.get(currency)?.[at] ?? 0
  }

  #moneyOf(currency: string): number[] {
    const known = this.#byCurrency.get(currency)
    if (known) return known
    const made = this.#money.map(() => 0)
    this.#byCurrency.set(currency, made)
    return made
  }
}
