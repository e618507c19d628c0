/**
 * A seeded year for the reports, written set by set: sites of one zone, chargers, people, sessions over twelve months with
 * prices and ledgers, their meter readings, one a minute or so, in monthly partitions, and what the connectors said of
 * themselves. Nothing of it is meant to be looked at.
 */
import type { Pool } from '@/db/pool'

export type SeededYear = {
  sites: number
  chargers: number
  sessions: number
  readingsPerSession: number
}

/** The pool's own limit is that of a page. */
const longestMs = 3_600_000

/** The year is 2025, whole: from 1 January in London on. */
export async function seedYear(
  pool: Pool,
  size: SeededYear,
  say: (text: string) => void,
): Promise<void> {
  const client = await pool.connect()
  const run = async (what: string, text: string, values: unknown[] = []) => {
    const startedAt = performance.now()
    const { rowCount } = await client.query({ text, values, query_timeout: longestMs } as never)
    say(`${what}: ${rowCount ?? 0} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  try {
    await client.query(
      `set statement_timeout = 0; set synchronous_commit = off; select setseed(0.42)`,
    )
    await run(
      'regions',
      `insert into regions (name) select 'Region ' || n from generate_series(1, 6) n`,
    )
    await run(
      'operators',
      `insert into organisations (name) select 'Operator ' || n from generate_series(1, 4) n`,
    )
    await run(
      'sites',
      `insert into sites (name, timezone, region_id, operator_id)
       select 'Site ' || n, 'Europe/London', (select min(id) from regions) + n % 6, (select min(id) from organisations) + n % 4
         from generate_series(1, $1::int) n`,
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
    await run(
      'fleets',
      `insert into fleets (name) select 'Fleet ' || n from generate_series(1, 40) n`,
    )
    await run(
      'drivers of a fleet',
      `update drivers set fleet_id = (select min(id) from fleets) + id % 40 where id % 4 = 0`,
    )
    await run(
      'price groups',
      `insert into price_groups (name, pricing) select unnest(array['Staff', 'VIP', 'Tenants', 'Free']), 'tariff'`,
    )
    await run(
      'vehicles',
      `insert into vehicles (registration, fleet_id)
       select 'YR' || n || ' CAR', (select min(id) from fleets) + n % 40 from generate_series(1, 2000) n`,
    )
    await run(
      'cards',
      `insert into rfid_cards (uid, label, driver_id, vehicle_id)
       select 'CARD' || n, case when n % 3 = 0 then 'Card ' || n end, (select min(id) from drivers) + n % 20000,
              case when n % 20 = 0 then (select min(id) from vehicles) + n / 20 % 2000 end from generate_series(1, 40000) n`,
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
    await run('connector states', connectorStatesSql)
    await run('connectors', connectorsSql)
    await run('words of the connectors', statusLogSql)
    await run('connections lost and made', connectionsSql)
    await run('ledger lines', ledgerSql)
    await run('statistics', 'vacuum analyze')
  } finally {
    client.release()
  }
}

/** 10 to 70 minutes long, 7 to 22 kW, some with an idle car at the end; one in a thousand needs review. */
const sessionsSql = `
  insert into sessions (public_id, transaction_id, status, charger_id, connector_number, site_id, driver_id, card_id, price_group_id, id_tag, started_at,
    stopped_at, meter_start_wh, meter_stop_wh, energy_wh, charging_seconds, duration_seconds, stop_reason, ended_by,
    cost_minor, tax_minor, currency, priced_at)
  select md5('year' || n), 1000000 + n, case when n % 1000 = 0 then 'needs-review' else 'ended' end, ch.id, 1, ch.site_id,
         (select min(id) from drivers) + (n * 7919) % 20000,
         case when n % 3 > 0 then (select min(id) from rfid_cards) + n % 40000 end,
         case when n % 5 = 0 then (select min(id) from price_groups) + n % 4 end, 'CARD' || n % 50000, x.at, x.at + make_interval(secs => x.secs), 0, wh, wh,
         x.secs * 9 / 10, x.secs, 'EVDisconnected', 'charger', case when n % 1000 <> 0 then wh * 45 / 1000 end,
         case when n % 1000 <> 0 then wh * 45 / 6000 end, case when n % 1000 <> 0 then 'GBP' end, x.at
    from (select n, (n * 104729) % (select count(*) from chargers where identity like 'YEAR-%') k,
                 (timestamptz '2025-01-01' + n * (interval '365 days' / $1::bigint)) at,
                 600 + (n * 7907) % 3600 secs, (7 + (n * 31) % 16) w from generate_series(1, $1::bigint) n) x
    cross join lateral (select x.secs * x.w * 1000 / 3600 wh) e
    join (select id, site_id, row_number() over (order by id) - 1 k from chargers where identity like 'YEAR-%') ch using (k)`

const readingsSql = `
  insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh, power_w)
  select s.started_at + make_interval(secs => s.duration_seconds::int * r / ($1::int + 1)), s.started_at, s.charger_id, 1, s.id, 1,
         (s.energy_wh * r / ($1::int + 1))::bigint, 11000
    from sessions s cross join generate_series(1, $1::int) r where s.transaction_id > 1000000 order by s.id, r`

const connectorStatesSql = `insert into connector_states (status, error_code)
  select 'Available', 'NoError' from chargers where identity like 'YEAR-%'`

/** Every other one is rapid. */
const connectorsSql = `
  insert into connectors (charger_id, connector_id, code, standard, max_power_w, state_id)
  select ch.id, 1, 'YEAR' || ch.id, 'CCS', case when ch.id % 2 = 0 then 50000 else 22000 end, st.id
    from (select id, row_number() over (order by id) n from chargers where identity like 'YEAR-%') ch
    join (select id, row_number() over (order by id desc) n from connector_states) st using (n)`

/** Four words a session; a connector in a thousand sessions is faulted for a quarter of an hour after it. */
const statusLogSql = `
  insert into telemetry.status_log (at, charger_id, connector_id, status, error_code)
  select s.started_at + x.late, s.charger_id, 1, x.status, x.error_code
    from sessions s cross join lateral (values
           (interval '-20 seconds', 'Preparing', 'NoError'), (interval '0', 'Charging', 'NoError'),
           (make_interval(secs => s.duration_seconds::int), case when s.id % 1000 = 0 then 'Faulted' else 'Finishing' end,
            case when s.id % 1000 = 0 then 'HighTemperature' else 'NoError' end),
           (make_interval(secs => s.duration_seconds::int + 900), 'Available', 'NoError')) x (late, status, error_code)
   where s.transaction_id > 1000000 order by s.id`

/** Every charger once a week for ten minutes; what is older than two months is in the charger's log. */
const connectionsSql = `
  insert into telemetry.charger_log (id, at, charger_id, kind)
  select row_number() over (), x.at, ch.id, x.kind
    from chargers ch cross join generate_series(0, 51) week cross join lateral (values
           (timestamptz '2025-01-01' + make_interval(days => week * 7, secs => ch.id * 61 % 86400), 'charger.disconnected'),
           (timestamptz '2025-01-01' + make_interval(days => week * 7, secs => ch.id * 61 % 86400 + 600), 'charger.connected')) x (at, kind)
   where ch.identity like 'YEAR-%'`

const ledgerSql = `
  insert into telemetry.ledger_lines (session_id, line, kind, quantity, unit, rate_micros, amount_minor, tax_minor, from_at, until_at, body)
  select id, 1, 'energy', energy_wh, 'Wh', 450000, cost_minor, tax_minor, started_at, stopped_at, '{"taxBasisPoints": 2000}'
    from sessions where cost_minor is not null order by id`
