import type { Sql } from '../../pool'

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
