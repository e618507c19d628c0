import type { Sql } from '../../pool'

/** A start whose charge or whose money is not over. */
export type OpenStart = {
  id: number
  driverId: number
  chargerId: number
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
    `select st.id, st.driver_id as "driverId", st.charger_id as "chargerId", st.payment,
            coalesce(s.currency, st.currency) as currency, st.limit_wh as "limitWh", st.limit_minor as "limitMinor",
            st.limit_seconds as "limitSeconds", st.stop_asked_at as "stopAskedAt", st.stop_tries as "stopTries",
            st.created_at as "createdAt",
            coalesce(c.is_final and c.status <> 'effective', c.id is null) as "isCommandOver",
            s.id as "sessionId", s.transaction_id as "transactionId", s.started_at as "startedAt",
            s.stopped_at as "stoppedAt", s.status as "sessionStatus", s.priced_at is not null as "isPriced",
            coalesce(s.energy_wh, 0) as "energyWh", s.cost_minor as "costMinor"
       from app.starts st
       left join commands c on c.id = st.command_id
       left join lateral (
         select * from sessions s where s.driver_id = st.driver_id and upper(s.id_tag) = st.id_tag
            and s.started_at > st.created_at - interval '7 days' order by s.started_at desc limit 1) s on true
      where st.settled_at is null and st.id > $1 order by st.id limit $2 for update of st skip locked`,
    [afterId, limit],
  )
  return rows
}

export async function settleStart(sql: Sql, startId: number, now: Date): Promise<void> {
  await sql.query('update app.starts set settled_at = $2 where id = $1', [startId, now])
}
