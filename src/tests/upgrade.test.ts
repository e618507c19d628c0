/**
 * A database of the first release with data comes up to today's while that release goes on serving chargers: nothing is
 * lost or changed, no lock is held long (RELIABILITY FT-27), and the schema is the one a fresh installation gets.
 */
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'

import type { Pool } from '@/db/pool'
import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { gently } from '@/main/gently'
import { migrations } from '@/migrations'
import { emptyDatabase, testDatabase, type TestDatabase } from './helpers/db'
import { chargeAsFirstRelease, fillFirstRelease, lastOfFirstRelease } from './upgrade/firstRelease'

const sessions = 5_000
const longestLockMs = 2_000
let database: TestDatabase

beforeAll(async () => {
  database = await emptyDatabase()
})
afterAll(() => database.close())

/** As Payload runs them: each in a transaction of its own. */
async function migrate(pool: Pool, which: typeof migrations): Promise<void> {
  const client = await pool.connect()
  try {
    for (const { up } of gently(which)) {
      await client.query('begin')
      await up({ db: drizzle({ client }) } as never)
      await client.query('commit')
    }
  } finally {
    client.release()
  }
}

/** Charges one after the other, as the first release books them, until it is told to stop. */
function goOnServing(pool: Pool): { stop(): Promise<{ charges: number; slowestMs: number }> } {
  let isStopping = false
  let charges = 0
  let slowestMs = 0
  const done = (async () => {
    while (!isStopping) {
      const from = performance.now()
      await patiently(() => chargeAsFirstRelease(pool, `during-${charges}`))
      slowestMs = Math.max(slowestMs, performance.now() - from)
      charges += 1
    }
  })()
  // heard at once when it fails; whoever stops it is told
  done.catch(() => {})
  return {
    async stop() {
      isStopping = true
      await done
      return { charges, slowestMs }
    },
  }
}

/** The writer of every release tries again what a deadlock took back. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 3 || (error as { code?: string }).code !== '40P01') throw error
    }
  }
}

const figures = async (pool: Pool) =>
  (
    await pool.query<Record<string, string>>(
      `select (select count(*) from sessions where start_key like 'key%') sessions,
              (select sum(energy_wh) from sessions where start_key like 'key%') energy,
              (select sum(cost_minor) from sessions where start_key like 'key%') cost,
              (select sum(tax_minor) from sessions where start_key like 'key%') tax,
              (select count(*) from sessions where status = 'needs-review') reviews,
              (select sum(amount_minor + tax_minor) from telemetry.ledger_lines) ledger,
              (select count(*) from telemetry.frames where action = 'Heartbeat') frames,
              (select count(*) from audit_log) audit,
              (select count(*) from commands) commands`,
    )
  ).rows[0]

test('the first release’s data comes through, while it goes on writing', async () => {
  const { pool } = database
  const from = migrations.findIndex(({ name }) => name === lastOfFirstRelease) + 1
  expect(from).toBeGreaterThan(0)
  await migrate(pool, migrations.slice(0, from))
  await fillFirstRelease(pool, sessions)
  const before = await figures(pool)

  const serving = goOnServing(pool)
  await migrate(pool, migrations.slice(from))
  const { charges, slowestMs } = await serving.stop()
  process.stderr.write(
    `upgrade: ${charges} charges booked meanwhile, the slowest in ${Math.round(slowestMs)} ms\n`,
  )
  expect(charges).toBeGreaterThan(0)
  expect(slowestMs).toBeLessThan(longestLockMs)
  expect(await figures(pool)).toEqual(before)

  // the old release may still be serving when the new schema is there
  await chargeAsFirstRelease(pool, 'after')
  await pool.query(
    `update sessions set stopped_at = now(), ended_by = 'charger', meter_stop_wh = 6000, energy_wh = 5000, stop_reason = 'Local',
            status = 'ended' where start_key like 'open%'`,
  )
  await priceEndedSessions({ pool, now: () => new Date() } as never)
  const { rows } = await pool.query(
    `select cost_minor::int cost, tax_minor::int tax, status, count(*)::int from sessions where start_key like 'open%' group by 1, 2, 3`,
  )
  // 50 p + 5 kWh × 45 p with 20 % tax inside
  expect(rows).toEqual([{ cost: 275, tax: 46, status: 'ended', count: 20 }])
}, 120_000)

test('an upgraded database has the schema of a fresh one', async () => {
  const fresh = await testDatabase()
  try {
    expect(await schemaOf(database.pool)).toEqual(await schemaOf(fresh.pool))
  } finally {
    await fresh.close()
  }
})

/** Columns, indexes, constraints, views, triggers and functions, a line each. */
async function schemaOf(pool: Pool): Promise<string[]> {
  const schemas = `('public', 'telemetry', 'app')`
  const { rows } = await pool.query<{ line: string }>(
    `select format('%s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) line
       from information_schema.columns where table_schema in ${schemas}
     union all select indexdef from pg_indexes where schemaname in ${schemas}
     union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
       from pg_constraint where connamespace::regnamespace::text in ${schemas} and contype <> 'n'
     union all select schemaname || '.' || viewname || definition from pg_views where schemaname in ${schemas}
     union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
     union all select pg_get_functiondef(p.oid) from pg_proc p where pronamespace::regnamespace::text in ${schemas} and prokind = 'f'
       and prolang <> (select oid from pg_language where lanname = 'c')
     order by 1`,
  )
  return rows.map(({ line }) => line).filter((line) => !line.includes('payload_migrations'))
}
