/**
 * A database as the first release left it (its last migration is `20261125_030000_panel`), and what that release goes on
 * writing while the next one migrates. The statements name the columns it knew: they are not to follow today's.
 */
import type { Pool } from '@/db/pool'

export const lastOfFirstRelease = '20261125_030000_panel'

const tariffBody = {
  currency: 'GBP',
  timezone: 'Europe/London',
  elements: [
    {
      components: [
        { type: 'flat', rateMicros: 500_000 },
        { type: 'energy', rateMicros: 450_000 },
      ],
      restrictions: null,
    },
  ],
  taxBasisPoints: 2000,
  taxIncluded: true,
}

/** 20 chargers, 40 drivers with cards, `sessions` priced sessions and one under way on each charger. */
export async function fillFirstRelease(pool: Pool, sessions: number): Promise<void> {
  const run = (text: string, values: unknown[] = []) => pool.query(text, values)
  await run(
    `insert into users (name, email, hash, salt) values ('Ada', 'ada@example.test', 'h', 's')`,
  )
  await run(`insert into grants (user_id, role, scope) values (1, 'super-admin', 'all')`)
  await run(`insert into regions (name) values ('North')`)
  await run(`insert into tariffs (name, currency, energy_rate_micros, session_fee_minor)
             values ('Standard', 'GBP', 450000, 50)`)
  await run(
    `insert into telemetry.tariff_versions (tariff_id, body, sha256) values (1, $1, 'sha')`,
    [JSON.stringify(tariffBody)],
  )
  await run(
    `insert into sites (name, timezone, tariff_id) select 'Site ' || n, 'Europe/London', 1 from generate_series(1, 4) n`,
  )
  await run(
    `insert into charger_states (status, connected, last_seen_at) select 'Available', true, now() from generate_series(1, 20)`,
  )
  await run(`insert into chargers (name, identity, site_id, public_id, state_id)
             select 'Bay ' || id, 'CP-' || id, 1 + id % 4, md5('charger' || id), id from charger_states`)
  await run(
    `insert into connector_states (status, error_code) select 'Available', 'NoError' from charger_states`,
  )
  await run(`insert into connectors (charger_id, connector_id, code, max_power_w, state_id, public_id)
             select id, 1, 'K' || id, 22000, id, md5('connector' || id) from connector_states`)
  await run(`insert into drivers (name, email, status, public_id)
             select 'Driver ' || n, 'driver' || n || '@example.test', 'active', md5('driver' || n) from generate_series(1, 40) n`)
  await run(
    `insert into rfid_cards (uid, label, status, driver_id) select 'CARD' || id, 'Card ' || id, 'active', id from drivers`,
  )
  await run(
    `insert into sessions (public_id, transaction_id, status, charger_id, connector_id, connector_number, site_id, card_id, driver_id,
            id_tag, started_at, stopped_at, meter_start_wh, meter_stop_wh, energy_wh, duration_seconds, stop_reason, ended_by,
            tariff_version, cost_minor, tax_minor, currency, priced_at, review_reason, start_key)
     select md5('session' || n), nextval('telemetry.transaction_ids'), case when n % 50 = 0 then 'needs-review' else 'ended' end,
            1 + n % 20, 1 + n % 20, 1, 1 + (1 + n % 20) % 4, 1 + n % 40, 1 + n % 40, 'CARD' || 1 + n % 40, at, at + interval '1 hour', 1000,
            1000 + n, n, 3600, 'Local', 'charger', 1, case when n % 50 = 0 then null else 50 + n * 45 / 100 end,
            case when n % 50 = 0 then null else (50 + n * 45 / 100) / 6 end, 'GBP', at + interval '61 minutes',
            case when n % 50 = 0 then 'The meter ran backwards.' end, 'key' || n
       from (select n, now() - interval '90 days' + n * interval '89 days' / $1::int as at from generate_series(1, $1::int) n) s`,
    [sessions],
  )
  await run(
    `insert into telemetry.ledger_lines (session_id, line, kind, quantity, unit, rate_micros, amount_minor, tax_minor)
     select id, 1, 'energy', energy_wh, 'Wh', 450000, cost_minor - tax_minor, tax_minor from sessions where cost_minor is not null`,
  )
  await run(
    `insert into sessions (public_id, transaction_id, status, charger_id, connector_id, connector_number, site_id, id_tag, started_at,
            meter_start_wh, energy_wh, tariff_version, currency, start_key)
     select md5('open' || id), nextval('telemetry.transaction_ids'), 'charging', id, id, 1, site_id, 'CARD' || id,
            now() - interval '1 hour', 1000, 0, 1, 'GBP', 'open' || id from chargers`,
  )
  await run(
    `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh, power_w)
     select s.started_at + k * interval '10 minutes', now(), s.charger_id, 1, s.id, 1, 1000 + k * 1000, 6000
       from sessions s, generate_series(0, 5) k where s.stopped_at is null`,
  )
  await run(
    `insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload)
     select now() - n * interval '2 seconds', 1 + n % 20, 1, n % 2, 2, 'Heartbeat', 'm' || n, '[2,"m","Heartbeat",{}]'
       from generate_series(1, $1::int) n`,
    [sessions],
  )
  await run(
    `insert into commands (charger_id, action, payload, status, is_final, outcome, source, settled_at)
     select 1 + n % 20, 'Reset', '{"type":"Soft"}', 'effective', true, 'Back after 41 s.', 'panel', now() from generate_series(1, 200) n`,
  )
  await run(
    `insert into audit_log (at, actor, role, action, resource, resource_id, site_id, after, result)
     select now(), 'Ada', 'super-admin', 'update', 'chargers', '1', 1, '{"name":"Bay"}', 'done' from generate_series(1, 500)`,
  )
  await run(
    `insert into alerts (title, kind, severity, status, charger_id, site_id) values ('Bay 1 is offline', 'offline', 'warning', 'open', 1, 1)`,
  )
  await run(`insert into tickets (subject, status, charger_id) values ('No energy', 'open', 1)`)
}

/** What a charge makes the first release write, once; `key` tells charges apart. */
export async function chargeAsFirstRelease(pool: Pool, key: string): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into sessions (public_id, charger_id, connector_id, connector_number, site_id, card_id, driver_id, id_tag,
            status, started_at, device_started_at, meter_start_wh, energy_wh, tariff_version, currency, start_key,
            created_at, updated_at)
     values (md5($1), 1, 1, 1, 2, 1, 1, 'CARD1', 'charging', now(), 'then', 1000, 0, 1, 'GBP', $1, now(), now())
     on conflict (start_key) do update set start_key = excluded.start_key returning id`,
    [key],
  )
  const session = rows[0]!.id
  await pool.query(
    `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
     values (now(), now(), 1, 1, $1, 1, 1500) on conflict do nothing`,
    [session],
  )
  await pool.query(
    `insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload)
     values (now(), 1, 1, 0, 2, 'MeterValues', $1, '[2]')`,
    [key],
  )
  await pool.query(
    `update charger_states set last_seen_at = now(), updated_at = now() where id = 1`,
  )
  await pool.query(
    `update sessions set stopped_at = now(), ended_by = 'charger', meter_stop_wh = 2000, stop_reason = 'Local', energy_wh = 1000,
            power_w = null, status = 'ended', priced_at = null, updated_at = now(), duration_seconds = 1
      where id = $1`,
    [session],
  )
  await pool.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, session_id, body) values (now(), 'session.ended', 1, 2, $1, '{}')`,
    [session],
  )
}
