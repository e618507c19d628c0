import { createElement } from 'react'

import { closePdf } from '#reports/render/pdf'
import type { StatementFigures } from '#reports/statement/figures'
import { Figures } from '@/components/admin/Statements/Figures'
import { readCsv } from '@/domain/csv'
import { toText } from '@/email/render'
import { issueStatements } from '@/jobs/definitions/issueStatements'
import { testDatabase, type TestDatabase } from './helpers/db'
import { makeNetwork } from './helpers/network'
import { pdfText } from './helpers/pdfText'
import { addSchedule, addSession } from './helpers/statements'

/** A site owner who lays the paper beside the page and the file finds the same figures on all three. */
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  closePdf()
  await database.close()
})

test('page, PDF and CSV of a statement say the same, to the penny and the watt-hour', async () => {
  const { pool } = database
  const net = await makeNetwork(pool)
  const at = (text: string) => new Date(text)
  const schedule = await addSchedule(pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-09-03T10:00:00Z'),
  })
  await pool.query(
    `insert into report_schedules_formats ("order", parent_id, value) values (2, $1, 'csv')`,
    [schedule],
  )
  const session = (startedAt: string, energyWh: number, costMinor: number | null, taxMinor = 0) =>
    addSession(pool, {
      siteId: net.siteA,
      chargerId: net.chargerA,
      startedAt: at(startedAt),
      energyWh,
      costMinor,
      taxMinor,
    })
  const late = await session('2026-09-12T08:00:00Z', 7_003, null)
  const issue = issueStatements('https://cpms.example.test')
  const run = (now: string) =>
    issue.run({ pool, now: () => at(now), log: { info: () => {}, warn: () => {} } })
  await run('2026-10-01T06:00:20Z')
  // priced after its month was closed: it stands in the next statement, as a correction
  await pool.query(
    `update sessions set cost_minor = 315, tax_minor = 53, currency = 'GBP', priced_at = '2026-10-02' where id = $1`,
    [late],
  )
  await session('2026-10-05T08:00:00Z', 10_001, 451, 75)
  await session('2026-10-25T00:30:00Z', 123_456_789, 5_555_556, 925_926)
  await run('2026-11-01T06:00:20Z')

  const { rows } = await pool.query<{ id: number; figures: StatementFigures }>(
    `select r.statement_id id, r.figures from telemetry.statement_runs r join statements s on s.id = r.statement_id
      order by s.period_from desc limit 1`,
  )
  const { id, figures } = rows[0]!
  const { rows: files } = await pool.query<{ format: string; bytes: Buffer }>(
    `select format, bytes from telemetry.statement_files where statement_id = $1`,
    [id],
  )
  const file = (format: string) => files.find((one) => one.format === format)!.bytes
  const page = toText(createElement(Figures, { figures }))
  const paper = pdfText(file('pdf'))
  const lines = readCsv(file('csv').toString('utf8').replace('\ufeff', '')).map(
    ({ cells }) => cells,
  )

  expect(figures.sums.corrections).toHaveLength(1)
  const total = lines.find(([first]) => first === 'Total')!
  // 4.51 + 55,555.56 + 3.15, of it 0.75 + 9,259.26 + 0.53; 10.001 + 123,456.789 + 7.003
  expect(total).toEqual(expect.arrayContaining(['3 rows', '123473.793', '55563.22', '9260.54']))
  for (const shown of ['£55,563.22', '£9,260.54', '£3.15']) {
    expect(page).toContain(shown)
    expect(paper).toContain(shown)
  }
  for (const shown of ['123,466.790', '7.003']) {
    expect(page).toContain(shown)
    expect(paper).toContain(shown)
  }
}, 120_000)
