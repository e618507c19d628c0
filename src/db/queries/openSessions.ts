import { boolArray, int4Array, int8Array, textArray, timestampArray } from '../arrays'
import type { Tx } from '../writer'
import { priceTermsSql } from './priceTermsSql'

export type StartRow = {
  chargerId: number
  connectorId: number
  uid: string
  idToken: string
  meterStartWh: number
  startedAt: Date
  deviceTime: string
  startKey: string
  isClockPlausible: boolean
  publicId: string
  receivedAt: Date
  /** As the charger said it. */
  reservationId: number | null
}

export type OpenedSession = {
  sessionId: number
  transactionId: number
  siteId: number
  isNew: boolean
}

/**
 * Opens a session per row, or finds the one that a repeated StartTransaction already opened: the key is charger,
 * connector, device time, meter and card (OCPP 1.6 ed2 §3.7.1, QUIRKS 29). Where the device's clock is implausible
 * (stuck at 1970, say) a match that has stopped is a new start, so only an open one counts as a repeat. `rows` hold
 * each key once. Answers in the order of `rows`.
 */
export async function openSessions(tx: Tx, rows: readonly StartRow[]): Promise<OpenedSession[]> {
  const { rows: found } = await tx.query<OpenedSession & { startKey: string }>(
    'start',
    `with input as (
       select i.n, i.charger_id, i.connector_no, i.uid, i.id_token, i.meter_start, i.started_at, i.device_time,
              i.public_id, i.received_at, i.reservation,
              case when i.plausible then i.start_key
                   else coalesce((select s.start_key from sessions s
                                   where s.charger_id = i.charger_id and s.stopped_at is null
                                     and left(s.start_key, length(i.start_key)) = i.start_key
                                   order by s.id desc limit 1),
                                 i.start_key || '|' || i.received_at::text) end start_key
         from unnest($1::int4[], $2::int4[], $3::text[], $4::text[], $5::int8[], $6::timestamptz[], $7::text[],
                     $8::text[], $9::bool[], $10::text[], $11::timestamptz[], $12::int4[]) with ordinality
              i (charger_id, connector_no, uid, id_token, meter_start, started_at, device_time, start_key, plausible,
                 public_id, received_at, reservation, n)
     ), opened as (
       insert into sessions (public_id, charger_id, connector_id, connector_number, site_id, card_id, driver_id, id_tag,
              status, started_at, device_started_at, meter_start_wh, energy_wh, tariff_version, currency, price_group_id, price_source,
              discount_basis_points, reservation_number, start_key,
              created_at, updated_at)
       select i.public_id, i.charger_id, cn.id, i.connector_no, ch.site_id, card.id, coalesce(card.driver_id, app.driver_id), i.id_token,
              'charging', i.started_at, i.device_time, i.meter_start, 0, tv.id,
              coalesce(tv.body ->> 'currency', case when terms.source like '%-free' then coalesce(terms.currency, 'GBP') end),
              pg.id, case when tv.id is not null or terms.source like '%-free' then terms.source end, terms.discount,
              i.reservation, i.start_key,
              i.received_at, i.received_at
         from input i
         join chargers ch on ch.id = i.charger_id
         join sites si on si.id = ch.site_id
         left join connectors cn on cn.charger_id = i.charger_id and cn.connector_id = i.connector_no
         left join rfid_cards card on card.uid = i.uid
         left join app.starts app on app.id_tag = i.uid
         ${priceTermsSql('i.started_at', 'coalesce(card.driver_id, app.driver_id)')}
       on conflict (start_key) do update set start_key = excluded.start_key
       returning id, transaction_id, site_id, charger_id, connector_number, start_key, started_at, xmax = 0 is_new
     ), events as (
       insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
       select now(), 'session.started', charger_id, site_id, id,
              jsonb_build_object('transactionId', transaction_id, 'connectorId', connector_number, 'startedAt', started_at)
         from opened where is_new
     )
     select start_key "startKey", id "sessionId", transaction_id "transactionId", site_id "siteId", is_new "isNew" from opened`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      int4Array(rows.map((row) => row.connectorId)),
      textArray(rows.map((row) => row.uid)),
      textArray(rows.map((row) => row.idToken)),
      int8Array(rows.map((row) => row.meterStartWh)),
      timestampArray(rows.map((row) => row.startedAt.getTime())),
      textArray(rows.map((row) => row.deviceTime)),
      textArray(rows.map((row) => row.startKey)),
      boolArray(rows.map((row) => row.isClockPlausible)),
      textArray(rows.map((row) => row.publicId)),
      timestampArray(rows.map((row) => row.receivedAt.getTime())),
      int4Array(rows.map((row) => row.reservationId)),
    ],
  )
  // No join of the set with itself in SQL: it would be quadratic where hashing is off (`writer`).
  const byKey = new Map(found.map((session) => [session.startKey, session]))
  const byPrefix = (key: string) => found.find((session) => session.startKey.startsWith(`${key}|`))
  return rows.map((row) => (byKey.get(row.startKey) ?? byPrefix(row.startKey))!)
}

/**
 * A charger that starts again on a connector has ended what ran there, whether or not it said so (QUIRKS 38): all but the
 * newest open session of each connector end as superseded, with the last reading they gave. A stop that arrives later
 * still corrects it. Index: sessions_open.
 */
export async function supersedeSessions(
  tx: Tx,
  connectors: readonly { chargerId: number; connectorId: number }[],
  now: Date,
): Promise<void> {
  await tx.query(
    'supersede',
    `with running as (
       select s.id, row_number() over (partition by s.charger_id, s.connector_number
                                           order by s.started_at desc, s.id desc) place
         from (select distinct charger_id, connector_no from unnest($1::int4[], $2::int4[]) u (charger_id, connector_no)) i
        cross join lateral (
           select s.id, s.charger_id, s.connector_number, s.started_at from sessions s
            where s.charger_id = i.charger_id and s.connector_number = i.connector_no::numeric and s.stopped_at is null
           offset 0) s
     ), ended as (
       update sessions s
          set stopped_at = greatest(coalesce(s.last_sample_at, s.started_at), s.started_at), ended_by = 'superseded',
              status = 'ended', stop_reason = 'Other', power_w = null, updated_at = $3,
              duration_seconds = extract(epoch from greatest(coalesce(s.last_sample_at, s.started_at), s.started_at) - s.started_at)::int,
              review_reason = 'The charger started the next session on this connector without reporting the end of this one.'
         from running r
        where s.id = r.id and r.place > 1
       returning s.id, s.charger_id, s.site_id, s.transaction_id, s.stopped_at
     )
     insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select $3, 'session.ended', charger_id, site_id, id,
            jsonb_build_object('transactionId', transaction_id, 'stoppedAt', stopped_at, 'reason', 'Other')
       from ended`,
    [
      int4Array(connectors.map((one) => one.chargerId)),
      int4Array(connectors.map((one) => one.connectorId)),
      now,
    ],
  )
}
