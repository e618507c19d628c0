/** Sessions with a price, and schedules, by SQL: for tests of statements, which read only what is stored. */
import type { PoolClient } from 'pg'

import { createPool, type Pool } from '@/db/pool'

export type SessionFields = {
  siteId: number
  chargerId: number
  startedAt: Date
  energyWh: number
  /** Null: not priced yet. */
  costMinor: number | null
  taxMinor?: number
  status?: string
}

let transaction = 0

export async function addSession(pool: Pool, one: SessionFields): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into sessions (transaction_id, charger_id, site_id, connector_number, status, started_at, stopped_at, energy_wh,
            cost_minor, tax_minor, currency, priced_at, start_key)
     values ($1, $2, $3, 1, $4, $5, $5::timestamptz + interval '40 minutes', $6, $7::numeric, $8, 'GBP',
             case when $7::numeric is null then null else $5::timestamptz + interval '41 minutes' end, $9)
     returning id`,
    [
      ++transaction + 900_000,
      one.chargerId,
      one.siteId,
      one.status ?? 'ended',
      one.startedAt,
      one.energyWh,
      one.costMinor,
      one.taxMinor ?? 0,
      `test ${transaction}`,
    ],
  )
  return rows[0]!.id
}

export async function addSchedule(
  pool: Pool,
  schedule: {
    siteId: number
    frequency: 'daily' | 'weekly' | 'monthly'
    createdAt: Date
    recipients?: string[]
    zone?: string
  },
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into report_schedules (name, kind, covers, site_id, frequency, hour, timezone, created_at)
     values ('Statement', 'statement', 'site', $1, $2::enum_report_schedules_frequency, 6, $3, $4) returning id`,
    [schedule.siteId, schedule.frequency, schedule.zone ?? 'Europe/London', schedule.createdAt],
  )
  const id = rows[0]!.id
  await pool.query(
    `insert into report_schedules_formats ("order", parent_id, value) values (1, $1, 'pdf')`,
    [id],
  )
  await pool.query(
    `insert into telemetry.report_recipients (schedule_id, address, asked_at, confirmed_at)
     select $1, unnest($2::text[]), $3, $3`,
    [id, schedule.recipients ?? [], schedule.createdAt],
  )
  return id
}

export type Mortal = {
  pool: Pool
  /** From now on it dies at the query after so many more. */
  dieAfter(queries: number): void
  /** Once it is dead. */
  died: Promise<void>
  end(): Promise<void>
}

/**
 * `mortalPool`: the database as a process that is killed sees it: at some query everything of it stops, its connections
 * are cut and whatever was not committed is gone; nothing of it ever runs on.
 */
export function mortalPool(url: string, name: string, killer: Pool): Mortal {
  const pool = createPool(url, { name })
  let left = Infinity
  let isDead = false
  let die = () => {}
  const died = new Promise<void>((resolve) => (die = resolve))
  const asked = async (): Promise<void> => {
    if (left-- > 0) return
    await killer.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [name],
    )
    isDead = true
    die()
    // a killed process does not go on: neither with an answer nor with an error
    await new Promise(() => {})
  }
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, property) {
        const value: unknown = Reflect.get(of, property, of)
        if (typeof value !== 'function') return value
        if (property === 'query')
          return async (...args: unknown[]) => {
            await asked()
            return (value as (...all: unknown[]) => unknown).apply(of, args)
          }
        if (property === 'connect')
          return async () => {
            const client = await (value as () => Promise<PoolClient>).call(of)
            client.on('error', () => {})
            return mortal(client)
          }
        return (value as (...all: unknown[]) => unknown).bind(of)
      },
    })
  return {
    pool: mortal(pool),
    dieAfter: (queries) => {
      left = queries
    },
    died,
    // a dead one's clients never come back; waiting for them would be for ever
    end: async () => {
      const ended = pool.end()
      if (!isDead) await ended
    },
  }
}
