import { createRequire } from 'node:module'

import type { Letterhead } from '../report'

/** A table as it is laid out: all words and figures are said already. */
export type TableProps = {
  letterhead: Letterhead
  title: string
  period: string
  subtitle: string
  figures: { label: string; value: string }[]
  notes: string[]
  /** `width` in characters. */
  columns: { title: string; width: number; isText: boolean }[]
  lines: string[][]
}

/** `drawTable`: a table as PDF, by pdfmake. */
export async function drawTable(props: TableProps): Promise<Buffer> {
  return loadPdfMake().createPdf(documentOf(props)).getBuffer()
}

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

function documentOf(props: TableProps): object {
  const { letterhead, title, period, subtitle, figures, notes, columns, lines } = props
  const { name } = letterhead
  const accent = /^#[0-9a-f]{6}$/i.test(letterhead.accentColour ?? '')
    ? letterhead.accentColour
    : '#1f3a5f'
  const alignmentOf = (index: number) => (columns[index]!.isText ? 'left' : 'right')
  // shares of the width between the margins; a cell has 8 points of air
  const all = columns.reduce((sum, { width }) => sum + width, 0)
  const room = 842 - 2 * 36 - 8 * columns.length
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 48, 36, 40],
    info: { title: `${title}, ${period}`, author: name },
    defaultStyle: { font: 'Roboto', fontSize: 8, color: '#1c1c1c' },
    header: {
      margin: [36, 20, 36, 0],
      columns: [
        { text: name, bold: true, color: accent, fontSize: 9 },
        { text: title, alignment: 'right', color: '#666666' },
      ],
    },
    footer: (page: number, pages: number) => ({
      margin: [36, 12, 36, 0],
      columns: [
        { text: letterhead.footer ?? '', color: '#666666' },
        { text: `Page ${page} of ${pages}`, alignment: 'right', color: '#666666' },
      ],
    }),
    content: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: title, fontSize: 18, bold: true, color: accent },
              { text: period, fontSize: 11, margin: [0, 2, 0, 0] },
              { text: subtitle, color: '#666666', margin: [0, 2, 0, 10] },
            ],
          },
          ...logoOf(letterhead),
        ],
      },
      { columns: figures.map(figure), columnGap: 14, margin: [0, 0, 0, 10] },
      ...notes.map((text) => ({ text, color: '#7a4b00', margin: [0, 0, 0, 4] })),
      lines.length === 0
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
              widths: columns.map(({ width }) => (width / all) * room),
              body: [
                columns.map((column, index) => ({
                  text: column.title,
                  bold: true,
                  alignment: alignmentOf(index),
                })),
                ...lines.map((line) =>
                  line.map((text, index) => ({ text, alignment: alignmentOf(index) })),
                ),
              ],
            },
          },
    ],
  }
}

const figure = ({ label, value }: TableProps['figures'][number]) => ({
  width: 'auto',
  stack: [
    { text: value, fontSize: 14, bold: true },
    { text: label, color: '#666666' },
  ],
})

/** The logo of the branding, at the right of the title. */
function logoOf({ logo }: Letterhead): object[] {
  if (!logo || logo.width < 1 || logo.height < 1) return []
  const image = `data:image/png;base64,${Buffer.from(logo.png).toString('base64')}`
  return [{ width: 'auto', image, fit: [150, 40], alignment: 'right' }]
}
