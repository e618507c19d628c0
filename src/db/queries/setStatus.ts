import { int4Array, textArray, timestampArray } from '../arrays'
import type { Tx } from '../writer'

export type StatusRow = {
  chargerId: number
  connectorId: number
  status: string
  errorCode: string
  info: string | null
  vendorId: string | null
  vendorErrorCode: string | null
  deviceTime: string | null
  at: Date
}

/** Makes the connectors a charger speaks of, where they are not known yet (QUIRKS 28); people name them later. */
export async function ensureConnectors(
  tx: Tx,
  rows: readonly { chargerId: number; connectorId: number; publicId: string; code: string }[],
): Promise<void> {
  await tx.query(
    'connectors',
    `with fresh as (
       select distinct on (i.charger_id, i.connector_id) i.* from unnest($1::int4[], $2::int4[], $3::text[], $4::text[])
         i (charger_id, connector_id, public_id, code)
         join chargers ch on ch.id = i.charger_id
        where not exists (select from connectors cn
                           where cn.charger_id = i.charger_id and cn.connector_id = i.connector_id)
     ), numbered as (
       select fresh.*, nextval(pg_get_serial_sequence('connector_states', 'id')) state_id from fresh
     ), states as (
       insert into connector_states (id, created_at, updated_at) select state_id, now(), now() from numbered
       returning id
     )
     insert into connectors (charger_id, connector_id, label, code, public_id, state_id, created_at, updated_at)
     select charger_id, connector_id, 'Connector ' || connector_id, code, public_id, state_id, now(), now()
       from numbered where state_id in (select id from states)
     on conflict do nothing`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      int4Array(rows.map((row) => row.connectorId)),
      textArray(rows.map((row) => row.publicId)),
      textArray(rows.map((row) => row.code)),
    ],
  )
}

/**
 * Sets what charger (connector 0) and connectors said last, with a line in the history and in the outbox where it is
 * news: a repeated word is no event (QUIRKS 24). `rows` hold each connector once.
 */
export async function setStatuses(tx: Tx, rows: readonly StatusRow[]): Promise<void> {
  await tx.query(
    'statuses',
    `with input as (
       select * from unnest($1::int4[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                            $8::text[], $9::timestamptz[])
         i (charger_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, device_time, at)
     ), of_connector as (
       update connector_states cs
          set status = i.status, error_code = i.error_code, info = i.info, vendor_id = i.vendor_id,
              vendor_error_code = i.vendor_error_code, device_time = i.device_time, updated_at = i.at,
              status_since = case when cs.status is distinct from i.status then i.at else cs.status_since end
         from input i join connectors cn on cn.charger_id = i.charger_id and cn.connector_id = i.connector_id
        where cs.id = cn.state_id and i.connector_id > 0
          and (cs.status, cs.error_code, cs.vendor_error_code, cs.info)
              is distinct from (i.status, i.error_code, i.vendor_error_code, i.info)
       returning i.*
     ), of_charger as (
       update charger_states st
          set own_status = i.status, error_code = i.error_code, vendor_error_code = i.vendor_error_code, info = i.info,
              updated_at = i.at
         from input i join chargers ch on ch.id = i.charger_id
        where st.id = ch.state_id and i.connector_id = 0
          and (st.own_status, st.error_code, st.vendor_error_code, st.info)
              is distinct from (i.status, i.error_code, i.vendor_error_code, i.info)
       returning i.*
     ), news as (
       select * from of_connector union all select * from of_charger
     ), history as (
       insert into telemetry.status_log
         (at, charger_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, device_time)
       select at, charger_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, device_time from news
     )
     insert into telemetry.events (at, kind, charger_id, site_id, body)
     select n.at, 'connector.status', n.charger_id, ch.site_id,
            jsonb_build_object('connectorId', n.connector_id, 'status', n.status, 'errorCode', n.error_code,
                               'vendorErrorCode', n.vendor_error_code, 'info', n.info, 'since', n.at,
                               'deviceTime', n.device_time)
       from news n join chargers ch on ch.id = n.charger_id`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      int4Array(rows.map((row) => row.connectorId)),
      textArray(rows.map((row) => row.status)),
      textArray(rows.map((row) => row.errorCode)),
      textArray(rows.map((row) => row.info)),
      textArray(rows.map((row) => row.vendorId)),
      textArray(rows.map((row) => row.vendorErrorCode)),
      textArray(rows.map((row) => row.deviceTime)),
      timestampArray(rows.map((row) => row.at.getTime())),
    ],
  )
}
