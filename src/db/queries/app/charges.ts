import { chargeState, type ChargeState } from '../../../domain/app/chargeState'
import type { Sql } from '../../pool'

/** A charge of a driver: a session, or a start that has none yet. Never with an idTag, an identity or another person. */
export type ChargeRow = {
  /** What the app knows it by: the start's id where the app started it, the session's otherwise. */
  id: string
  startId: number | null
  sessionId: number | null
  number: number | null
  driverId: number
  chargerRow: number
  connectorRow: number | null
  connectorNumber: number | null
  transactionId: number | null
  evseId: string | null
  evseCode: string | null
  evseLabel: string | null
  chargerName: string
  locationId: string
  locationName: string
  locationAddress: string | null
  timezone: string
  startedBy: 'app' | 'card'
  requestedAt: Date | null
  startedAt: Date | null
  stoppedAt: Date | null
  lastSampleAt: Date | null
  meterStartWh: number | null
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
  /** With what was corrected, as `energyWh` and `taxMinor`. */
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  sessionStatus: string | null
  isPriced: boolean
  reviewReason: string | null
  stopReason: string | null
  stopCause: 'driver' | 'energy' | 'amount' | 'time' | 'funds' | null
  stopAskedAt: Date | null
  commandStatus: string | null
  isCommandFinal: boolean
  commandReason: string | null
  connectorWord: string | null
  tariffId: string | null
  limitWh: number | null
  limitMinor: number | null
  limitSeconds: number | null
  vehicleId: string | null
  payment: 'none' | 'wallet' | 'card' | null
  /** Taken for it so far, less what was given back. */
  paidMinor: number
  /** What could not be taken. */
  dueMinor: number
  /** Why the charger was never asked. */
  failure: string | null
  /** The payment that waits for the driver: a page to pay at, or the secret for the card's own second factor. */
  paymentId: string | null
  /** Nothing more happens to its money. */
  isSettled: boolean
  hasDispute: boolean
}

const columns = `coalesce(st.public_id, s.public_id) as id, st.id as "startId", s.id as "sessionId",
  s.transaction_id as number, coalesce(st.driver_id, s.driver_id) as "driverId", ch.id as "chargerRow",
  cn.id as "connectorRow", cn.connector_id::int as "connectorNumber", s.transaction_id as "transactionId",
  cn.public_id as "evseId", cn.code as "evseCode", nullif(cn.label, '') as "evseLabel",
  case when lower(ch.name) = lower(ch.identity) then 'Charger ' || ch.id else ch.name end as "chargerName",
  si.public_id as "locationId", si.name as "locationName", si.address as "locationAddress",
  coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') as timezone,
  case when st.id is null then 'card' else 'app' end as "startedBy", st.created_at as "requestedAt",
  s.started_at as "startedAt", s.stopped_at as "stoppedAt", s.last_sample_at as "lastSampleAt",
  s.meter_start_wh as "meterStartWh", t.final_wh as "energyWh", s.power_w as "powerW", s.soc_percent as "socPercent",
  t.final_minor as "costMinor", t.final_tax_minor as "taxMinor", coalesce(s.currency, st.currency) as currency, s.status as "sessionStatus",
  coalesce(t.is_final, false) as "isPriced", s.review_reason as "reviewReason", s.stop_reason as "stopReason",
  st.stop_cause as "stopCause", st.stop_asked_at as "stopAskedAt", c.status as "commandStatus",
  coalesce(c.is_final, false) as "isCommandFinal", c.outcome as "commandReason", cs.status as "connectorWord",
  (select concat_ws('-', left(v.sha256, 32), nullif(s.discount_basis_points, 0)::int)
     from telemetry.tariff_versions v where v.id = s.tariff_version) as "tariffId",
  st.limit_wh as "limitWh", st.limit_minor as "limitMinor", st.limit_seconds as "limitSeconds",
  (select v.public_id from vehicles v where v.id = st.vehicle_id) as "vehicleId", st.payment,
  coalesce((select sum(case e.kind when 'capture' then e.amount_minor when 'refund' then -e.amount_minor end)
              from app.entries e where e.start_id = st.id), 0)::bigint as "paidMinor",
  coalesce(st.due_minor, 0) as "dueMinor", st.failure,
  (select p.public_id from app.payments p where p.start_id = st.id and p.status in ('created', 'needs-action')
    order by p.id desc limit 1) as "paymentId",
  st.settled_at is not null as "isSettled",
  exists (select from app.disputes x where x.session_id = s.id) as "hasDispute"`

