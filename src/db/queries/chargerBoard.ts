import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** Instants travel as ISO text (the row is JSON), energies in Wh, power in W, money in minor units. */
export type ChargerBoard = {
  id: number
  name: string
  identity: string
  serialNumber: string | null
  visibility: string
  siteId: number
  siteName: string
  regionId: number | null
  timezone: string
  readAt: string
  state: {
    status: string | null
    statusSince: string | null
    connected: boolean
    connectedAt: string | null
    disconnectedAt: string | null
    lastSeenAt: string | null
    bootedAt: string | null
    vendor: string | null
    model: string | null
    chargePointSerialNumber: string | null
    chargeBoxSerialNumber: string | null
    firmwareVersion: string | null
    iccid: string | null
    imsi: string | null
    meterType: string | null
    meterSerialNumber: string | null
    errorCode: string | null
    vendorErrorCode: string | null
    info: string | null
    ownStatus: string | null
  }
  connection: { remoteAddress: string | null; protocol: string | null } | null
  connectors: ConnectorBoard[]
  commands: CommandBoard[]
  recent: RecentSession[]
}

export type ConnectorBoard = {
  id: number
  number: number
  label: string | null
  code: string | null
  standard: string | null
  maxPowerW: number | null
  status: string | null
  statusSince: string | null
  errorCode: string | null
  vendorErrorCode: string | null
  info: string | null
  session: RunningSession | null
  /** Kept free for somebody; `who` is null for those who may not know. */
  reservation: { id: number; who: string | null; until: string; isCancelling: boolean } | null
}

/** `[milliseconds since 1970, W or null, register in Wh or null]` */
export type CurvePoint = [number, number | null, number | null]

export type RunningSession = {
  id: number
  transactionId: number
  who: string | null
  startedAt: string
  lastSampleAt: string | null
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
  costMinor: number | null
  currency: string | null
  curve: CurvePoint[] | null
}

export type CommandBoard = {
  id: number
  action: string
  payload: string | null
  status: string
  isFinal: boolean
  reason: string | null
  outcome: string | null
  source: string | null
  requestedBy: string | null
  createdAt: string
  sentAt: string | null
  answeredAt: string | null
  settledAt: string | null
}

export type RecentSession = {
  id: number
  transactionId: number
  connectorNumber: number | null
  status: string
  startedAt: string
  stoppedAt: string | null
  energyWh: number | null
  durationSeconds: number | null
  costMinor: number | null
  currency: string | null
  stopReason: string | null
  who: string | null
}

/** What a person is called on a session: the driver's name, else the card's label, else what the charger sent. */
export const whoSql = (session: string) =>
  `coalesce((select d.name from drivers d where d.id = ${session}.driver_id),
            (select nullif(k.label, '') from rfid_cards k where k.id = ${session}.card_id), ${session}.id_tag)`

/** The last column is thinned to about 120 points, the newest always among them. Index: meter_samples_key. */
export const curveSql = (session: string) => `(
  select json_agg(json_build_array(floor(extract(epoch from at) * 1000), power_w, energy_wh) order by at)
    from (select at, power_w, energy_wh, row_number() over (order by at) n, count(*) over () total
            from telemetry.meter_samples m
           where m.charger_id = ${session}.charger_id and m.session_id = ${session}.id) points
   where n % greatest(1, total / 120) = 0 or n = total)`

export const commandJson = `json_build_object('id', c.id, 'action', c.action, 'payload', c.payload, 'status', c.status,
  'isFinal', coalesce(c.is_final, false), 'reason', c.reason, 'outcome', c.outcome, 'source', c.source,
  'requestedBy', (select coalesce(nullif(u.name, ''), u.email) from users u where u.id = c.requested_by_id),
  'createdAt', c.created_at, 'sentAt', c.sent_at, 'answeredAt', c.answered_at, 'settledAt', c.settled_at)`

/**
 * `readChargerBoard`: all that a charger's page shows, in one statement; null for a charger outside the scope, as for
 * one that does not exist. `people` is where the viewer may see who is charging, `details` where serials, addresses and
 * error texts; `seesCommands` false leaves out what was asked of it.
 */
