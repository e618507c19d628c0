/**
 * A network of the size the panel is measured with, written set by set: 10,000 chargers at 2,000 sites, 1,000,000
 * sessions over a year, people, cards, a log. The same `random` gives the same network; nothing of it is meant to be
 * looked at closely, but names, shares and times are those of a real one.
 */
import type { Pool } from '@/db/pool'

export type BigNetwork = { chargers: number; sessions: number }

const sitesPerCharger = 5

/** `fillBigNetwork`: into an empty, migrated database; about two minutes for a million sessions. */
export async function fillBigNetwork(
  pool: Pool,
  size: BigNetwork,
  say: (text: string) => void,
): Promise<void> {
  const { chargers, sessions } = size
  const sites = Math.max(1, Math.round(chargers / sitesPerCharger))
  const client = await pool.connect()
  const run = async (what: string, text: string, values: unknown[] = []) => {
    const startedAt = performance.now()
    const { rowCount } = await client.query(text, values)
    say(`${what}: ${rowCount} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  try {
    await client.query(
      `set statement_timeout = 0; set synchronous_commit = off; select setseed(0.42)`,
    )
    await run(
      'regions',
      `insert into regions (name) select 'Region ' || n from generate_series(1, 12) n`,
    )
    await run(
      'organisations',
      `insert into organisations (name, kind) select 'Company ' || n, (case when n <= 8 then 'operator' else 'site-owner' end)::enum_organisations_kind
         from generate_series(1, 60) n`,
    )
    await run(
      'tariffs',
      `insert into tariffs (name, energy_rate_micros) select 'Tariff ' || n, 300000 + n * 10000 from generate_series(1, 20) n`,
    )
    await run('sites', sitesSql, [sites])
    await run('charger states', chargerStatesSql, [chargers])
    await run('chargers', chargersSql, [sites])
    await run('connector states', connectorStatesSql)
    await run('connectors', connectorsSql)
    await run('drivers', driversSql, [Math.max(100, chargers * 4)])
    await run(
      'fleets',
      `insert into fleets (name, site_id) select 'Fleet ' || n, 24 from generate_series(1, 40) n`,
    )
    await run('drivers of a fleet', `update drivers set fleet_id = 1 + id % 40 where id % 4 = 0`)
    await run('cards', cardsSql)
    await run('sessions', sessionsSql, [sessions])
    await run('sessions under way', openSql, [Math.max(1, Math.round(chargers / 8))])
    await run('samples', samplesSql)
    await run('status log', statusLogSql, [chargers * 40])
    await run('frames', framesSql, [chargers * 60])
    await run('commands', commandsSql, [chargers * 4])
    await run('audit log', auditSql, [chargers * 10])
    await run('handshakes', handshakesSql)
    await client.query('vacuum analyze')
  } finally {
    client.release()
  }
}

/** Towns of the United Kingdom; sites lie around them. */
const towns = `(values ('London', 51.51, -0.13), ('Birmingham', 52.48, -1.89), ('Leeds', 53.80, -1.55), ('Glasgow', 55.86, -4.25),
  ('Sheffield', 53.38, -1.47), ('Manchester', 53.48, -2.24), ('Edinburgh', 55.95, -3.19), ('Liverpool', 53.41, -2.99),
  ('Bristol', 51.45, -2.59), ('Cardiff', 51.48, -3.18), ('Leicester', 52.64, -1.13), ('Coventry', 52.41, -1.51),
  ('Nottingham', 52.95, -1.15), ('Newcastle', 54.98, -1.61), ('Belfast', 54.60, -5.93), ('Brighton', 50.82, -0.14),
  ('Plymouth', 50.38, -4.14), ('Norwich', 52.63, 1.30), ('Aberdeen', 57.15, -2.09), ('Exeter', 50.72, -3.53))`

const sitesSql = `
  with town as (select row_number() over () - 1 as k, t.* from ${towns} t (name, lat, lng))
  insert into sites (name, address, latitude, longitude, timezone, region_id, operator_id, owner_id, tariff_id, public_id)
  select town.name || ' ' || (array['Station','Retail Park','Arena','Harbour','Civic Centre','Business Park','Hotel','Services'])[1 + n % 8]
           || ' ' || n, n || ' High Street, ' || town.name,
         round((town.lat + (random() - 0.5) * 0.5)::numeric, 5), round((town.lng + (random() - 0.5) * 0.8)::numeric, 5),
         'Europe/London', 1 + n % 12, 1 + n % 8, 9 + n % 52, 1 + n % 20, md5('site' || n)
    from generate_series(1, $1::int) n join town on town.k = n % 20`

const chargerStatesSql = `
  insert into charger_states (status, status_since, connected, connected_at, last_seen_at, registration_status, booted_at,
                              vendor, model, firmware_version, charge_point_serial_number, error_code, own_status)
  select status, now() - random() * interval '5 days', status not in ('Offline', 'NeverConnected'), now() - interval '3 days',
         case when status = 'NeverConnected' then null else now() - random() * interval '4 min' end,
         case when status = 'NeverConnected' then null else 'Accepted' end, now() - random() * interval '30 days',
         (array['Alfen','ABB','Kempower','EVBox'])[1 + n % 4], 'Model ' || n % 9, '5.' || n % 7 || '.1', 'SN' || lpad(n::text, 8, '0'),
         case when status = 'Faulted' then 'GroundFailure' else 'NoError' end, 'Available'
    from (select n, case when r < 0.66 then 'Available' when r < 0.86 then 'Charging' when r < 0.90 then 'Preparing'
                         when r < 0.92 then 'Finishing' when r < 0.94 then 'Unavailable' when r < 0.98 then 'Offline'
                         when r < 0.995 then 'Faulted' else 'NeverConnected' end as status
            from (select n, random() r from generate_series(1, $1::int) n) x) y`

const chargersSql = `
  insert into chargers (name, identity, serial_number, site_id, visibility, public_id, state_id)
  select (array['Bay ','Charger ','Parking Bay ','Rapid ','Villa '])[1 + id % 5] || id, 'CP-' || lpad(id::text, 6, '0'),
         'SN' || lpad(id::text, 8, '0'), 1 + id % $1::int, (case when id % 3 = 0 then 'private' else 'public' end)::enum_chargers_visibility,
         md5('charger' || id), id from charger_states`

const connectorStatesSql = `
  insert into connector_states (status, error_code, status_since)
  select case when k = 1 and st.status in ('Charging', 'Faulted', 'Preparing', 'Finishing', 'Unavailable') then st.status else 'Available' end,
         case when k = 1 and st.status = 'Faulted' then 'GroundFailure' else 'NoError' end, st.status_since
    from charger_states st, generate_series(1, 2) k order by st.id, k`

const connectorsSql = `
  insert into connectors (charger_id, connector_id, code, standard, max_power_w, state_id)
  select 1 + (id - 1) / 2, 1 + (id - 1) % 2, 'K' || id, 'Type 2', 22000, id from connector_states`

const driversSql = `
  insert into drivers (name, email, status, public_id)
  select (array['Amelia','Oliver','Isla','George','Ava','Harry','Mia','Noah','Freya','Jack'])[1 + n % 10] || ' '
           || (array['Smith','Jones','Taylor','Brown','Khan','Wilson','Evans','Patel','Walker','Green'])[1 + (n / 10) % 10] || ' ' || n,
         'driver' || n || '@example.test', 'active', md5('driver' || n) from generate_series(1, $1::int) n`

const cardsSql = `
  insert into rfid_cards (uid, label, status, driver_id)
  select upper(lpad(to_hex(id::bigint * 2654435 + 11), 14, '04')), 'Card ' || id, 'active', id from drivers`

/** Evenly over a year, a tenth of a day each at most; every one priced. */
const sessionsSql = `
  insert into sessions (transaction_id, status, charger_id, connector_id, connector_number, site_id, card_id, driver_id, id_tag,
                        started_at, stopped_at, meter_start_wh, meter_stop_wh, energy_wh, duration_seconds, stop_reason,
                        tariff_version, cost_minor, tax_minor, currency, priced_at, start_key)
  select nextval('telemetry.transaction_ids'), case when n % 2000 = 0 then 'needs-review' else 'ended' end, ch.id, 2 * ch.id - (n % 2), 1 + n % 2,
         ch.site_id, 1 + n % (select count(*) from drivers)::int, 1 + n % (select count(*) from drivers)::int, 'CARD' || n % 40000,
         at, at + seconds * interval '1 second', 1000, 1000 + wh, wh, seconds,
         (array['EVDisconnected','Local','Remote','Other'])[1 + n % 4], 1, wh / 20, wh / 120, 'GBP', at + interval '1 day', 'k' || n
    from (select n, now() - interval '365 days' + n * (interval '364.8 days' / $1::int) as at, 600 + (random() * 9000)::int as seconds,
                 1000 + (random() * 40000)::int as wh, 1 + (random() * ((select count(*) from chargers) - 1))::int as charger
            from generate_series(1, $1::int) n) s
    join chargers ch on ch.id = s.charger`

const openSql = `
  insert into sessions (transaction_id, status, charger_id, connector_id, connector_number, site_id, card_id, driver_id, id_tag,
                        started_at, meter_start_wh, energy_wh, power_w, last_sample_at, tariff_version, cost_minor, currency, start_key)
  select nextval('telemetry.transaction_ids'), 'charging', ch.id, 2 * ch.id - 1, 1, ch.site_id, ch.id, ch.id, 'CARD' || ch.id,
         now() - interval '90 minutes', 1000, 15000, 11000, now(), 1, 600, 'GBP', 'open' || ch.id
    from chargers ch join charger_states st on st.id = ch.state_id where st.status = 'Charging' order by ch.id limit $1::int`

const samplesSql = `
  insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh, power_w, soc_percent)
  select s.started_at + k * interval '1 minute', s.started_at + k * interval '1 minute', s.charger_id, 1, s.id, 1, 1000 + k * 170, 11000, k / 2
    from sessions s, generate_series(1, 90) k where s.stopped_at is null`

const statusLogSql = `
  insert into telemetry.status_log (at, charger_id, connector_id, status, error_code)
  select now() - random() * interval '20 days', 1 + n % (select count(*) from chargers)::int, 1 + n % 2,
         (array['Available','Preparing','Charging','Finishing','Faulted'])[1 + n % 5], case when n % 5 = 4 then 'HighTemperature' else 'NoError' end
    from generate_series(1, $1::int) n`

const framesSql = `
  insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload)
  select now() - n * interval '2 seconds', 1 + n % (select count(*) from chargers)::int, 1, n % 2, 2 + n % 2,
         (array['Heartbeat','MeterValues','StatusNotification'])[1 + n % 3], 'm' || n, '[2,"m' || n || '","Heartbeat",{}]'
    from generate_series(1, $1::int) n`

const commandsSql = `
  insert into commands (charger_id, action, payload, status, is_final, outcome, source, created_at, sent_at, settled_at)
  select 1 + n % (select count(*) from chargers)::int, 'Reset', '{"type":"Soft"}', 'effective', true, 'Back after 41 s.', 'panel',
         now() - n * interval '1 minute', now() - n * interval '1 minute', now() - n * interval '1 minute'
    from generate_series(1, $1::int) n`

const auditSql = `
  insert into audit_log (at, actor, role, action, resource, resource_id, site_id, after, result)
  select now() - n * interval '1 minute', 'Ada Admin', 'super-admin', 'update', 'chargers',
         (1 + n % (select count(*) from chargers))::text, 1 + n % (select count(*) from sites)::int, '{"name":"Bay"}', 'done'
    from generate_series(1, $1::int) n`

const handshakesSql = `
  insert into telemetry.handshakes (at, identity, remote_address, cause, detail)
  select now() - n * interval '20 seconds', 'NEW-' || n % 37, '192.0.2.' || n % 200,
         (array['unknown-charger','wrong-password','no-password','subprotocol'])[1 + n % 4], 'ocpp1.6; user agent Sim'
    from generate_series(1, 20000) n`
