import { channels } from '../channels'
import type { Sql } from '../pool'
import { reopenStarts } from './app/openStarts'

/** What pricing needs to know of a session; `tariff` is the frozen version it started under, `null` where none applied. */
export type PricingRow = {
  id: number
  chargerId: number
  siteId: number | null
  startedAt: Date
  stoppedAt: Date | null
  meterStartWh: number
  meterStopWh: number | null
  energyWh: number | null
  lastSampleAt: Date | null
  reviewReason: string | null
  maxPowerW: number | null
  tariff: unknown
  /** Where the price was set; null where nobody did (`domain/tariff/resolve`). */
  priceSource: string | null
  discountBasisPoints: number | null
  currency: string | null
  timezone: string | null
}

/** The columns of a `PricingRow` of `sessions s`. */
export const pricingColumns = `s.id, s.charger_id as "chargerId", s.site_id as "siteId", s.started_at as "startedAt",
  s.stopped_at as "stoppedAt", s.meter_start_wh as "meterStartWh", s.meter_stop_wh as "meterStopWh",
  s.energy_wh as "energyWh", s.last_sample_at as "lastSampleAt", s.review_reason as "reviewReason",
  (select cn.max_power_w from connectors cn where cn.id = s.connector_id) as "maxPowerW",
  (select v.body from telemetry.tariff_versions v where v.id = s.tariff_version) as tariff,
  s.price_source as "priceSource", s.discount_basis_points as "discountBasisPoints", s.currency,
  (select coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1))
     from sites si where si.id = s.site_id) as timezone`

/**
 * `claimUnpriced`: ended sessions that have no price yet, locked for this transaction; another worker skips them.
 * Index: sessions_unpriced.
 */
export async function claimUnpriced(sql: Sql, limit: number): Promise<PricingRow[]> {
  const { rows } = await sql.query<PricingRow>(
    `select ${pricingColumns} from sessions s
      where s.stopped_at is not null and s.priced_at is null and s.status = 'ended'
      order by s.id limit $1 for update of s skip locked`,
    [limit],
  )
  return rows
}

/** `runningSessions`: sessions that are charging, with what a running cost is made of. Index: sessions_open. */
export async function runningSessions(sql: Sql, limit: number): Promise<PricingRow[]> {
  const { rows } = await sql.query<PricingRow>(
    `select ${pricingColumns} from sessions s
      where s.stopped_at is null and (s.tariff_version is not null or s.price_source is not null)
      order by s.last_sample_at desc nulls last limit $1`,
    [limit],
  )
  return rows
}

export type MeterRow = {
  sessionId: number
  at: Date
  energyWh: number | null
  powerW: number | null
}

/**
 * `samplesOf`: the readings of sessions, ascending. With `everySeconds` one of each interval and the last: enough for a
 * running cost, a tenth of the rows. Index: meter_samples_key.
 */
export async function samplesOf(
  sql: Sql,
  sessions: readonly { id: number; chargerId: number }[],
  everySeconds?: number,
): Promise<MeterRow[]> {
  const keys = [sessions.map((s) => s.chargerId), sessions.map((s) => s.id)]
  const found = `select m.session_id, m.at, m.energy_wh, m.power_w
       from unnest($1::int[], $2::int[]) as asked(charger_id, session_id)
       join telemetry.meter_samples m using (charger_id, session_id)`
  const thinned = `select distinct on (session_id, bucket) session_id, at, energy_wh, power_w from (
       select *, case when at = max(at) over (partition by session_id) then at
                      else date_bin(make_interval(secs => $3), at, 'epoch') end as bucket
         from (${found}) found where energy_wh is not null) bucketed
      order by session_id, bucket, at`
  const { rows } = await sql.query<MeterRow>(
    `select session_id as "sessionId", at, energy_wh as "energyWh", power_w as "powerW"
       from (${everySeconds === undefined ? found : thinned}) readings order by session_id, at`,
    everySeconds === undefined ? keys : [...keys, everySeconds],
  )
  return rows
}

export type PricedRow = {
  id: number
  status: 'ended' | 'needs-review'
  reviewReason: string | null
  energyWh: number | null
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  isPriced: boolean
  /** The readings of the meter do not fit, whatever the price. */
  isEnergyInDoubt: boolean
}