export async function readChargerBoard(
  sql: Sql,
  chargerId: number,
  options: {
    scope: Scope
    people: Scope
    details: Scope
    seesCommands: boolean
    reservations: Scope
    reservedFor: Scope
  },
): Promise<ChargerBoard | null> {
  const values: unknown[] = [chargerId, options.seesCommands]
  const columns = { charger: 'ch.id', site: 'ch.site_id' }
  const inScope = scopeSql(options.scope, columns, values)
  const people = scopeSql(options.people, columns, values)
  const details = scopeSql(options.details, columns, values)
  const reservations = scopeSql(options.reservations, columns, values)
  const reservedFor = scopeSql(options.reservedFor, columns, values)
  const { rows } = await sql.query<{ board: ChargerBoard }>(
    `select json_build_object(
       'id', ch.id, 'name', ch.name, 'identity', ch.identity, 'serialNumber', ch.serial_number,
       'visibility', ch.visibility, 'siteId', si.id, 'siteName', si.name, 'regionId', si.region_id, 'readAt', clock_timestamp(),
       'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
       'state', json_build_object('status', st.status, 'statusSince', st.status_since,
         'connected', coalesce(st.connected, false), 'connectedAt', st.connected_at,
         'disconnectedAt', st.disconnected_at, 'lastSeenAt', st.last_seen_at, 'bootedAt', st.booted_at,
         'vendor', st.vendor, 'model', st.model, 'firmwareVersion', st.firmware_version,
         'chargePointSerialNumber', case when ${details} then st.charge_point_serial_number end,
         'chargeBoxSerialNumber', case when ${details} then st.charge_box_serial_number end,
         'iccid', case when ${details} then st.iccid end, 'imsi', case when ${details} then st.imsi end,
         'meterType', st.meter_type, 'meterSerialNumber', case when ${details} then st.meter_serial_number end,
         'errorCode', st.error_code, 'vendorErrorCode', case when ${details} then st.vendor_error_code end,
         'info', case when ${details} then st.info end, 'ownStatus', st.own_status),
       'connection', (select json_build_object('remoteAddress', case when ${details} then cx.remote_address end, 'protocol', cx.protocol)
                        from telemetry.connections cx where cx.charger_id = ch.id and cx.disconnected_at is null),
       'connectors', coalesce((
         select json_agg(json_build_object('id', cn.id, 'number', cn.connector_id, 'label', cn.label, 'code', cn.code,
                  'standard', cn.standard, 'maxPowerW', cn.max_power_w, 'status', cs.status,
                  'statusSince', cs.status_since, 'errorCode', cs.error_code,
                  'vendorErrorCode', case when ${details} then cs.vendor_error_code end, 'info', case when ${details} then cs.info end,
                  'reservation', (
                    select json_build_object('id', r.id, 'until', r.until, 'isCancelling', coalesce(not cc.is_final, false),
                             'who', case when ${reservedFor} then coalesce(
                               (select d.name from drivers d where d.id = r.driver_id),
                               (select coalesce(nullif(k.label, ''), 'a card') from rfid_cards k where k.id = r.card_id)) end)
                      from reservations r left join commands cc on cc.id = r.cancel_command_id
                     where ${reservations} and r.charger_id = ch.id and r.state = 'accepted'
                       and (r.connector_number = cn.connector_id or (r.connector_number = 0 and cs.status = 'Reserved'))
                     order by r.id desc limit 1),
                  'session', (
                    select json_build_object('id', s.id, 'transactionId', s.transaction_id,
                             'who', case when ${people} then ${whoSql('s')} end, 'startedAt', s.started_at,
                             'lastSampleAt', s.last_sample_at, 'energyWh', s.energy_wh, 'powerW', s.power_w,
                             'socPercent', s.soc_percent, 'costMinor', s.cost_minor, 'currency', s.currency,
                             'curve', ${curveSql('s')})
                      from sessions s
                     where s.charger_id = ch.id and s.connector_number = cn.connector_id and s.stopped_at is null
                     order by s.id desc limit 1)) order by cn.connector_id)
           from connectors cn left join connector_states cs on cs.id = cn.state_id
          where cn.charger_id = ch.id), '[]'),
       'commands', case when $2 then coalesce((
         select json_agg(${commandJson} order by c.id desc)
           from (select * from commands where charger_id = ch.id order by id desc limit 5) c), '[]') else '[]' end,
       'recent', coalesce((
         select json_agg(json_build_object('id', s.id, 'transactionId', s.transaction_id,
                  'connectorNumber', s.connector_number, 'status', s.status, 'startedAt', s.started_at,
                  'stoppedAt', s.stopped_at, 'energyWh', s.energy_wh, 'durationSeconds', s.duration_seconds,
                  'costMinor', s.cost_minor, 'currency', s.currency, 'stopReason', s.stop_reason,
                  'who', case when ${people} then ${whoSql('s')} end) order by s.started_at desc)
           from (select * from sessions where charger_id = ch.id and stopped_at is not null
                  order by started_at desc limit 5) s), '[]')
     ) as board
       from chargers ch
       join sites si on si.id = ch.site_id
       left join charger_states st on st.id = ch.state_id
      where ch.id = $1 and ${inScope}`,
    values,
  )
  return rows[0]?.board ?? null
}
