/** What the chargers said of themselves in the ninety days: the reports on uptime and reliability read nothing else. */
import type { Sql } from '@/db/pool'
import { outOfUseOf, demoNote } from './demoNetwork'
import type { PlacedNetwork } from './demoInsert'

const days = 91

/**
 * Connected all the time but for the offline alerts that were; each session is four words; a fault of the past where no car
 * stood there. One charger was out of use for days that do not count against it.
 */
export async function insertWords(sql: Sql, network: PlacedNetwork, now: Date): Promise<void> {
  const values = [demoNote, now]
  await sql.query(wordsSql, values)
  await sql.query(linksSql, values)
  for (const charger of network.chargers) {
    const outOfUse = outOfUseOf(charger, now)
    if (!outOfUse) continue
    await sql.query(
      `insert into telemetry.status_log (at, charger_id, connector_id, status, error_code)
       select x.at, cn.charger_id, cn.connector_id, x.status, 'NoError'
         from connectors cn cross join (values ($2::timestamptz, 'Unavailable'), ($3, 'Available')) x (at, status)
        where cn.charger_id = $1`,
      [charger.id, outOfUse.from, outOfUse.until],
    )
    await sql.query(
      `insert into exempt_periods (charger_id, "from", until, reason, explanation)
       values ($1, $2, $3, 'power', 'Power cut by the network operator, reference DEMO-4711')`,
      [charger.id, outOfUse.from, outOfUse.until],
    )
  }
}

const wordsSql = `
  insert into telemetry.status_log (at, charger_id, connector_id, status, error_code)
  select x.at, x.charger_id, x.connector_id, x.status, x.error_code from (
    select $2::timestamptz - interval '${days} days' as at, cn.charger_id, cn.connector_id, 'Available' status, 'NoError' error_code
      from connectors cn join chargers ch on ch.id = cn.charger_id join charger_states st on st.id = ch.state_id
     where ch.note = $1 and st.last_seen_at is not null
    union all
    select w.at, s.charger_id, s.connector_number, w.status, 'NoError'
      from sessions s join chargers ch on ch.id = s.charger_id
     cross join lateral (values (s.started_at - interval '20 seconds', 'Preparing'), (s.started_at, 'Charging'),
             (s.stopped_at, 'Finishing'), (s.stopped_at + interval '40 seconds', 'Available')) w (at, status)
     where ch.note = $1 and s.stopped_at is not null
    union all
    select w.at, a.charger_id, a.connector_id::int, w.status, w.error_code
      from alerts a join chargers ch on ch.id = a.charger_id
      join (values ('lock', 'ConnectorLockFailure'), ('overheating', 'HighTemperature'), ('card-reader', 'ReaderFailure')) f (kind, code)
        on f.kind = a.kind
     cross join lateral (values (a.first_at, 'Faulted', f.code), (a.resolved_at, 'Available', 'NoError')) w (at, status, error_code)
     where ch.note = $1 and a.connector_id is not null and a.resolved_at is not null
       and not exists (select from sessions s where s.charger_id = a.charger_id and s.connector_number = a.connector_id
                          and s.started_at < a.resolved_at and s.stopped_at > a.first_at)) x
   order by x.at`

const linksSql = `
  insert into telemetry.charger_log (id, at, charger_id, kind)
  select nextval(pg_get_serial_sequence('telemetry.events', 'id')), x.at, x.charger_id, x.kind from (
    select $2::timestamptz - interval '${days} days' as at, ch.id charger_id, 'charger.connected' kind
      from chargers ch join charger_states st on st.id = ch.state_id where ch.note = $1 and st.last_seen_at is not null
    union all
    select st.disconnected_at, ch.id, 'charger.disconnected'
      from chargers ch join charger_states st on st.id = ch.state_id where ch.note = $1 and st.disconnected_at is not null
    union all
    select w.at, a.charger_id, w.kind
      from alerts a join chargers ch on ch.id = a.charger_id
     cross join lateral (values (a.first_at, 'charger.disconnected'), (a.resolved_at, 'charger.connected')) w (at, kind)
     where ch.note = $1 and a.kind = 'offline' and a.resolved_at is not null) x
   order by x.at`
