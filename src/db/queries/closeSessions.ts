import { int4Array, int8Array, textArray, timestampArray } from '../arrays'
import type { Tx } from '../writer'

export type StopRow = {
  chargerId: number
  transactionId: number
  idToken: string | null
  meterStopWh: number | null
  stoppedAt: Date
  deviceTime: string | null
  reason: string | null
  receivedAt: Date
}

const session = `coalesce(
  (select s.id from sessions s where s.transaction_id = i.transaction_id::numeric and s.charger_id = i.charger_id),
  case when i.transaction_id <= 0 then
    (select case when count(*) = 1 then min(s.id) else min(s.id) filter (where s.id_tag = i.id_token) end
       from sessions s
      where s.charger_id = i.charger_id and s.stopped_at is null
        and (i.meter_stop is null or s.meter_start_wh <= i.meter_stop)) end)`

const input = `unnest($1::int4[], $2::int8[], $3::text[], $4::int8[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[])
  i (charger_id, transaction_id, id_token, meter_stop, stopped_at, device_time, reason, received_at)`

/**
 * Ends each session with the first stop it gets; a second one that says otherwise is kept as a conflict and changes
 * nothing, an unknown transaction is kept as an orphan (RELIABILITY 3.2). A transaction belongs to its charger: another
 * charger's number is unknown (SEC-09). Ids of 0 and below stand for "the one that runs here" where that is
 * unambiguous (QUIRKS 31). A superseded session still takes the stop it lacked. Energy here is the plain difference;
 * pricing judges it. Two statements: the second looks at what the first left, so a stop that was just taken is, to it,
 * one that is repeated.
 */
export async function closeSessions(tx: Tx, rows: readonly StopRow[]): Promise<void> {
  const values = [
    int4Array(rows.map((row) => row.chargerId)),
    int8Array(rows.map((row) => row.transactionId)),
    textArray(rows.map((row) => row.idToken)),
    int8Array(rows.map((row) => row.meterStopWh)),
    timestampArray(rows.map((row) => row.stoppedAt.getTime())),
    textArray(rows.map((row) => row.deviceTime)),
    textArray(rows.map((row) => row.reason)),
    timestampArray(rows.map((row) => row.receivedAt.getTime())),
  ]
  const ending = tx.query(
    'stop',
    `with target as (
       select i.*, ${session} session_id from ${input}
     ), ended as (
       update sessions s
          set stopped_at = greatest(i.stopped_at, s.started_at), device_stopped_at = i.device_time, ended_by = 'charger',
              meter_stop_wh = i.meter_stop, stop_reason = coalesce(i.reason, 'Local'), stop_id_tag = i.id_token,
              energy_wh = case when i.meter_stop >= s.meter_start_wh then i.meter_stop - s.meter_start_wh else s.energy_wh end,
              power_w = null, status = 'ended', priced_at = null, updated_at = i.received_at,
              review_reason = case when i.stopped_at < s.started_at
                then 'The charger reported an end before the start; the end was set to the start.' end,
              duration_seconds = extract(epoch from greatest(i.stopped_at, s.started_at) - s.started_at)::int
         from target i
        where s.id = i.session_id and (s.stopped_at is null or s.ended_by <> 'charger')
       returning s.id, s.charger_id, s.site_id, s.transaction_id, s.stopped_at, s.stop_reason, s.energy_wh, i.received_at
     )
     insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select received_at, 'session.ended', charger_id, site_id, id,
            jsonb_build_object('transactionId', transaction_id, 'stoppedAt', stopped_at, 'reason', stop_reason, 'energyWh', energy_wh)
       from ended`,
    values,
  )
  const judging = tx.query(
    'stop-conflicts',
    `insert into telemetry.stop_conflicts (at, charger_id, session_id, transaction_id, reason, body)
     select i.received_at, i.charger_id, s.id, i.transaction_id, case when s.id is null then 'unknown' else 'conflict' end,
            jsonb_build_object('meterStop', i.meter_stop, 'stoppedAt', i.stopped_at, 'deviceTime', i.device_time,
                               'reason', i.reason, 'idTag', i.id_token)
       from ${input}
       left join sessions s on s.id = ${session.replace('s.stopped_at is null', '(s.stopped_at is null or s.device_stopped_at is not distinct from i.device_time)')}
      where s.id is null
         or s.meter_stop_wh is distinct from i.meter_stop::numeric or s.device_stopped_at is distinct from i.device_time`,
    values,
  )
  await Promise.all([ending, judging])
}
