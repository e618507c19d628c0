/**
 * A seeded year for the reports, written set by set: sites of one zone, chargers, people, sessions over twelve months with
 * prices, and their meter readings, one a minute or so, in monthly partitions. Nothing of it is meant to be looked at.
 */
import type { Pool } from '@/db/pool'

export type SeededYear = {
  sites: number
  chargers: number
  sessions: number
  readingsPerSession: number
}

/** The year is 2025, whole: from 1 January in London on. */
export async function seedYear(
  pool: Pool,
  size: SeededYear,
  say: (text: string) => void,
): Promise<void> {
  const client = await pool.connect()
  const run = async (what: string, text: string, values: unknown[] = []) => {
    const startedAt = performance.now()
    const { rowCount } = await client.query({ text, values, query_timeout: 0 } as never)
    say(`${what}: ${rowCount ?? 0} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  try {
    await client.query(
      `set statement_timeout = 0; set synchronous_commit = off; select setseed(0.42)`,
    )
    await run(
      'sites',
      `insert into sites (name, timezone) select 'Site ' || n, 'Europe/London' from generate_series(1, $1::int) n`,
      [size.sites],
    )
    await run(
      'charger states',
      `insert into charger_states (status, connected) select 'Available', true from generate_series(1, $1::int)`,
      [size.chargers],
    )
    await run(
      'chargers',
      `insert into chargers (name, identity, site_id, state_id)
       select 'Bay ' || n, 'YEAR-' || n, (select min(id) from sites) + n % $2::int, st.id
         from (select id, row_number() over (order by id) n from charger_states order by id desc limit $1::int) st`,
      [size.chargers, size.sites],
    )
    await run(
      'drivers',
      `insert into drivers (name, email) select 'Driver ' || n, 'driver' || n || '@example.test' from generate_series(1, 20000) n`,
    )
    await run('sessions', sessionsSql, [size.sessions])
    for (let month = 0; month < 14; month++)
      await client.query(`select telemetry.ensure_partitions($1::timestamptz)`, [
        new Date(Date.UTC(2024, 11 + month, 15)),
      ])
    // built once afterwards: a third of the time
    await client.query('drop index telemetry.meter_samples_key')
    await run('readings', readingsSql, [size.readingsPerSession])
    await run(
      'index of the readings',
      `create unique index meter_samples_key on telemetry.meter_samples (charger_id, session_id, connector_id, at, context)`,
    )
    await run('statistics', 'vacuum analyze')
  } finally {
    client.release()
  }
}

/** 10 to 70 minutes long, 7 to 22 kW, some with an idle car at the end; one in a thousand needs review. */
const sessionsSql = `
  insert into sessions (public_id, transaction_id, status, charger_id, connector_number, site_id, driver_id, id_tag, started_at,
    stopped_at, meter_start_wh, meter_stop_wh, energy_wh, charging_seconds, duration_seconds, stop_reason, ended_by,
    cost_minor, tax_minor, currency, priced_at)
  select md5('year' || n), 1000000 + n, case when n % 1000 = 0 then 'needs-review' else 'ended' end, ch.id, 1, ch.site_id,
         (select min(id) from drivers) + (n * 7919) % 20000, 'CARD' || n % 50000, x.at, x.at + make_interval(secs => x.secs), 0, wh, wh,
         x.secs * 9 / 10, x.secs, 'EVDisconnected', 'charger', case when n % 1000 <> 0 then wh * 45 / 1000 end,
         case when n % 1000 <> 0 then wh * 45 / 6000 end, case when n % 1000 <> 0 then 'GBP' end, x.at
    from (select n, (timestamptz '2025-01-01' + n * (interval '365 days' / $1::int)) at,
                 600 + (n * 7907) % 3600 secs, (7 + (n * 31) % 16) w from generate_series(1, $1::int) n) x
    cross join lateral (select x.secs * x.w * 1000 / 3600 wh) e
    join (select id, site_id, row_number() over (order by id) - 1 k, count(*) over () many from chargers where identity like 'YEAR-%') ch
      on ch.k = (x.n * 104729) % ch.many`

const readingsSql = `
  insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh, power_w)
  select s.started_at + make_interval(secs => s.duration_seconds::int * r / ($1::int + 1)), s.started_at, s.charger_id, 1, s.id, 1,
         (s.energy_wh * r / ($1::int + 1))::bigint, 11000
    from sessions s cross join generate_series(1, $1::int) r where s.transaction_id > 1000000 order by s.id, r`
