import { channels, type MeterTick } from '../channels'
import { float4Array, int2Array, int4Array, int8Array, textArray, timestampArray } from '../arrays'
import { contextCode } from '../tables'
import type { Tx } from '../writer'

/**
 * One wide row: what a meter said at one instant. Where the session is not known yet (`sessionId` null) it is the one
 * of `transactionId` at this charger, or, with no such number (0 and below count as none, QUIRKS 47), what runs on the
 * connector at that time; else 0, none.
 */
export type SampleRow = {
  at: number
  receivedAt: number
  chargerId: number
  connectorId: number
  sessionId: number | null
  transactionId: number | null
  context: string
  energyWh: number | null
  powerW: number | null
  currentsA: readonly (number | null)[]
  voltagesV: readonly (number | null)[]
  socPercent: number | null
  /** JSON of what has no column, or null. */
  rest: string | null
}

/** Appends samples; one that was delivered before is left alone (a charger may send everything twice). */
export async function appendSamples(tx: Tx, rows: readonly SampleRow[]): Promise<void> {
  const phase = (of: 'currentsA' | 'voltagesV', n: number) =>
    float4Array(rows.map((row) => row[of][n] ?? null))
  await tx.query(
    'samples',
    `insert into telemetry.meter_samples
       (at, received_at, charger_id, connector_id, session_id, context, energy_wh, power_w, current_l1_a, current_l2_a,
        current_l3_a, voltage_l1_v, voltage_l2_v, voltage_l3_v, soc_percent, rest)
     select a, r, c, n,
            coalesce(s,
              case when t > 0
                then (select z.id from sessions z where z.transaction_id = t::numeric and z.charger_id = c)
                else (select z.id from sessions z where z.charger_id = c and z.stopped_at is null and z.connector_number = n
                         and z.started_at <= a order by z.id desc limit 1) end, 0),
            x, e, p, i1, i2, i3, u1, u2, u3, soc, rest::jsonb
       from unnest($1::timestamptz[], $2::timestamptz[], $3::int4[], $4::int4[], $5::int4[], $6::int2[], $7::int8[],
                   $8::float4[], $9::float4[], $10::float4[], $11::float4[], $12::float4[], $13::float4[], $14::float4[],
                   $15::float4[], $16::text[], $17::int8[]) u (a, r, c, n, s, x, e, p, i1, i2, i3, u1, u2, u3, soc, rest, t)
     on conflict do nothing`,
    [
      timestampArray(rows.map((row) => row.at)),
      timestampArray(rows.map((row) => row.receivedAt)),
      int4Array(rows.map((row) => row.chargerId)),
      int4Array(rows.map((row) => row.connectorId)),
      int4Array(rows.map((row) => row.sessionId)),
      int2Array(rows.map((row) => contextCode(row.context))),
      int8Array(rows.map((row) => row.energyWh)),
      float4Array(rows.map((row) => row.powerW)),
      phase('currentsA', 0),
      phase('currentsA', 1),
      phase('currentsA', 2),
      phase('voltagesV', 0),
      phase('voltagesV', 1),
      phase('voltagesV', 2),
      float4Array(rows.map((row) => row.socPercent)),
      textArray(rows.map((row) => row.rest)),
      int8Array(rows.map((row) => row.transactionId)),
    ],
  )
}

export type LiveRow = {
  sessionId: number
  registerWh: number | null
  powerW: number | null
  socPercent: number | null
  at: number
}

/**
 * Carries the newest reading of running sessions to their rows, about once a second and not per sample (a session row
 * has many indexes; its samples are the truth). Tells live viewers in the same breath. A row of a session that has
 * stopped meanwhile changes nothing (written so that no plan walks the index of running sessions instead of the key).
 */
export async function rollUpSessions(tx: Tx, rows: readonly LiveRow[]): Promise<void> {
  await tx.query(
    'live',
    `with moved as (
       update sessions s
          set energy_wh = greatest(s.energy_wh, i.register_wh - s.meter_start_wh),
              power_w = coalesce(i.power_w, s.power_w), soc_percent = coalesce(i.soc, s.soc_percent), last_sample_at = i.at
         from unnest($1::int4[], $2::int8[], $3::float4[], $4::float4[], $5::timestamptz[])
              i (session_id, register_wh, power_w, soc, at)
        where s.id = i.session_id and coalesce(s.stopped_at, 'infinity') = 'infinity'
       returning s.id, s.charger_id, s.site_id, s.energy_wh, s.power_w, s.soc_percent, s.last_sample_at
     ), numbered as (
       select *, (row_number() over (order by id) - 1) / 40 part from moved
     )
     select pg_notify($6, jsonb_agg(jsonb_build_object('session', id, 'charger', charger_id, 'site', site_id, 'wh', energy_wh,
              'w', power_w, 'soc', soc_percent, 'at', last_sample_at))::text)
       from numbered group by part`,
    [
      int4Array(rows.map((row) => row.sessionId)),
      int8Array(rows.map((row) => row.registerWh)),
      float4Array(rows.map((row) => row.powerW)),
      float4Array(rows.map((row) => row.socPercent)),
      timestampArray(rows.map((row) => row.at)),
      channels.live,
    ],
  )
}

/** What the body of a NOTIFY on `channels.live` holds; named here so that writer and readers cannot drift apart. */
export type LiveMessage = MeterTick[]

export type KnownTransaction = {
  transactionId: number
  sessionId: number
  chargerId: number
  connectorId: number
}

/** Sessions behind transaction numbers, as far as they belong to the charger that named them. */
export async function findTransactions(
  tx: Tx,
  asked: readonly { chargerId: number; transactionId: number }[],
): Promise<KnownTransaction[]> {
  const { rows } = await tx.query<KnownTransaction>(
    'transactions',
    `select s.transaction_id "transactionId", s.id "sessionId", s.charger_id "chargerId", s.connector_number::int "connectorId"
       from unnest($1::int4[], $2::int8[]) i (charger_id, transaction_id)
       join sessions s on s.transaction_id = i.transaction_id::numeric and s.charger_id = i.charger_id`,
    [
      int4Array(asked.map((one) => one.chargerId)),
      int8Array(asked.map((one) => one.transactionId)),
    ],
  )
  return rows
}
