import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type FrameFilter = {
  scope: Scope
  chargerId: number | null
  action: string | null
  direction: 0 | 1 | null
  from: Date | null
  until: Date | null
  /** Only frames with an error, or only those without. */
  hasError: boolean | null
  before: FrameCursor | null
  limit: number
}

/** Where a page ended. Frames of one commit may share an instant, so the instant alone does not name a place. */
export type FrameCursor = {
  at: string
  chargerId: number
  connectionId: number
  direction: number
  kind: number
  messageId: string
}

export type FoundFrame = {
  /** Its place in the log; an answer kept with its call stands where the call does. With microseconds, as text. */
  at: string
  saidAt: Date
  chargerId: number | null
  charger: string | null
  connectionId: number
  direction: 0 | 1
  kind: number
  action: string | null
  messageId: string | null
  payload: string
  error: string | null
}

/**
 * `searchFrames`: newest first, inside the scope. With a charger the index (charger_id, at) serves it; without one only
 * the BRIN on `at` does, so give a `from`. Frames of unregistered chargers are inside the whole network only.
 */
export async function searchFrames(sql: Sql, filter: FrameFilter): Promise<FoundFrame[]> {
  const values: unknown[] = []
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions: string[] = []
  if (filter.scope.kind !== 'all')
    conditions.push(
      `f.charger_id in (select id from chargers where ${scopeSql(filter.scope, { charger: 'id', site: 'site_id' }, values)})`,
    )
  if (filter.chargerId !== null) conditions.push(`f.charger_id = ${place(filter.chargerId)}`)
  if (filter.action !== null) conditions.push(`f.action = ${place(filter.action)}`)
  if (filter.direction !== null) conditions.push(`f.direction = ${place(filter.direction)}`)
  if (filter.from !== null) conditions.push(`f.at >= ${place(filter.from)}`)
  if (filter.until !== null) conditions.push(`f.at < ${place(filter.until)}`)
  if (filter.hasError !== null)
    conditions.push(`f.error is ${filter.hasError ? 'not null' : 'null'}`)
  if (filter.before !== null) {
    const { at, chargerId, connectionId, direction, kind, messageId } = filter.before
    conditions.push(
      `f.at <= ${place(at)}::timestamptz`,
      `(f.at, coalesce(f.charger_id, 0), f.connection_id, f.direction, f.kind, coalesce(f.message_id, ''))
         < (${place(at)}::timestamptz, ${place(chargerId)}::int, ${place(connectionId)}::bigint,
            ${place(direction)}::smallint, ${place(kind)}::smallint, ${place(messageId)}::text)`,
    )
  }
  const { rows } = await sql.query<FoundFrame>(
    `select to_char(f.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, f.said_at as "saidAt", f.charger_id as "chargerId",
            c.name as charger, f.connection_id as "connectionId", f.direction, f.kind, f.action,
            f.message_id as "messageId", f.payload, f.error
       from telemetry.frame_log f left join chargers c on c.id = f.charger_id
      where ${conditions.length > 0 ? conditions.join(' and ') : 'true'}
      order by f.at desc, coalesce(f.charger_id, 0) desc, f.connection_id desc, f.direction desc, f.kind desc,
               coalesce(f.message_id, '') desc
      limit ${place(filter.limit)}`,
    values,
  )
  return rows
}
