import { int4Array, int8Array, textArray, timestampArray } from '../arrays'
import type { Tx } from '../writer'

export type StopRow = {
  chargerId: number
  transactionId: number
  uid: string | null
  idToken: string | null
  meterStopWh: number | null
  stoppedAt: Date
  deviceTime: string | null
  reason: string | null
  receivedAt: Date
}

export type ClosedSession = {
  sessionId: number | null
  chargerId: number
  connectorId: number | null
  siteId: number | null
  transactionId: number | null
  /** `ended` by this stop, `repeated` (the same stop again), `conflict` (another stop was first), `unknown` transaction. */
  result: 'ended' | 'repeated' | 'conflict' | 'unknown'
}

/**
 * Ends each session with the first stop it gets; a second one that says otherwise is kept as a conflict and changes
 * nothing, an unknown transaction is kept as an orphan (RELIABILITY 3.2). A transaction belongs to its charger: another
 * charger's number is unknown (SEC-09). Ids of 0 and below stand for "the one that runs here" where that is
 * unambiguous (QUIRKS 31). A superseded session still takes the stop it lacked. Energy here is the plain difference;
 * pricing judges it. Answers in the order of `rows`, which name each transaction once.
 */
export async function closeSessions(tx: Tx, rows: readonly StopRow[]): Promise<ClosedSession[]> {
  const { rows: found } = await tx.query<ClosedSession>(
    'stop',
    `with input as (
       select * from unnest($1::int4[], $2::int8[], $3::text[], $4::text[], $5::int8[], $6::timestamptz[], $7::text[],
                            $8::text[], $9::timestamptz[]) with ordinality
         i (charger_id, transaction_id, uid, id_token, meter_stop, stopped_at, device_time, reason, received_at, n)
     ), target as (
       select i.*, coalesce(
                (select s.id from sessions s
                  where s.transaction_id = i.transaction_id::numeric and s.charger_id = i.charger_id),
                case when i.transaction_id <= 0 then
                  (select case when count(*) = 1 then min(s.id) else min(s.id) filter (where s.id_tag = i.id_token) end
                     from sessions s
                    where s.charger_id = i.charger_id and s.stopped_at is null
                      and (i.meter_stop is null or s.meter_start_wh <= i.meter_stop)) end) session_id
         from input i
     ), state as (
       select t.*, s.stopped_at was_stopped_at, s.ended_by was_ended_by, s.meter_stop_wh was_meter_stop, s.device_stopped_at was_device_time,
              s.connector_number, s.site_id, s.transaction_id known_transaction_id
         from target t left join sessions s on s.id = t.session_id
     ), ended as (
       update sessions s
          set stopped_at = greatest(i.stopped_at, s.started_at), device_stopped_at = i.device_time, ended_by = 'charger',
              meter_stop_wh = i.meter_stop, stop_reason = coalesce(i.reason, 'Local'), stop_id_tag = i.id_token,
              energy_wh = case when i.meter_stop >= s.meter_start_wh then i.meter_stop - s.meter_start_wh else s.energy_wh end,
              power_w = null, status = 'ended', priced_at = null, updated_at = i.received_at,
              review_reason = case when i.stopped_at < s.started_at
                then 'The charger reported an end before the start; the end was set to the start.' end,
              duration_seconds = extract(epoch from greatest(i.stopped_at, s.started_at) - s.started_at)::int
         from state i
        where s.id = i.session_id and (i.was_stopped_at is null or i.was_ended_by <> 'charger')
       returning i.n, s.id, s.charger_id, s.site_id, s.transaction_id, s.stopped_at, s.stop_reason, s.energy_wh
     ), events as (
       insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
       select now(), 'session.ended', charger_id, site_id, id,
              jsonb_build_object('transactionId', transaction_id, 'stoppedAt', stopped_at, 'reason', stop_reason, 'energyWh', energy_wh)
         from ended
     ), judged as (
       select i.*, case when e.n is not null then 'ended'
                        when i.session_id is null then 'unknown'
                        when i.was_meter_stop is not distinct from i.meter_stop::numeric
                             and i.was_device_time is not distinct from i.device_time then 'repeated'
                        else 'conflict' end result
         from state i left join ended e on e.n = i.n
     ), conflicts as (
       insert into telemetry.stop_conflicts (at, charger_id, session_id, transaction_id, reason, body)
       select received_at, charger_id, session_id, transaction_id, result,
              jsonb_build_object('meterStop', meter_stop, 'stoppedAt', stopped_at, 'deviceTime', device_time,
                                 'reason', reason, 'idTag', id_token)
         from judged where result in ('conflict', 'unknown')
     )
     select session_id "sessionId", charger_id "chargerId", connector_number::int "connectorId", site_id "siteId",
            known_transaction_id "transactionId", result from judged order by n`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      int8Array(rows.map((row) => row.transactionId)),
      textArray(rows.map((row) => row.uid)),
      textArray(rows.map((row) => row.idToken)),
      int8Array(rows.map((row) => row.meterStopWh)),
      timestampArray(rows.map((row) => row.stoppedAt.getTime())),
      textArray(rows.map((row) => row.deviceTime)),
      textArray(rows.map((row) => row.reason)),
      timestampArray(rows.map((row) => row.receivedAt.getTime())),
    ],
  )
  return found
}
