/**
 * `npm run bench -- --only reports [--sessions 1000000] [--readings 40]`: reports over a seeded year. Files go to a writer
 * that throws them away; the ceiling is the same rows by a bare COPY TO STDOUT through the same node, in the same run.
 */
import { Writable } from 'node:stream'
import pg from 'pg'

import { createPool } from '@/db/pool'
import { openReport } from '#reports/run'
import { writeCsv } from '#reports/render/csv'
import { closePdf } from '#reports/render/pdf'
import { writeTablePdf } from '#reports/render/table'
import { writeXlsx } from '#reports/render/xlsx'
import { wholeScope, type Report } from '#reports/report'
import { formatMinor } from '@/domain/money'
import { pdfText } from '@/tests/helpers/pdfText'
import { median } from './histogram'
import { busiestSite } from './statements'
import type { SeededYear } from './seedYear'

type Timed = { seconds: number; firstMs: number; bytes: number; rows: number; grownMb: number }

const year = { from: '2025-01-01', to: '2025-12-31' }

export type ReportFigures = {
  ceiling: Timed
  csv: Timed
  xlsx: Timed
  /** The totals of all rows, and the first 2,000 of them. */
  pdf: Timed
  hoursMs: number
  hoursWorstMs: number
  daysOfYearMs: number
  wrong: string[]
}

export async function measureReports(
  url: string,
  say: (text: string) => void,
): Promise<ReportFigures> {
  const pool = createPool(url, { max: 4, name: 'bench-reports', statementTimeoutMs: 600_000 })
  try {
    const open = () => openReport('chargingSessions', year, wholeScope, { pool, now: new Date() })
    say('bare COPY')
    const ceiling = await timed(async (to) => {
      return copyOut(url, to)
    })
    say('CSV')
    const csv = await timed((to) => written(open, (report) => writeCsv(report, null, to)))
    say('XLSX')
    const xlsx = await timed((to) => written(open, (report) => writeXlsx(report, null, to)))
    say('PDF')
    const paper: Buffer[] = []
    const pdf = await timed(async (to) => {
      const kept = keeping(to, paper)
      return written(open, (report) => writeTablePdf(report, null, kept))
    })
    closePdf()
    say('energy by hour of a site and month')
    const site = (await pool.query<{ site_id: number }>(busiestSite)).rows[0]!.site_id
    const hours: number[] = []
    for (let turn = 0; turn < 7; turn++) hours.push(await energy(pool, 'hour', site, turn + 2))
    say('energy by day of the whole year')
    const daysOfYearMs = await energy(pool, 'day', null, null)
    return {
      ceiling,
      csv,
      xlsx,
      pdf,
      hoursMs: median(hours),
      hoursWorstMs: Math.max(...hours),
      daysOfYearMs,
      wrong: await compare(pool, csv.rows, xlsx.rows, pdfText(Buffer.concat(paper))),
    }
  } finally {
    await pool.end()
  }
}

async function written(
  open: () => Promise<Report>,
  write: (report: Report) => Promise<{ rows: number }>,
): Promise<number> {
  const report = await open()
  try {
    return (await write(report)).rows
  } finally {
    await report.close()
  }
}

async function timed(work: (to: Writable) => Promise<number>): Promise<Timed> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const startedAt = performance.now()
  let firstMs = 0
  let bytes = 0
  let highest = before
  let chunks = 0
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength
      // a heading alone is no beginning: the clock stops at the first rows
      if (++chunks === 2) firstMs = performance.now() - startedAt
      done()
    },
  })
  const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 100)
  try {
    const rows = await work(to)
    const seconds = (performance.now() - startedAt) / 1000
    return { seconds, firstMs, bytes, rows, grownMb: (highest - before) / 2 ** 20 }
  } finally {
    clearInterval(watch)
  }
}

/** What is written is kept besides. */
function keeping(to: Writable, chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk: Buffer, encoding, done) {
      chunks.push(Buffer.from(chunk))
      to.write(chunk, encoding, done)
    },
  })
}

/** As fast as Postgres and the socket are: the same columns, nobody looks at them. */
async function copyOut(url: string, to: Writable): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let rows = 0
  try {
    await new Promise<void>((resolve, reject) => {
      client.query({
        submit: (connection: { query(text: string): void }) => connection.query(copySql),
        handleCopyData: ({ chunk }: { chunk: Buffer }) => {
          rows++
          to.write(chunk)
        },
        handleCommandComplete: () => {},
        handleReadyForQuery: () => resolve(),
        handleError: reject,
      } as never)
    })
    return rows
  } finally {
    await client.end()
  }
}

