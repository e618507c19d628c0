import type { Writable } from 'node:stream'

import { formatMinor } from '@/domain/money'
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
import { clockText, currencyIndex, currencyOf, percentText, RunningSums } from './cells'
import { checkTotals } from './checkTotals'
import { Out } from './out'
import { renderPdf } from './pdf'
import type { TableProps } from './tableDocument'

/** A table of more pages is read by nobody and laid out for minutes: the rest is in the other formats, and said to be. */
export const paperRowsMost = 2_000

/**
 * `writeTablePdf`: the report on A4 across: heading, period, totals first, then the rows, with the heading on each page and
 * the pages counted. Columns that have no room on paper are left out. At most `paperRowsMost` rows are listed; the totals
 * are those of all, as in every other format. Laid out by the process that draws, which a table of many pages keeps busy for
 * seconds. `to` stays open. Rejects where all rows do not add up to the totals.
 */
export async function writeTablePdf(
  report: Report,
  letterhead: Letterhead | null,
  to: Writable,
  onProgress: OnProgress = () => {},
): Promise<Written> {
  const out = new Out(to)
  const shown = report.columns.flatMap((column, index) =>
    column.isMinor || column.key === 'currency' ? [] : [{ column, index }],
  )
  const currency = currencyIndex(report.columns)
  const sums = new RunningSums(report.columns)
  const lines: string[][] = []
  for await (const rows of report.rows()) {
    for (const row of rows) {
      sums.add(row)
      if (lines.length < paperRowsMost) lines.push(lineOf(row, shown, currencyOf(row, currency)))
    }
    onProgress(sums.rows)
  }
  const totals = await report.totals()
  checkTotals(report.columns, sums, totals)
  const props = propsOf({ report, letterhead, shown, lines, totals, rows: sums.rows })
  await out.write(await renderPdf({ document: 'table', props }))
  return { rows: sums.rows, sha256: out.sha256(), bytes: out.bytes }
}

type Shown = { column: Column; index: number }[]

const isText = ({ format }: Column) => format === 'text' || format === 'day' || format === 'instant'

function lineOf(row: Row, shown: Shown, currency: string | null): string[] {
  return shown.map(({ column, index }) => {
    const value = row[index]
    return value === null || value === undefined ? '–' : sayCell(column.format, value, currency)
  })
}

function sayCell(
  format: Column['format'],
  value: string | number,
  currency: string | null,
): string {
  switch (format) {
    case 'energy':
      return (Number(value) / 1000).toLocaleString('en-GB', {
        minimumFractionDigits: 3,
        maximumFractionDigits: 3,
      })
    case 'money':
      return formatMinor(Number(value), currency ?? '')
    case 'seconds':
      // 29,722:33:56: the hours of a network are read as other large numbers are
      return clockText(Number(value)).replace(/^-?\d+/, (hours) =>
        Number(hours).toLocaleString('en-GB'),
      )
    case 'percent':
      return percentText(Number(value))
    case 'integer':
      return Number(value).toLocaleString('en-GB')
    case 'instant':
      return String(value).slice(0, 16)
    case 'day':
    case 'text':
      return String(value)
  }
}

function propsOf(given: {
  report: Report
  letterhead: Letterhead | null
  shown: Shown
  lines: string[][]
  totals: Totals
  rows: number
}): TableProps {
  const { report, letterhead, shown, lines, totals, rows } = given
  const isPart = rows > lines.length
  const count = (number: number) => number.toLocaleString('en-GB')
  return {
    letterhead: letterhead ?? { name: 'CITA EV' },
    title: report.title,
    period: report.period.words,
    subtitle: report.subtitle,
    figures: figuresOf(report, totals),
    notes: [
      ...totals.notes,
      ...(isPart
        ? [
            `The first ${count(lines.length)} of ${count(rows)} rows are listed. The totals are those of all rows; CSV and Excel files hold them all.`,
          ]
        : []),
    ],
    columns: shown.map(({ column }) => ({
      title: column.title,
      width: column.width,
      isText: isText(column),
    })),
    lines,
  }
}

/** What the eye meets first: how many, and each sum with its unit. */
function figuresOf(report: Report, totals: Totals): TableProps['figures'] {
  const label = report.kind === 'chargingSessions' ? 'Sessions' : 'Rows'
  const figures = [{ label, value: totals.rows.toLocaleString('en-GB') }]
  for (const { key, title, format, isMinor, ...column } of report.columns) {
    if (!isTotalled(column) || isMinor) continue
    if (format === 'money') {
      for (const { currency, sums } of totals.money)
        figures.push({ label: title, value: formatMinor(sums[key] ?? 0, currency) })
    } else if (totals.sums[key] !== undefined)
      figures.push({ label: title, value: sayCell(format, totals.sums[key], null) })
  }
  return figures
}
