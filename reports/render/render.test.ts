import { PassThrough, Writable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'

import { columns } from '../chargingSessions/columns'
import type { Report, Row, Totals } from '../report'
import { writeCsv } from './csv'
import { closePdf } from './pdf'
import { writeTablePdf } from './table'
import { writeXlsx } from './xlsx'

/** The first PDF starts the process that draws: on a busy machine that is more than a unit test may take. */
const startsProcessMs = 60_000

afterAll(() => closePdf())

/** Rows as the database gives them, some of them by people who wish us ill. */
const row = (change: Partial<Record<string, string | number | null>>): Row => {
  const usual: Record<string, string | number | null> = {
    session: 7,
    startedAt: '2026-07-01 00:30:00',
    stoppedAt: '2026-07-01 01:30:00',
    zone: 'Europe/London',
    site: 'Leeds Dock',
    charger: 'Bay 3',
    connector: 1,
    chargingSeconds: 1200,
    durationSeconds: 93_600,
    energyWh: 12_345,
    costMinor: 555,
    taxMinor: 93,
    currency: 'GBP',
    ...change,
  }
  return columns.map(({ key }) => usual[key] ?? null)
}
const rows = [
  row({}),
  row({
    site: '=HYPERLINK("http://x","y")',
    user: '@SUM(A1)',
    card: '+44',
    charger: '-1&<b>\u0001',
  }),
  row({ costMinor: 1234, currency: 'JPY', energyWh: 7 }),
]
const totals: Totals = {
  rows: 3,
  sums: { energyWh: 24_697, chargingSeconds: 3600, durationSeconds: 280_800 },
  money: [
    { currency: 'JPY', sums: { costMinor: 1234, taxMinor: 93 } },
    { currency: 'GBP', sums: { costMinor: 1110, taxMinor: 186 } },
  ],
  notes: [],
}

const reportOf = (given: readonly Row[], sums: Totals): Report => ({
  kind: 'chargingSessions',
  title: 'Charging Sessions',
  subtitle: 'All sites',
  period: { from: new Date(0), to: new Date(1), zone: 'UTC', words: '1 July 2026' },
  columns,
  async *rows() {
    for (let at = 0; at < given.length; at += 2) yield given.slice(at, at + 2)
  },
  page: () => Promise.resolve(given),
  totals: () => Promise.resolve(sums),
  countUpTo: () => Promise.resolve(given.length),
  charts: () => Promise.resolve([]),
  close: () => Promise.resolve(),
})

type Write = typeof writeCsv
async function fileOf(write: Write, report = reportOf(rows, totals)) {
  const chunks: Buffer[] = []
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  const written = await write(report, null, to)
  return { written, file: Buffer.concat(chunks) }
}

/** The files of an archive by its directory, as a reader of ZIP finds them. */
function unzip(file: Buffer): Map<string, string> {
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = file.readUInt32LE(end + 16)
  const files = new Map<string, string>()
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    const local = file.readUInt32LE(at + 42)
    const begin = local + 30 + file.readUInt16LE(local + 26)
    const text = inflateRawSync(file.subarray(begin, begin + file.readUInt32LE(at + 20)))
    expect(text.byteLength).toBe(file.readUInt32LE(at + 24))
    files.set(name, text.toString())
    at += 46 + nameLength
  }
  return files
}

describe('a workbook', () => {
  test('holds numbers as numbers and texts as texts, whatever they begin with', async () => {
    const { file, written } = await fileOf(writeXlsx)
    const sheet = unzip(file).get('xl/worksheets/sheet1.xml')!
    expect(written).toMatchObject({ rows: 3, bytes: file.byteLength })
    expect(sheet).not.toMatch(/<f[ >]/)
    expect(sheet).toContain('<v>12.345</v>')
    expect(sheet).toContain('<v>5.55</v>')
    expect(sheet).toContain('<v>1234</v>')
    // 1 July 2026, 00:30, and 26 hours
    expect(sheet).toContain('<v>46204.0208333333')
    expect(sheet).toContain(`<v>${93_600 / 86_400}</v>`)
    expect(sheet).toContain('=HYPERLINK(&quot;http://x&quot;,&quot;y&quot;)</t>')
    expect(sheet).toContain('-1&amp;&lt;b&gt;\ufffd</t>')
    expect(sheet).toContain('3 rows</t>')
    expect(sheet.match(/<row>/g)).toHaveLength(1 + 3 + 2 + 1)
  })
})

describe('a table on paper', () => {
  test(
    'is a PDF that says how many rows there are',
    async () => {
      const { file, written } = await fileOf(writeTablePdf)
      expect(file.subarray(0, 5).toString()).toBe('%PDF-')
      expect(written.rows).toBe(3)
    },
    startsProcessMs,
  )
})

describe.each([
  ['CSV', writeCsv],
  ['XLSX', writeXlsx],
  ['PDF', writeTablePdf],
] as [string, Write][])('a %s', (_, write) => {
  test.each<[string, Totals]>([
    ['a row less', { ...totals, rows: 4 }],
    ['a watt-hour', { ...totals, sums: { ...totals.sums, energyWh: 24_698 } }],
    [
      'a penny',
      { ...totals, money: [{ currency: 'GBP', sums: { costMinor: 1111, taxMinor: 186 } }] },
    ],
  ])('that differs from SQL by %s is not finished', async (_what, other) => {
    await expect(fileOf(write, reportOf(rows, other))).rejects.toThrow('do not add up')
  })

  test(
    'whose reader leaves ends, and says so',
    async () => {
      const to = new PassThrough({ highWaterMark: 1 })
      const many = Array.from({ length: 50 }, () => rows[0]!)
      setTimeout(() => to.destroy(), 20)
      const sums = { ...totals, rows: 50, sums: {}, money: [] }
      await expect(write(reportOf(many, sums), null, to)).rejects.toThrow('the reader has gone')
    },
    startsProcessMs,
  )
})