const around = `join sites si on si.id = ch.site_id
  left join connector_states cs on cs.id = cn.state_id
  left join commands c on c.id = st.command_id
  left join telemetry.session_totals t on t.session_id = s.id`

/** From a session: index sessions_driver_idx, starts_id_tag_key. */
const fromSession = `sessions s
  left join app.starts st on st.id_tag = upper(s.id_tag) and st.driver_id = s.driver_id
  join chargers ch on ch.id = s.charger_id
  left join connectors cn on cn.id = s.connector_id ${around}`

/** From a start: its session is the one its command brought about, or one of the driver that carries its tag. */
const fromStart = `app.starts st
  left join lateral (select s.* from sessions s
     where s.driver_id = st.driver_id and upper(s.id_tag) = st.id_tag
       and s.started_at > st.created_at - interval '7 days' order by s.started_at desc limit 1) s on true
  join chargers ch on ch.id = st.charger_id
  left join connectors cn on cn.id = st.connector_id ${around}`

/** `findCharge`: one of this driver's own by its public id; null for anybody else's. */
export async function findCharge(
  sql: Sql,
  driverId: number,
  publicId: string,
): Promise<ChargeRow | null> {
  const { rows } = await sql.query<ChargeRow>(
    `(select ${columns} from ${fromStart} where st.public_id = $2 and st.driver_id = $1)
     union all
     (select ${columns} from ${fromSession} where s.public_id = $2 and s.driver_id = $1)
     limit 1`,
    [driverId, publicId],
  )
  return rows[0] ?? null
}

/** `activeCharges`: what runs, and what was asked for and is not decided; the newest first. */
export async function activeCharges(sql: Sql, driverId: number, now: Date): Promise<ChargeRow[]> {
  const { rows } = await sql.query<ChargeRow>(
    `(select ${columns} from ${fromSession} where s.driver_id = $1 and s.stopped_at is null
         and s.started_at > $2::timestamptz - interval '30 days')
     union all
     (select ${columns} from ${fromStart} where st.driver_id = $1 and s.id is null
         and st.created_at > $2::timestamptz - interval '10 minutes'
         and st.failure is null and not coalesce(c.is_final and c.status <> 'effective', false))
     order by "requestedAt" desc nulls last, "startedAt" desc limit 20`,
    [driverId, now],
  )
  return rows
}

export type HistoryFilter = {
  from: Date | null
  to: Date | null
  locationId: string | null
  before: { startedAt: string; id: number } | null
  limit: number
}

/** `pastCharges`: sessions of this driver that have ended, the newest first. Index: sessions_driver_idx. */
export async function pastCharges(
  sql: Sql,
  driverId: number,
  filter: HistoryFilter,
): Promise<ChargeRow[]> {
  const values: unknown[] = [driverId]
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = ['s.driver_id = $1', 's.stopped_at is not null']
  if (filter.from) conditions.push(`s.started_at >= ${bind(filter.from)}`)
  if (filter.to) conditions.push(`s.started_at < ${bind(filter.to)}`)
  if (filter.locationId) conditions.push(`si.public_id = ${bind(filter.locationId)}`)
  if (filter.before)
    conditions.push(
      `(s.started_at, s.id) < (${bind(filter.before.startedAt)}::timestamptz, ${bind(filter.before.id)}::int)`,
    )
  const { rows } = await sql.query<ChargeRow>(
    `select ${columns} from ${fromSession} where ${conditions.join(' and ')}
      order by s.started_at desc, s.id desc limit ${bind(filter.limit)}`,
    values,
  )
  return rows
}

/** `stateOf`: how a charge stands, for every window that shows it. */
export const stateOf = (row: ChargeRow): ChargeState =>
  chargeState({
    command: row.commandStatus ? { status: row.commandStatus, isFinal: row.isCommandFinal } : null,
    connectorWord: row.connectorWord,
    session:
      row.sessionId === null
        ? null
        : {
            status: row.sessionStatus ?? 'charging',
            isStopped: row.stoppedAt !== null,
            isPriced: row.isPriced,
          },
    isStopAsked: row.stopAskedAt !== null,
    isPaid: row.isSettled && row.payment !== 'none' && row.dueMinor === 0,
    hasFailed: row.failure !== null,
  })