export type LedgerRow = {
  sessionId: number
  line: number
  kind: string
  quantity: number
  unit: string
  rateMicros: number
  amountMinor: number
  taxMinor: number
  fromAt: Date | null
  untilAt: Date | null
  body: unknown
}

/**
 * `storePrices`: the verdict on each session, its ledger lines and one event, in the caller's transaction. A session
 * that is priced anew (a stop came after the end was guessed) gets new lines in place of the old.
 */
export async function storePrices(
  sql: Sql,
  sessions: readonly PricedRow[],
  lines: readonly LedgerRow[],
  now: Date,
): Promise<void> {
  if (sessions.length === 0) return
  await sql.query('delete from telemetry.ledger_lines where session_id = any($1::int[])', [
    sessions.map((s) => s.id),
  ])
  await sql.query(
    `insert into telemetry.ledger_lines
       (session_id, line, kind, quantity, unit, rate_micros, amount_minor, tax_minor, from_at, until_at, body)
     select session_id, line, kind, quantity, unit, rate_micros, amount_minor, tax_minor, from_at, until_at, body
       from jsonb_to_recordset($1::jsonb) as x(session_id int, line int, kind text, quantity numeric, unit text,
            rate_micros bigint, amount_minor bigint, tax_minor bigint, from_at timestamptz, until_at timestamptz, body jsonb)`,
    [JSON.stringify(lines.map(ledgerJson))],
  )
  await sql.query(
    `with told as (
       select * from jsonb_to_recordset($1::jsonb) as x(id int, status text, review_reason text, energy_wh bigint,
              cost_minor bigint, tax_minor bigint, currency text, is_priced boolean, in_doubt boolean)
     ), priced as (
       update sessions s
          set status = told.status, review_reason = told.review_reason, energy_wh = told.energy_wh,
              cost_minor = told.cost_minor, tax_minor = told.tax_minor, currency = coalesce(told.currency, s.currency),
              priced_at = case when told.is_priced then $2::timestamptz end, updated_at = $2
         from told where s.id = told.id
       returning s.id, s.charger_id, s.site_id, s.status, s.energy_wh, s.cost_minor, s.currency, s.connector_number, told.in_doubt
     )
     insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select $2, 'session.priced', charger_id, site_id, id,
            jsonb_build_object('status', status, 'energyWh', energy_wh, 'costMinor', cost_minor, 'currency', currency,
                               'connectorId', connector_number, 'isEnergyInDoubt', in_doubt)
       from priced`,
    [JSON.stringify(sessions.map(pricedJson)), now],
  )
  await reopenStarts(
    sql,
    sessions.map(({ id }) => id),
  )
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}

const pricedJson = (row: PricedRow) => ({
  id: row.id,
  status: row.status,
  review_reason: row.reviewReason,
  energy_wh: row.energyWh,
  cost_minor: row.costMinor,
  tax_minor: row.taxMinor,
  currency: row.currency,
  is_priced: row.isPriced,
  in_doubt: row.isEnergyInDoubt,
})

const ledgerJson = (row: LedgerRow) => ({
  session_id: row.sessionId,
  line: row.line,
  kind: row.kind,
  quantity: row.quantity,
  unit: row.unit,
  rate_micros: row.rateMicros,
  amount_minor: row.amountMinor,
  tax_minor: row.taxMinor,
  from_at: row.fromAt,
  until_at: row.untilAt,
  body: row.body,
})

/**
 * `setRunningCosts`: what running sessions cost so far. Rows that the writer holds at this moment are left for the next
 * turn, so the two can never wait for each other. Answers the ids of those whose cost moved.
 */
export async function setRunningCosts(
  sql: Sql,
  rows: readonly { id: number; costMinor: number; taxMinor: number; currency: string }[],
): Promise<number[]> {
  if (rows.length === 0) return []
  const { rows: moved } = await sql.query<{ id: number }>(
    `with free as (
       select id from sessions where id = any($1::int[]) and stopped_at is null for update skip locked
     )
     update sessions s set cost_minor = u.cost, tax_minor = u.tax, currency = u.currency
       from free join unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[]) as u(id, cost, tax, currency) using (id)
      where s.id = free.id
        and (s.cost_minor, s.tax_minor) is distinct from (u.cost::numeric, u.tax::numeric)
     returning s.id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.costMinor),
      rows.map((row) => row.taxMinor),
      rows.map((row) => row.currency),
    ],
  )
  return moved.map((row) => row.id)
}
