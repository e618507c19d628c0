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

export type NewStart = {
  driverId: number
  siteId: number
  chargerId: number
  connectorId: number
  connectorNumber: number
  idTag: string
  vehicleId: number | null
  payment: 'none' | 'wallet' | 'card'
  currency: string | null
  limitWh: number | null
  limitMinor: number | null
  limitSeconds: number | null
  holdMinor: number | null
  methodId: number | null
  now: Date
}

export async function insertStart(
  sql: Sql,
  row: NewStart,
): Promise<{ id: number; publicId: string }> {
  const { rows } = await sql.query<{ id: number; publicId: string }>(
    `insert into app.starts (driver_id, site_id, charger_id, connector_id, connector_number, id_tag, vehicle_id, payment,
                             currency, limit_wh, limit_minor, limit_seconds, created_at, hold_minor, method_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id, public_id as "publicId"`,
    [
      row.driverId,
      row.siteId,
      row.chargerId,
      row.connectorId,
      row.connectorNumber,
      row.idTag,
      row.vehicleId,
      row.payment,
      row.currency,
      row.limitWh,
      row.limitMinor,
      row.limitSeconds,
      row.now,
      row.holdMinor,
      row.methodId,
    ],
  )
  return rows[0]!
}

/** `linkCommand`: the start knows its command, and the driver may follow it. */
export async function linkCommand(
  sql: Sql,
  row: {
    startId: number | null
    driverId: number
    commandId: number
    what: 'start' | 'stop' | 'unlock'
  },
): Promise<string> {
  if (row.what === 'start')
    await sql.query('update app.starts set command_id = $2 where id = $1', [
      row.startId,
      row.commandId,
    ])
  const { rows } = await sql.query<{ publicId: string }>(
    `insert into app.driver_commands (command_id, driver_id, start_id) values ($1, $2, $3)
     returning public_id as "publicId"`,
    [row.commandId, row.driverId, row.startId],
  )
  return rows[0]!.publicId
}

/** Locks what stands in the way of a second start at this connector, and of a fourth charge of this driver. */
export async function lockForStart(sql: Sql, driverId: number, connectorId: number): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(4201, $1)', [connectorId])
  await sql.query('select pg_advisory_xact_lock(4202, $1)', [driverId])
}

/** `standingAt`: who else is about to charge at this connector, how many charges this driver has and what he owes. */
export async function standingAt(
  sql: Sql,
  driverId: number,
  connectorId: number,
  now: Date,
): Promise<{ isTaken: boolean; running: number; dueMinor: number }> {
  const { rows } = await sql.query<{ isTaken: boolean; running: number; dueMinor: number }>(
    `with waiting as (
       select st.driver_id, st.connector_id from app.starts st left join commands c on c.id = st.command_id
        where st.created_at > $3::timestamptz - interval '5 minutes' and not coalesce(c.is_final, false)
          and st.failure is null and st.settled_at is null
          and (st.connector_id = $2 or st.driver_id = $1))
     select exists (select from waiting where connector_id = $2) or exists (
              select from connectors cn join sessions s on s.charger_id = cn.charger_id
                 and s.connector_number = cn.connector_id and s.stopped_at is null where cn.id = $2) as "isTaken",
            (select count(*)::int from waiting where driver_id = $1) +
            (select count(*)::int from sessions where driver_id = $1 and stopped_at is null
                and started_at > $3::timestamptz - interval '30 days') as running,
            (select coalesce(sum(due_minor), 0)::bigint from app.starts where driver_id = $1 and due_minor > 0) as "dueMinor"`,
    [driverId, connectorId, now],
  )
  return rows[0] ?? { isTaken: false, running: 0, dueMinor: 0 }
}

export async function setLimit(
  sql: Sql,
  startId: number,
  limit: { wh: number | null; minor: number | null; seconds: number | null },
): Promise<void> {
  await sql.query(
    'update app.starts set limit_wh = $2, limit_minor = $3, limit_seconds = $4 where id = $1',
    [startId, limit.wh, limit.minor, limit.seconds],
  )
}

/** `lockDue`: what is owed for a start; nobody else asks for it in this transaction. */
export async function lockDue(sql: Sql, startId: number): Promise<number> {
  const { rows } = await sql.query<{ due: number }>(
    'select due_minor as due from app.starts where id = $1 and settled_at is not null for update',
    [startId],
  )
  return rows[0]?.due ?? 0
}

/** `payWith`: what this charge still costs is paid with this card. */
export async function payWith(sql: Sql, startId: number, methodRow: number): Promise<void> {
  await sql.query('update app.starts set method_id = $2 where id = $1', [startId, methodRow])
}

