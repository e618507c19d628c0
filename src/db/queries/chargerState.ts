import { statusRank } from '@/domain/connector'
import { int4Array, int8Array, jsonText, textArray, timestampArray } from '../arrays'
import { channels, type EventKind } from '../channels'
import type { Tx } from '../writer'

/** `domain/connector.rollUp` for a set, made from its rank table: the lowest rank among a charger's words wins. */
const rankOf = (word: string) =>
  `case ${word} ${Object.entries(statusRank)
    .map(([status, rank]) => `when '${status}' then ${rank}`)
    .join(' ')} end`
const statusOfRank = (rank: string) =>
  `case ${rank} ${Object.entries(statusRank)
    .map(([status, value]) => `when ${value} then '${status}'`)
    .join(' ')} end`

/**
 * Recomputes the one status of each charger from its connection, its own word (connector 0) and its connectors, and
 * says so in the outbox where it changed. Runs after the statements that changed any of the three.
 */
export async function rollUpChargers(
  tx: Pick<Tx, 'query'>,
  chargerIds: readonly number[],
  now: Date,
): Promise<void> {
  await tx.query(
    'roll-up',
    `with told as (
       select ch.id charger_id, ch.site_id, st.id state_id, st.status before,
              case when not st.connected and st.last_seen_at is null then 'NeverConnected'
                   when not st.connected then 'Offline'
                   else coalesce(words.status, st.own_status, 'Unavailable') end as status
         from chargers ch
         join charger_states st on st.id = ch.state_id
         left join lateral (
           select ${statusOfRank(`min(${rankOf('word')})`)} as status
             from (select cs.status word from connectors cn join connector_states cs on cs.id = cn.state_id
                    where cn.charger_id = ch.id
                   union all
                   select st.own_status where st.own_status = 'Faulted') said
         ) words on true
        where ch.id = any($1::int4[])
     ), changed as (
       update charger_states st set status = told.status, status_since = $2, updated_at = $2
         from told where st.id = told.state_id and st.status is distinct from told.status
       returning told.charger_id, told.site_id, told.before, told.status
     )
     insert into telemetry.events (at, kind, charger_id, site_id, body)
     select $2, 'charger.status', charger_id, site_id,
            jsonb_build_object('status', status, 'before', before, 'since', $2)
       from changed`,
    [int4Array(chargerIds), now],
  )
}

export type Announcement = {
  kind: EventKind | `charger.${string}`
  chargerId: number
  at: Date
  body: object
}

/** Outbox rows that only say "this happened to that charger". */
export async function announceAll(tx: Tx, events: readonly Announcement[]): Promise<void> {
  await tx.query(
    'announce',
    `insert into telemetry.events (at, kind, charger_id, site_id, body)
     select e.at, e.kind, e.charger_id, ch.site_id, e.body::jsonb
       from unnest($1::timestamptz[], $2::text[], $3::int4[], $4::text[]) e (at, kind, charger_id, body)
       join chargers ch on ch.id = e.charger_id`,
    [
      timestampArray(events.map((event) => event.at.getTime())),
      textArray(events.map((event) => event.kind)),
      int4Array(events.map((event) => event.chargerId)),
      textArray(events.map((event) => jsonText(event.body))),
    ],
  )
}

/** Wakes the readers of the outbox; once a flush, after its last event. */
export async function notifyEvents(tx: Tx): Promise<void> {
  await tx.query('notify', `select pg_notify($1, '')`, [channels.event])
}

export type ConnectedRow = {
  chargerId: number
  connectionId: number
  at: Date
  remoteAddress: string
  protocol: string
}

