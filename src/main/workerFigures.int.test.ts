import { takeTurn } from '@/jobs/cron'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'

import { workerFigures } from './workerFigures'

let database: TestDatabase
beforeAll(async () => (database = await testDatabase()))
afterAll(() => database.close())

test('the worker tells its turns, its listeners and what waits in the database', async () => {
  const { pool } = database
  await pool.query(
    `insert into alerts (title, kind, severity, status) values ('Bay 1 is offline', 'offline', 'warning', 'open');
     insert into telemetry.mails (key, to_address, subject) values ('k', 'ada@example.test', 'Hello')`,
  )
  const figures = workerFigures(pool, () => 7)
  const log = { info: () => {}, warn: () => {} }
  const context = { pool, now: () => new Date(), log, onTurn: figures.onTurn }
  const job = (name: string, run: () => Promise<void>) => ({ name, expression: '* * * * * *', run })
  const slot = new Date()
  await takeTurn(
    job('good', async () => {}),
    slot,
    context,
  )
  await takeTurn(
    job('good', async () => {}),
    slot,
    context,
  )
  await takeTurn(
    job('bad', () => Promise.reject(new Error('no'))),
    slot,
    context,
  )

  const page = await figures.page()
  expect(page).toContain('cpms_alerts_open{kind="offline"} 1\n')
  expect(page).toContain('cpms_mails_waiting 1\n')
  expect(page).toContain('cpms_sessions_running 0\n')
  expect(page).toContain('cpms_live_listeners 7\n')
  expect(page).toContain('cpms_job_seconds_count{job="good"} 1\n')
  expect(page).toContain('cpms_job_failures_total{job="bad"} 1\n')
  expect(page).toContain('process_resident_memory_bytes ')
})
