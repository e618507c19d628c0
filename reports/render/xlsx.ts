import type { Writable } from 'node:stream'

import { currencyDigits } from '@/domain/money'
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
import { currencyIndex, currencyOf, kwhText, minorText, RunningSums } from './cells'
import { checkTotals } from './checkTotals'
import { Out } from './out'
import { sheetHead, styleOf, workbookFiles, xmlText } from './workbook'
import { Zip } from './zip'

/** A sheet holds 1,048,576 rows; the heading and the totals want some of them. */
const rowsPerSheet = 1_000_000
const cellLongest = 32_000

/**
 * `writeXlsx`: the columns of the CSV as a workbook with real numbers, times and durations, written while it is read.
 * Texts are inline strings, never formulas, whatever they begin with. More than a million rows go on in a second sheet;
 * the totals stand at the end of the last one. `to` stays open. Rejects where the rows do not add up to the totals.
 */
export async function writeXlsx(
  report: Report,
  letterhead: Letterhead | null,
  to: Writable,
  onProgress: OnProgress = () => {},
): Promise<Written> {
  const { columns } = report
  const out = new Out(to)
  const zip = new Zip(out)
  const sums = new RunningSums(columns)
  const batches = report.rows()[Symbol.asyncIterator]()
  const sheets: string[] = []
  let left: readonly Row[] = []
  let isOver = false

  async function* sheet(): AsyncGenerator<string> {
    const rowOf = rowWriter(columns)
    yield openSheet(columns)
    let written = 0
    while (!isOver && written < rowsPerSheet) {
      if (left.length === 0) {
        const next = await batches.next()
        if (next.done) {
          isOver = true
          break
        }
        left = next.value
      }
      const part = left.slice(0, rowsPerSheet - written)
      left = left.slice(part.length)
      let xml = ''
      for (const row of part) {
        sums.add(row)
        xml += rowOf(row)
      }
      written += part.length
      yield xml
      onProgress(sums.rows)
    }
    if (left.length === 0 && !isOver && written >= rowsPerSheet) {
      const next = await batches.next()
      if (next.done) isOver = true
      else left = next.value
    }
    if (isOver) {
      const totals = await report.totals()
      checkTotals(columns, sums, totals)
      yield totalRows(report, totals, letterhead)
    }
    yield '</sheetData></worksheet>'
  }

  while (!isOver) {
    sheets.push(sheets.length === 0 ? report.title : `${report.title} (${sheets.length + 1})`)
    await zip.add(`xl/worksheets/sheet${sheets.length}.xml`, sheet())
  }
  for (const [name, text] of workbookFiles(sheets)) await zip.add(name, [text])
  await zip.end()
  return { rows: sums.rows, sha256: out.sha256(), bytes: out.bytes }
}

function openSheet(columns: readonly Column[]): string {
  const widths = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.max(8, width + 2)}" customWidth="1"/>`,
  )
  const titles = columns.map(({ title }) => textCell(title, styleOf.head))
  return (
    `${sheetHead}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row>${titles.join('')}</row>`
  )
}

function rowWriter(columns: readonly Column[]): (row: Row) => string {
  const currency = currencyIndex(columns)
  const writers = columns.map(({ format }) => cellWriter(format))
  return (row) => {
    const own = currencyOf(row, currency)
    let xml = '<row>'
    for (let index = 0; index < writers.length; index++) {
      const value = row[index]
      xml += value === null || value === undefined ? '<c/>' : writers[index]!(value, own)
    }
    return `${xml}</row>`
  }
}

type Writer = (value: string | number, currency: string | null) => string

function cellWriter(format: Column['format']): Writer {
  switch (format) {
    case 'energy':
      return (value) => numberCell(kwhText(Number(value)), styleOf.energy)
    case 'money':
      return (value, currency) =>
        numberCell(minorText(Number(value), currency), moneyStyle(currency))
    case 'seconds':
      return (value) => numberCell(String(Number(value) / 86_400), styleOf.clock)
    case 'percent':
      return (value) => numberCell(String(Number(value) / 10_000), styleOf.percent)
    case 'integer':
      return (value) => numberCell(String(Number(value)), styleOf.integer)
    case 'instant':
      return (value) => numberCell(String(serialOf(String(value))), styleOf.instant)
    case 'day':
    case 'text':
      return (value) => textCell(String(value), styleOf.plain)
  }
}

const numberCell = (text: string, style: number) => `<c s="${style}"><v>${text}</v></c>`

function textCell(text: string, style: number): string {
  const part = text.length > cellLongest ? `${text.slice(0, cellLongest)}…` : text
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(part)}</t></is></c>`
}

function moneyStyle(currency: string | null): number {
  const digits = currencyDigits(currency ?? '')
  return digits === 0 ? styleOf.money0 : digits === 3 ? styleOf.money3 : styleOf.money2
}

/** A wall clock as a day number of the sheet: days since 30 December 1899. */
function serialOf(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}Z`) / 86_400_000 + 25_569
}

function totalRows(report: Report, totals: Totals, letterhead: Letterhead | null): string {
  const { columns } = report
  const monies = totals.money.length > 0 ? totals.money : [{ currency: '', sums: {} }]
  const lines = monies.map(({ currency, sums }, line) => {
    const cells = columns.map(({ key, format, ...column }, at) => {
      if (at === 0) return line === 0 ? textCell('Total', styleOf.total) : '<c/>'
      if (at === 1 && !isTotalled(column))
        return line === 0 ? textCell(`${totals.rows} rows`, styleOf.total) : '<c/>'
      if (key === 'currency') return textCell(currency, styleOf.total)
      const sum = format === 'money' ? (sums as Totals['sums'])[key] : totals.sums[key]
      const isWritten =
        isTotalled(column) && sum !== undefined && (line === 0 || format === 'money')
      return isWritten ? cellWriter(format)(sum, currency) : '<c/>'
    })
    return `<row>${cells.join('')}</row>`
  })
  const words = [
    ...(columns[1] && isTotalled(columns[1]) ? [`${totals.rows} rows`] : []),
    ...totals.notes,
    [letterhead?.name, report.title, report.subtitle, report.period.words]
      .filter(Boolean)
      .join(' · '),
  ]
  return [...lines, ...words.map((text) => `<row>${textCell(text, styleOf.plain)}</row>`)].join('')
}