export async function setConnected(
  tx: Tx,
  rows: readonly ConnectedRow[],
  instance: string,
): Promise<void> {
  const values = [
    int4Array(rows.map((row) => row.chargerId)),
    int8Array(rows.map((row) => row.connectionId)),
    timestampArray(rows.map((row) => row.at.getTime())),
    textArray(rows.map((row) => row.remoteAddress)),
    textArray(rows.map((row) => row.protocol)),
    instance,
  ]
  await tx.query(
    'connected',
    `with owned as (
       insert into telemetry.connections
         (charger_id, connection_id, connected_at, remote_address, protocol, instance)
       select distinct on (charger_id) *, $6 from unnest($1::int4[], $2::int8[], $3::timestamptz[], $4::text[], $5::text[])
         i (charger_id, connection_id, at, remote_address, protocol)
        order by charger_id, connection_id desc
       on conflict (charger_id) do update
         set connection_id = excluded.connection_id, connected_at = excluded.connected_at, disconnected_at = null,
             remote_address = excluded.remote_address, protocol = excluded.protocol, instance = excluded.instance
         where connections.connection_id < excluded.connection_id
       returning charger_id, connected_at
     )
     update charger_states st
        set connected = true, connected_at = owned.connected_at, last_seen_at = owned.connected_at,
            disconnected_at = null, updated_at = owned.connected_at
       from owned join chargers ch on ch.id = owned.charger_id
      where st.id = ch.state_id`,
    values,
  )
}

/** A close reported by a connection that no longer holds the charger changes nothing. */
export async function setDisconnected(
  tx: Tx,
  rows: readonly { chargerId: number; connectionId: number; at: Date }[],
): Promise<void> {
  await tx.query(
    'disconnected',
    `with gone as (
       update telemetry.connections c set disconnected_at = i.at
         from unnest($1::int4[], $2::int8[], $3::timestamptz[]) i (charger_id, connection_id, at)
        where c.charger_id = i.charger_id and c.connection_id = i.connection_id and c.disconnected_at is null
       returning c.charger_id, i.at
     )
     update charger_states st set connected = false, disconnected_at = gone.at, updated_at = gone.at
       from gone join chargers ch on ch.id = gone.charger_id
      where st.id = ch.state_id`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      int8Array(rows.map((row) => row.connectionId)),
      timestampArray(rows.map((row) => row.at.getTime())),
    ],
  )
}

export async function touchChargers(
  tx: Tx,
  rows: readonly { chargerId: number; at: number }[],
): Promise<void> {
  await tx.query(
    'seen',
    `update charger_states st set last_seen_at = i.at
       from unnest($1::int4[], $2::timestamptz[]) i (charger_id, at)
       join chargers ch on ch.id = i.charger_id
      where st.id = ch.state_id and (st.last_seen_at is null or st.last_seen_at < i.at)`,
    [int4Array(rows.map((row) => row.chargerId)), timestampArray(rows.map((row) => row.at))],
  )
}

export type BootRow = {
  chargerId: number
  at: Date
  vendor: string
  model: string
  chargePointSerialNumber: string | null
  chargeBoxSerialNumber: string | null
  firmwareVersion: string | null
  iccid: string | null
  imsi: string | null
  meterType: string | null
  meterSerialNumber: string | null
}

export async function setBooted(tx: Tx, rows: readonly BootRow[]): Promise<void> {
  const text = (pick: (row: BootRow) => string | null) => textArray(rows.map(pick))
  await tx.query(
    'booted',
    `update charger_states st
        set booted_at = i.at, last_seen_at = i.at, updated_at = i.at, registration_status = 'Accepted',
            vendor = i.vendor, model = i.model, charge_point_serial_number = i.cp_serial,
            charge_box_serial_number = i.cb_serial, firmware_version = i.firmware, iccid = i.iccid, imsi = i.imsi,
            meter_type = i.meter_type, meter_serial_number = i.meter_serial
       from (select distinct on (charger_id) * from unnest($1::int4[], $2::timestamptz[], $3::text[], $4::text[],
              $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
              u (charger_id, at, vendor, model, cp_serial, cb_serial, firmware, iccid, imsi, meter_type, meter_serial)
              order by charger_id, at desc) i
       join chargers ch on ch.id = i.charger_id
      where st.id = ch.state_id`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      timestampArray(rows.map((row) => row.at.getTime())),
      text((row) => row.vendor),
      text((row) => row.model),
      text((row) => row.chargePointSerialNumber),
      text((row) => row.chargeBoxSerialNumber),
      text((row) => row.firmwareVersion),
      text((row) => row.iccid),
      text((row) => row.imsi),
      text((row) => row.meterType),
      text((row) => row.meterSerialNumber),
    ],
  )
}

/** Seconds between heartbeats that a booting charger is told (settings). */
export async function heartbeatInterval(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ seconds: number }>(
    'heartbeat-interval',
    `select coalesce(max(heartbeat_interval_seconds), 300)::int seconds from settings`,
    [],
  )
  return rows[0]!.seconds
}
