import type { Writable } from 'node:stream'

import { csvCell } from '@/domain/csv'
import {
  isTotalled,
  type Column,
  type Letterhead,
  type OnProgress,
  type Report,
  type Row,
  type Totals,
  type Written,
} from '../report'
import {
  clockText,
  currencyIndex,
  currencyOf,
  kwhText,
  minorText,
  percentText,
  RunningSums,
} from './cells'
import { checkTotals } from './checkTotals'
import { Out } from './out'

/**
 * `writeCsv`: UTF-8 with the mark that spreadsheets want, a heading, the rows as they come, and below them the totals of
 * SQL: one line, or one per currency, with the number of rows. Texts are formula-safe, numbers have a dot and no grouping.
 * `to` stays open. Rejects where the rows do not add up to the totals.
 */
export async function writeCsv(
  report: Report,
  _letterhead: Letterhead | null,
  to: Writable,
  onProgress: OnProgress = () => {},
): Promise<Written> {
  const { columns } = report
  const out = new Out(to)
  const sums = new RunningSums(columns)
  const lineOf = lineWriter(columns)
  await out.write(`\ufeff${columns.map(({ title }) => csvCell(title)).join(',')}\r\n`)
  for await (const rows of report.rows()) {
    const lines: string[] = []
    for (const row of rows) {
      sums.add(row)
      lines.push(lineOf(row))
    }
    await out.write(lines.join(''))
    onProgress(sums.rows)
  }
  const totals = await report.totals()
  checkTotals(columns, sums, totals)
  await out.write(totalLines(columns, totals))
  return { rows: sums.rows, sha256: out.sha256(), bytes: out.bytes }
}

function lineWriter(columns: readonly Column[]): (row: Row) => string {
  const currency = currencyIndex(columns)
  const writers = columns.map(({ format }) => cellWriter(format))
  // joined in one go: added up piece by piece, a row of twenty cells leaves forty strings behind for the collector
  const cells = writers.map(() => '')
  return (row) => {
    const own = currencyOf(row, currency)
    for (let index = 0; index < writers.length; index++) {
      const value = row[index]
      cells[index] = value === null || value === undefined ? '' : writers[index]!(value, own)
    }
    return `${cells.join(',')}\r\n`
  }
}

type Writer = (value: string | number, currency: string | null) => string

function cellWriter(format: Column['format']): Writer {
  switch (format) {
    case 'energy':
      return (value) => kwhText(Number(value))
    case 'money':
      return (value, currency) => minorText(Number(value), currency)
    case 'seconds':
      return (value) => clockText(Number(value))
    case 'percent':
      return (value) => percentText(Number(value))
    case 'integer':
    case 'instant':
    case 'day':
      return (value) => String(value)
    case 'text':
      return csvCell
  }
}

/** `Total` and the number of rows, then each sum under its column; a second currency has its own line. */
function totalLines(columns: readonly Column[], totals: Totals): string {
  const monies = totals.money.length > 0 ? totals.money : [{ currency: '', sums: {} }]
  const lines = monies.map(({ currency, sums }, line) =>
    columns
      .map(({ key, format, ...column }, at): string => {
        const isFirst = line === 0
        if (at === 0) return isFirst ? 'Total' : ''
        if (at === 1 && !isTotalled(column)) return isFirst ? `${totals.rows} rows` : ''
        if (key === 'currency') return csvCell(currency)
        if (!isTotalled(column)) return ''
        const sum = format === 'money' ? (sums as Totals['sums'])[key] : totals.sums[key]
        const isWritten = sum !== undefined && (isFirst || format === 'money')
        return isWritten ? cellWriter(format)(sum, currency) : ''
      })
      .join(','),
  )
  // where the second column is a sum, the count stands below
  const count = columns[1] && isTotalled(columns[1]) ? [`${totals.rows} rows`] : []
  return [...lines, ...count, ...totals.notes.map(csvCell)].map((line) => `${line}\r\n`).join('')
}