const copySql = `copy (
  select s.transaction_id, s.started_at, s.stopped_at, si.timezone, si.name, ch.name, s.connector_number, d.name, s.id_tag, null,
         s.charging_seconds, s.duration_seconds, s.energy_wh, s.cost_minor, s.tax_minor, s.currency, s.status, s.stop_reason, null,
         null, s.started_at, s.id
    from sessions s left join sites si on si.id = s.site_id left join chargers ch on ch.id = s.charger_id
    left join drivers d on d.id = s.driver_id
   where s.started_at >= '2025-01-01' and s.started_at < '2026-01-01' order by s.started_at, s.id) to stdout`

async function energy(
  pool: pg.Pool,
  unit: 'hour' | 'day',
  site: number | null,
  month: number | null,
): Promise<number> {
  const two = (n: number) => String(n).padStart(2, '0')
  const period =
    month === null
      ? year
      : {
          from: `2025-${two(month)}-01`,
          to: `2025-${two(month)}-${new Date(Date.UTC(2025, month, 0)).getUTCDate()}`,
        }
  const startedAt = performance.now()
  const report = await openReport('energyUsage', { ...period, unit, site }, wholeScope, {
    pool,
    now: new Date(),
  })
  try {
    // the rows alone: totals are a second reading that checks them
    await report.page({ limit: 1_000, offset: 0 })
    return performance.now() - startedAt
  } finally {
    await report.close()
  }
}

/** SQL of its own against the reports: what the files were checked with must be what is stored. */
async function compare(
  pool: pg.Pool,
  csvRows: number,
  xlsxRows: number,
  paper: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ n: number; wh: number; cost: number; seconds: number }>(
    `select count(*) n, sum(energy_wh) wh, sum(cost_minor) cost, sum(charging_seconds) seconds from sessions
      where started_at >= '2025-01-01' and started_at < '2026-01-01'`,
  )
  const stored = rows[0]!
  const wrong: string[] = []
  const same = (what: string, got: number | undefined, wanted: number) => {
    if (got !== wanted) wrong.push(`${what}: ${got} instead of ${wanted}`)
  }
  for (const kind of ['chargingSessions', 'energyUsage'] as const) {
    const report = await openReport(kind, { ...year, unit: 'month' }, wholeScope, {
      pool,
      now: new Date(),
    })
    const totals = await report.totals()
    await report.close()
    // sessions of New Year's Eve that run into 2026 are not whole in the year's energy
    if (kind === 'energyUsage') {
      if (Math.abs(totals.sums['energyWh']! - stored.wh) > stored.wh / 1000)
        same('energy of the year', totals.sums['energyWh'], stored.wh)
      continue
    }
    same('rows', totals.rows, stored.n)
    same('energy', totals.sums['energyWh'], stored.wh)
    same('charging time', totals.sums['chargingSeconds'], stored.seconds)
    same('cost', totals.money[0]?.sums['costMinor'], stored.cost)
  }
  same('rows of the CSV', csvRows, stored.n)
  same('rows of the XLSX', xlsxRows, stored.n)
  const kWh = (stored.wh / 1000).toLocaleString('en-GB', { minimumFractionDigits: 3 })
  for (const figure of [stored.n.toLocaleString('en-GB'), kWh, formatMinor(stored.cost, 'GBP')])
    if (!paper.includes(figure)) wrong.push(`the PDF does not say ${figure}`)
  return wrong
}

export function sayReports(size: SeededYear, found: ReportFigures): string {
  const line = (name: string, { seconds, firstMs, bytes, rows, grownMb }: Timed) =>
    `${name.padEnd(12)}${String(Math.round(rows / seconds)).padStart(10)} rows/s ${(rows / seconds / (found.ceiling.rows / found.ceiling.seconds)).toFixed(2).padStart(6)} of COPY` +
    `${Math.round(firstMs).toString().padStart(8)} ms to the first rows${seconds.toFixed(1).padStart(8)} s${(bytes / 2 ** 20).toFixed(0).padStart(7)} MB` +
    `${grownMb.toFixed(0).padStart(7)} MB more resident`
  return [
    `a year of ${size.sessions} sessions, ${size.sessions * size.readingsPerSession} readings, ${size.sites} sites`,
    line('bare COPY', found.ceiling),
    line('CSV', found.csv),
    line('XLSX', found.xlsx),
    line('PDF', found.pdf),
    `energy by hour of a site and month: ${found.hoursMs.toFixed(0)} ms (worst of 7: ${found.hoursWorstMs.toFixed(0)}); by day of the whole year and network: ${found.daysOfYearMs.toFixed(0)} ms`,
    found.wrong.length === 0
      ? 'SQL = page = CSV = XLSX: rows, Wh, seconds and pence; the PDF says the same rows, kWh and pounds'
      : `NOT the same:\n  ${found.wrong.join('\n  ')}`,
  ].join('\n')
}
