import type { Sql } from '../pool'

/** A charger as its rows show it, for the rules of incidents. */
export type ChargerPicture = {
  chargerId: number
  siteId: number
  registeredAt: Date
  hasConnected: boolean
  connectionId: number | null
  connectionAt: Date | null
  isOpen: boolean
  lastSeenAt: Date | null
  vendor: string | null
  model: string | null
  serial: string | null
  firmware: string | null
  connectors: {
    connectorId: number
    status: string
    errorCode: string | null
    vendorErrorCode: string | null
    info: string | null
    since: string | null
  }[]
}

/** `readPictures`: these chargers as they are now. */
export async function readPictures(
  sql: Sql,
  chargerIds: readonly number[],
): Promise<ChargerPicture[]> {
  if (chargerIds.length === 0) return []
  const { rows } = await sql.query<ChargerPicture>(
    `select ch.id as "chargerId", ch.site_id as "siteId", ch.created_at as "registeredAt",
            st.last_seen_at is not null as "hasConnected", case when st.last_seen_at is not null then coalesce(c.connection_id, 0) end as "connectionId",
            coalesce(c.connected_at, st.connected_at) as "connectionAt", coalesce(st.connected, false) as "isOpen",
            st.last_seen_at as "lastSeenAt", st.vendor, st.model,
            coalesce(st.charge_point_serial_number, st.charge_box_serial_number) as serial,
            st.firmware_version as firmware,
            (select coalesce(json_agg(said), '[]') from (
               select cn.connector_id as "connectorId", cs.status, cs.error_code as "errorCode",
                      cs.vendor_error_code as "vendorErrorCode", cs.info, cs.status_since as since
                 from connectors cn join connector_states cs on cs.id = cn.state_id
                where cn.charger_id = ch.id and cs.status is not null
               union all
               select 0, st.own_status, st.error_code, st.vendor_error_code, st.info, st.updated_at
                where st.own_status is not null) said) as connectors
       from chargers ch
       join charger_states st on st.id = ch.state_id
       left join telemetry.connections c on c.charger_id = ch.id
      where ch.id = any($1::int[])`,
    [chargerIds],
  )
  return rows
}

/** `readUnmet`: chargers that the rules have never seen. Index: incident_memory_pkey. */
export async function readUnmet(sql: Sql, limit: number): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select ch.id from chargers ch
      where not exists (select from telemetry.incident_memory m where m.charger_id = ch.id)
      order by ch.id limit $1`,
    [limit],
  )
  return rows.map((row) => row.id)
}

export type PricedSession = {
  sessionId: number
  /** The last starts at its connector, the newest first. `card` is a hash: it tells cards apart and nothing else. */
  starts: { sessionId: number; energyWh: number | null; card: string | null }[]
}

/**
 * `readStarts`: for sessions that were priced, the last five that ended at the same connector. Starts that a rule of
 * ours refused (DeAuthorized) say nothing of the charger. Index: sessions_charger (charger, started_at).
 */
export async function readStarts(
  sql: Sql,
  sessionIds: readonly number[],
): Promise<PricedSession[]> {
  if (sessionIds.length === 0) return []
  const { rows } = await sql.query<PricedSession>(
    `select s.id as "sessionId", coalesce(last.starts, '[]') as starts
       from sessions s
       left join lateral (
         select json_agg(json_build_object('sessionId', id, 'energyWh', energy_wh,
                  'card', left(encode(sha256(convert_to(upper(coalesce(id_tag, '')), 'UTF8')), 'hex'), 16))
                  order by started_at desc, id desc) as starts
           from (select p.id, p.energy_wh, p.id_tag, p.started_at from sessions p
                  where p.charger_id = s.charger_id and p.connector_number = s.connector_number
                    and p.stopped_at is not null and p.started_at <= s.started_at
                    and coalesce(p.stop_reason, '') <> 'DeAuthorized'
                  order by p.started_at desc, p.id desc limit 5) five) last on true
      where s.id = any($1::int[])`,
    [sessionIds],
  )
  return rows
}

/** When chargers were last heard: a socket that died silently is given up long after its last frame. */
export async function readLastSeen(
  sql: Sql,
  chargerIds: readonly number[],
): Promise<Map<number, Date>> {
  if (chargerIds.length === 0) return new Map()
  const { rows } = await sql.query<{ id: number; at: Date }>(
    `select ch.id, st.last_seen_at as at from chargers ch join charger_states st on st.id = ch.state_id
      where ch.id = any($1::int[]) and st.last_seen_at is not null`,
    [chargerIds],
  )
  return new Map(rows.map((row) => [row.id, row.at]))
}

export type Register = {
  chargerId: number
  siteId: number
  sessionId: number
  connectorId: number
  lastAt: Date
  /** Since when the register shows what it shows now. */
  sinceAt: Date
}

/**
 * `readRegisters`: sessions that run on a connector that says Charging, with the newest reading of the register and how
 * long it has stood there, as far back as `standstillMs`. Sessions whose charger sends no readings are not among them.
 * Indexes: sessions_open, meter_samples_key (one look for each of the two readings).
 */
export async function readRegisters(
  sql: Sql,
  options: { now: Date; standstillMs: number; limit: number; afterId: number },
): Promise<Register[]> {
  const { rows } = await sql.query<Register>(
    `select s.charger_id as "chargerId", s.site_id as "siteId", s.id as "sessionId",
            s.connector_number::int as "connectorId", newest.at as "lastAt",
            coalesce(changed.at, greatest(s.started_at, $1::timestamptz - make_interval(secs => $2 * 2))) as "sinceAt"
       from sessions s
       join connectors cn on cn.charger_id = s.charger_id and cn.connector_id = s.connector_number
       join connector_states cs on cs.id = cn.state_id and cs.status = 'Charging'
       join lateral (
         select m.at, m.energy_wh from telemetry.meter_samples m
          where m.charger_id = s.charger_id and m.session_id = s.id and m.energy_wh is not null
            and m.at > $1::timestamptz - make_interval(secs => $2)
          order by m.at desc limit 1) newest on true
       left join lateral (
         select min(m.at) as at from telemetry.meter_samples m
          where m.charger_id = s.charger_id and m.session_id = s.id and m.energy_wh >= newest.energy_wh
            and m.at > $1::timestamptz - make_interval(secs => $2 * 2)) changed on true
      where s.stopped_at is null and s.id > $4
      order by s.id limit $3`,
    [options.now, options.standstillMs / 1000, options.limit, options.afterId],
  )
  return rows
}
