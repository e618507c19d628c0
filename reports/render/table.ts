import { createRequire } from 'node:module'
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

/** A table of more pages is read by nobody and laid out for minutes: the rest is in the other formats, and said to be. */
export const paperRowsMost = 2_000

/** As much of pdfmake as is used here; it brings no types. */
type PdfMake = {
  setFonts(fonts: object): void
  setUrlAccessPolicy(may: () => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(document: object): { getBuffer(): Promise<Buffer> }
}

let loaded: PdfMake | null = null

/** Loaded when the first PDF is asked for (30 MB). It reads its own fonts and nothing else, from no network. */
function loadPdfMake(): PdfMake {
  if (loaded) return loaded
  const load = createRequire(import.meta.url)
  const made = load('pdfmake') as PdfMake
  const fonts = load('pdfmake/fonts/Roboto.js') as { Roboto: Record<string, string> }
  const files = new Set(Object.values(fonts.Roboto))
  made.setFonts(fonts)
  made.setUrlAccessPolicy(() => false)
  made.setLocalAccessPolicy((path) => files.has(path))
  loaded = made
  return made
}

/**
 * `writeTablePdf`: the report on A4 across: heading, period, totals first, then the rows, with the heading on each page and
 * the pages counted. Columns that have no room on paper are left out. At most `paperRowsMost` rows are listed; the totals
 * are those of all, as in every other format. `to` stays open. Rejects where all rows do not add up to the totals.
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
  const lines: object[][] = []
  for await (const rows of report.rows()) {
    for (const row of rows) {
      sums.add(row)
      if (lines.length < paperRowsMost) lines.push(lineOf(row, shown, currencyOf(row, currency)))
    }
    onProgress(sums.rows)
  }
  const totals = await report.totals()
  checkTotals(report.columns, sums, totals)
  const pdf = loadPdfMake().createPdf(
    documentOf({ report, letterhead, shown, lines, totals, rows: sums.rows }),
  )
  await out.write(await pdf.getBuffer())
  return { rows: sums.rows, sha256: out.sha256(), bytes: out.bytes }
}

type Shown = { column: Column; index: number }[]

const isText = ({ format }: Column) => format === 'text' || format === 'day' || format === 'instant'
const alignmentOf = (column: Column) => (isText(column) ? 'left' : 'right')

function lineOf(row: Row, shown: Shown, currency: string | null): object[] {
  return shown.map(({ column, index }) => {
    const value = row[index]
    const text =
      value === null || value === undefined ? '–' : sayCell(column.format, value, currency)
    return { text, alignment: alignmentOf(column) }
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
      return clockText(Number(value))
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

function documentOf(given: {
  report: Report
  letterhead: Letterhead | null
  shown: Shown
  lines: object[][]
  totals: Totals
  rows: number
}): object {
  const { report, letterhead, shown, lines, totals, rows } = given
  const name = letterhead?.name ?? 'CITA EV'
  const accent = /^#[0-9a-f]{6}$/i.test(letterhead?.accentColour ?? '')
    ? letterhead!.accentColour
    : '#1f3a5f'
  const isPart = rows > lines.length
  const notes = [
    ...totals.notes,
    ...(isPart
      ? [
          `The first ${lines.length.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')} rows are listed. The totals are those of all rows; CSV and Excel files hold them all.`,
        ]
      : []),
  ]
  // shares of the width between the margins; a cell has 8 points of air
  const all = shown.reduce((sum, { column }) => sum + column.width, 0)
  const room = 842 - 2 * 36 - 8 * shown.length
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 48, 36, 40],
    info: { title: `${report.title}, ${report.period.words}`, author: name },
    defaultStyle: { font: 'Roboto', fontSize: 8, color: '#1c1c1c' },
    header: {
      margin: [36, 20, 36, 0],
      columns: [
        { text: name, bold: true, color: accent, fontSize: 9 },
        { text: report.title, alignment: 'right', color: '#666666' },
      ],
    },
    footer: (page: number, pages: number) => ({
      margin: [36, 12, 36, 0],
      columns: [
        { text: letterhead?.footer ?? '', color: '#666666' },
        { text: `Page ${page} of ${pages}`, alignment: 'right', color: '#666666' },
      ],
    }),
    content: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: report.title, fontSize: 18, bold: true, color: accent },
              { text: report.period.words, fontSize: 11, margin: [0, 2, 0, 0] },
              { text: report.subtitle, color: '#666666', margin: [0, 2, 0, 10] },
            ],
          },
          ...logoOf(letterhead),
        ],
      },
      { columns: figuresOf(report, totals), columnGap: 14, margin: [0, 0, 0, 10] },
      ...notes.map((text) => ({ text, color: '#7a4b00', margin: [0, 0, 0, 4] })),
      rows === 0
        ? { text: 'Nothing in this period.', margin: [0, 12, 0, 0] }
        : {
            margin: [0, 6, 0, 0],
            layout: {
              hLineWidth: (i: number) => (i === 1 ? 1 : 0.4),
              vLineWidth: () => 0,
              hLineColor: (i: number) => (i === 1 ? accent : '#d8d8d8'),
              paddingLeft: () => 4,
              paddingRight: () => 4,
              paddingTop: () => 2,
              paddingBottom: () => 2,
            },
            table: {
              headerRows: 1,
              dontBreakRows: true,
              widths: shown.map(({ column }) => (column.width / all) * room),
              body: [
                shown.map(({ column }) => ({
                  text: column.title,
                  bold: true,
                  alignment: alignmentOf(column),
                })),
                ...lines,
              ],
            },
          },
    ],
  }
}

/** The logo of the branding, at the right of the title. */
function logoOf(letterhead: Letterhead | null): object[] {
  const logo = letterhead?.logo
  if (!logo || logo.width < 1 || logo.height < 1) return []
  const image = `data:image/png;base64,${Buffer.from(logo.png).toString('base64')}`
  return [{ width: 'auto', image, fit: [150, 40], alignment: 'right' }]
}

/** What the eye meets first: how many, and each sum with its unit. */
function figuresOf(report: Report, totals: Totals): object[] {
  const figure = (label: string, value: string) => ({
    width: 'auto',
    stack: [
      { text: value, fontSize: 14, bold: true },
      { text: label, color: '#666666' },
    ],
  })
  const figures = [
    figure(
      report.kind === 'chargingSessions' ? 'Sessions' : 'Rows',
      totals.rows.toLocaleString('en-GB'),
    ),
  ]
  for (const { key, title, format, isMinor, ...column } of report.columns) {
    if (!isTotalled(column) || isMinor) continue
    if (format === 'money') {
      for (const { currency, sums } of totals.money)
        figures.push(figure(title, formatMinor(sums[key] ?? 0, currency)))
    } else if (totals.sums[key] !== undefined)
      figures.push(figure(title, sayCell(format, totals.sums[key], null)))
  }
  return figures
}
