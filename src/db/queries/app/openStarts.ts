import type { Sql } from '../../pool'

/** A start whose charge or whose money is not over. */
export type OpenStart = {
  id: number
  driverId: number
  driverPublicId: string
  chargerId: number
  connectorNumber: number
  idTag: string
  commandId: number | null
  failure: string | null
  holdMinor: number | null
  dueMinor: number
  methodId: number | null
  payment: 'none' | 'wallet' | 'card'
  currency: string | null
  limitWh: number | null
  limitMinor: number | null
  limitSeconds: number | null
  stopAskedAt: Date | null
  stopTries: number
  createdAt: Date
  isCommandOver: boolean
  sessionId: number | null
  transactionId: number | null
  startedAt: Date | null
  stoppedAt: Date | null
  sessionStatus: string | null
  isPriced: boolean
  energyWh: number
  /** With what was corrected: `telemetry.session_totals`. */
  costMinor: number | null
}

/**
 * `claimOpenStarts`: with their sessions, after an id, locked for this transaction; another worker skips them.
 * Index: starts_open, sessions_driver_idx.
 */
export async function claimOpenStarts(
  sql: Sql,
  afterId: number,
  limit: number,
): Promise<OpenStart[]> {
  const { rows } = await sql.query<OpenStart>(
    `select st.id, st.driver_id as "driverId", d.public_id as "driverPublicId", st.charger_id as "chargerId",
            st.connector_number as "connectorNumber", st.id_tag as "idTag", st.command_id as "commandId", st.failure,
            st.hold_minor as "holdMinor", st.due_minor as "dueMinor", st.method_id as "methodId", st.payment,
            coalesce(s.currency, st.currency) as currency, st.limit_wh as "limitWh", st.limit_minor as "limitMinor",
            st.limit_seconds as "limitSeconds", st.stop_asked_at as "stopAskedAt", st.stop_tries as "stopTries",
            st.created_at as "createdAt",
            coalesce(c.is_final and c.status <> 'effective', c.id is null) as "isCommandOver",
            s.id as "sessionId", s.transaction_id as "transactionId", s.started_at as "startedAt",
            s.stopped_at as "stoppedAt", s.status as "sessionStatus", coalesce(t.is_final, false) as "isPriced",
            coalesce(s.energy_wh, 0) as "energyWh", t.final_minor as "costMinor"
       from app.starts st
       join drivers d on d.id = st.driver_id
       left join commands c on c.id = st.command_id
       left join lateral (
         select * from sessions s where s.driver_id = st.driver_id and upper(s.id_tag) = st.id_tag
            and s.started_at > st.created_at - interval '7 days' order by s.started_at desc limit 1) s on true
       left join telemetry.session_totals t on t.session_id = s.id
      where st.settled_at is null and st.id > $1 order by st.id limit $2 for update of st skip locked`,
    [afterId, limit],
  )
  return rows
}

/** `settleStart`: nothing more happens to its money until its price changes (`reopenStarts`) or what is due can be had. */
export async function settleStart(
  sql: Sql,
  startId: number,
  { dueMinor, now }: { dueMinor: number; now: Date },
): Promise<void> {
  await sql.query('update app.starts set settled_at = $2, due_minor = $3 where id = $1', [
    startId,
    now,
    dueMinor,
  ])
}

/** `failStart`: the charger is never asked, for this reason. */
export async function failStart(sql: Sql, startId: number, failure: string): Promise<void> {
  await sql.query('update app.starts set failure = $2 where id = $1 and command_id is null', [
    startId,
    failure,
  ])
}

/** `reopenStarts`: the price of these sessions is another than the one that was settled. Index: starts_id_tag_key. */
export async function reopenStarts(sql: Sql, sessionIds: readonly number[]): Promise<void> {
  await sql.query(
    `update app.starts st set settled_at = null from sessions s
      where s.id = any($1::int[]) and st.id_tag = upper(s.id_tag) and st.driver_id = s.driver_id
        and st.settled_at is not null`,
    [sessionIds],
  )
}

/** `reopenDue`: there may be money now for what a driver owes. Index: starts_due. */
export async function reopenDue(sql: Sql, driverId: number): Promise<void> {
  await sql.query(
    'update app.starts set settled_at = null where driver_id = $1 and due_minor > 0',
    [driverId],
  )
}