/** `noteStop`: a stop was asked for; the first cause stands. */
export async function noteStop(
  sql: Sql,
  startId: number,
  stop: { commandId: number; cause: string; now: Date },
): Promise<void> {
  await sql.query(
    `update app.starts set stop_command_id = $2, stop_cause = coalesce(stop_cause, $3), stop_asked_at = $4,
            stop_tries = stop_tries + 1 where id = $1`,
    [startId, stop.commandId, stop.cause, stop.now],
  )
}

export type SampleRow = {
  at: Date
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
}

/** `chargeSamples`: at most `limit` readings after an instant, ascending; thinned to one per `everySeconds`. */
export async function chargeSamples(
  sql: Sql,
  of: {
    chargerId: number
    sessionId: number
    after: Date | null
    everySeconds: number
    limit: number
  },
): Promise<SampleRow[]> {
  const { rows } = await sql.query<SampleRow>(
    `select distinct on (bucket) at, energy_wh as "energyWh", power_w as "powerW", soc_percent as "socPercent" from (
       select m.*, date_bin(make_interval(secs => $4), m.at, 'epoch') bucket from telemetry.meter_samples m
        where m.charger_id = $1 and m.session_id = $2 and ($3::timestamptz is null or m.at > $3)) binned
      order by bucket, at desc limit $5`,
    [of.chargerId, of.sessionId, of.after, of.everySeconds, of.limit],
  )
  return rows
}

export type ReceiptLine = {
  kind: string
  quantity: number
  unit: string
  rateMicros: number
  amountMinor: number
  taxMinor: number
  from: Date | null
  until: Date | null
  taxBasisPoints: number | null
  taxIncluded: boolean | null
}

export async function receiptLines(sql: Sql, sessionId: number): Promise<ReceiptLine[]> {
  const { rows } = await sql.query<ReceiptLine>(
    `select kind, quantity, unit, rate_micros as "rateMicros", amount_minor as "amountMinor", tax_minor as "taxMinor",
            from_at as "from", until_at as "until", (body ->> 'taxBasisPoints')::int as "taxBasisPoints",
            (body ->> 'taxIncluded')::bool as "taxIncluded"
       from telemetry.ledger_lines where session_id = $1 order by line`,
    [sessionId],
  )
  return rows
}

export type Correction = {
  at: Date
  netMinor: number
  taxMinor: number
  energyWh: number
  taxBasisPoints: number | null
}

/** What was decided about a session afterwards, in order; without the reasons, which are staff’s. */
export async function receiptCorrections(sql: Sql, sessionId: number): Promise<Correction[]> {
  const { rows } = await sql.query<Correction>(
    `select created_at as at, coalesce(amount_minor, 0) as "netMinor", coalesce(tax_minor, 0) as "taxMinor",
            coalesce(energy_wh, 0) as "energyWh", tax_basis_points::int as "taxBasisPoints"
       from corrections where session_id = $1 and (amount_minor <> 0 or tax_minor <> 0 or energy_wh <> 0) order by id`,
    [sessionId],
  )
  return rows
}

export type DriverCommandRow = {
  id: string
  action: string
  status: string
  isFinal: boolean
  outcome: string | null
  chargeId: string | null
  at: Date
}

export async function findDriverCommand(
  sql: Sql,
  driverId: number,
  publicId: string,
): Promise<DriverCommandRow | null> {
  const { rows } = await sql.query<DriverCommandRow>(
    `select dc.public_id as id, c.action, c.status, coalesce(c.is_final, false) as "isFinal", c.outcome,
            st.public_id as "chargeId", dc.at
       from app.driver_commands dc join commands c on c.id = dc.command_id left join app.starts st on st.id = dc.start_id
      where dc.public_id = $2 and dc.driver_id = $1`,
    [driverId, publicId],
  )
  return rows[0] ?? null
}

/** Connector statuses around the end, for why charging stopped. */
export async function statusesAround(
  sql: Sql,
  of: { chargerId: number; connectorNumber: number; at: Date },
): Promise<{ at: Date; status: string; errorCode: string | null }[]> {
  const { rows } = await sql.query<{ at: Date; status: string; errorCode: string | null }>(
    `select at, status, error_code as "errorCode" from telemetry.status_log
      where charger_id = $1 and connector_id = $2 and at between $3::timestamptz - interval '10 minutes' and $3::timestamptz + interval '2 minutes'
      order by at limit 50`,
    [of.chargerId, of.connectorNumber, of.at],
  )
  return rows
}
