/** A worker is killed again and again in the middle of settling: every charge is paid once, to the penny. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { randomStream } from '#ocpp/sim/random'
import { holdMore, moneyOfStart, postEntry } from '@/db/queries/app/wallet'
import { withTransaction } from '@/db/tx'
import { tendCharges } from '@/jobs/definitions/driverCharges'
import { testDatabase, type TestDatabase } from '../helpers/db'
import { makeNetwork } from '../helpers/network'

let database: TestDatabase
const charges: { startId: number; driverId: number; finalMinor: number }[] = []
const random = randomStream(Date.now() % 100_000, 'wallet kills')
const size = 400

beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  const { chargerA, siteA } = await makeNetwork(pool)
  for (let n = 0; n < size; n++) {
    const { rows } = await pool.query<{ driverId: number; startId: number }>(
      `with d as (insert into drivers (name, email) values ('D', $1) returning id)
       insert into app.starts (driver_id, site_id, charger_id, connector_id, connector_number, id_tag, payment, currency)
       select d.id, $2, $3, 1, 1, $4, 'wallet', 'GBP' from d returning id as "startId", driver_id as "driverId"`,
      [`d${n}@example.test`, siteA, chargerA, `TAG${n}`],
    )
    const { driverId, startId } = rows[0]!
    const finalMinor = random.whole(0, 3_000)
    charges.push({ startId, driverId, finalMinor })
    await withTransaction(pool, async (sql) => {
      await postEntry(sql, {
        key: `top/${n}`,
        kind: 'top-up',
        driverId,
        currency: 'GBP',
        amountMinor: 4_000,
        from: 'cash',
        to: 'available',
      })
      await holdMore(sql, {
        driverId,
        startId,
        currency: 'GBP',
        amountMinor: random.whole(100, 2_500),
        nth: 1,
      })
    })
    await pool.query(
      `insert into sessions (public_id, start_key, charger_id, site_id, connector_number, transaction_id, status, started_at, stopped_at,
              meter_start_wh, id_tag, driver_id, priced_at, cost_minor, tax_minor, energy_wh, currency)
       values ($1, $1, $2, $3, 1, $4, 'ended', now(), now(), 0, $5, $6, now(), $7, 0, 1000, 'GBP')`,
      [`kill-${n}`, chargerA, siteA, n + 1, `TAG${n}`, driverId, finalMinor],
    )
  }
}, 120_000)
afterAll(() => database?.close())

test('whenever a worker dies, what it did is whole, and the next one does the rest', async () => {
  for (let kill = 0; kill < 6; kill++) {
    const worker = spawn(
      process.execPath,
      ['--conditions=production', 'src/main/run.mjs', 'src/tests/fault/tendForever.ts'],
      {
        env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await once(worker.stdout, 'data')
    await new Promise((done) => setTimeout(done, random.whole(10, 400)))
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    // corrections arrive between one death and the next
    const charge = charges[random.whole(0, size - 1)]!
    charge.finalMinor += 100
    await database.pool.query(
      `update sessions s set correction_minor = coalesce(correction_minor, 0) + 100 from app.starts st where st.id = $1 and s.id_tag = st.id_tag`,
      [charge.startId],
    )
    await database.pool.query('update app.starts set settled_at = null where id = $1', [
      charge.startId,
    ])
  }
  await tendCharges({
    pool: database.pool,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
  for (const { finalMinor, startId } of charges)
    expect([startId, await moneyOfStart(database.pool, startId)]).toMatchObject([
      startId,
      { takenMinor: finalMinor, heldMinor: 0 },
    ])
  const { rows } = await database.pool.query<{ total: number; revenue: number; open: number }>(
    `select (select sum(balance_minor) from app.accounts)::int total,
            (select balance_minor from app.accounts where kind = 'revenue')::int revenue,
            (select count(*) from app.starts where settled_at is null)::int open`,
  )
  const sum = charges.reduce((all, { finalMinor }) => all + finalMinor, 0)
  expect(rows[0]).toEqual({ total: 0, revenue: sum, open: 0 })
}, 240_000)
