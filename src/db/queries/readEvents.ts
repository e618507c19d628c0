import type { Sql } from '../pool'
import { historyKinds } from './chargerEvents'

/** A row of the outbox as it travels to a browser: `body` is the JSON the fact wrote, never with secrets in it. */
export type EventRow = {
  id: number
  at: Date
  kind: string
  chargerId: number | null
  siteId: number | null
  sessionId: number | null
  body: Record<string, unknown>
}

const columns = `id, at, kind, charger_id as "chargerId", site_id as "siteId", session_id as "sessionId",
  coalesce(body, '{}'::jsonb) as body`

/** `lastEventId`: the newest id there is, 0 when the outbox is empty. */
export async function lastEventId(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    'select coalesce(max(id), 0)::bigint as id from telemetry.events',
  )
  return rows[0]?.id ?? 0
}

/**
 * `readEvents`: rows after `afterId`, and those of `missingIds` that have become visible since: an id is given when a
 * row is written and seen when its transaction commits, so a smaller id can arrive after a greater one. Ascending.
 */
export async function readEvents(
  sql: Sql,
  afterId: number,
  missingIds: readonly number[],
  limit: number,
): Promise<EventRow[]> {
  // Two index scans of the primary key; an `or` would be one scan of both conditions' union.
  const { rows } = await sql.query<EventRow>(
    `(select ${columns} from telemetry.events where id = any($2::bigint[]))
     union all
     (select ${columns} from telemetry.events where id > $1 order by id limit $3)
     order by id`,
    [afterId, missingIds, limit],
  )
  return rows
}

/**
 * `pruneEvents`: forgets what is older than `before`; the outbox is a wake-up call, not a history. Connections, boots and
 * reports of a charger move to its log. At most `limit` rows; answers how many.
 */
export async function pruneEvents(sql: Sql, before: Date, limit = 50_000): Promise<number> {
  const { rows } = await sql.query<{ gone: number }>(
    `with gone as (
       delete from telemetry.events where id in (
         select id from telemetry.events where at < $1 order by id limit $2)
       returning id, at, kind, charger_id, body
     ), kept as (
       insert into telemetry.charger_log (id, at, kind, charger_id, body)
       select id, at, kind, charger_id, body from gone where charger_id is not null and kind = any($3::text[])
     )
     select count(*)::int as gone from gone`,
    [before, limit, historyKinds],
  )
  return rows[0]?.gone ?? 0
}

/**
 * `pruneChargerLog`: what is older than `before` goes; a charger's status lines stay, and so does when it was connected:
 * reliability is told by calendar years.
 */
export async function pruneChargerLog(sql: Sql, before: Date): Promise<void> {
  await sql.query(
    `delete from telemetry.charger_log where at < $1 and kind not in ('charger.connected', 'charger.disconnected')`,
    [before],
  )
}
