import type { Sql } from '../pool'
import { readEvents, type EventRow } from './readEvents'

export type FeedPiece = {
  rows: EventRow[]
  /** Nothing more is waiting at this moment. */
  isDrained: boolean
}

/** An id that was given and not seen: its transaction may still commit. For so long it is asked for again. */
const missingForMs = 20_000
const missingMost = 5_000

type Missing = [id: number, noticedMs: number]

/**
 * `readFeed`: the next rows of the outbox for a reader who must not miss one (incidents, webhooks). How far it has read
 * is a row that the caller's transaction holds, so what it writes and how far it has read commit together; null where
 * another worker holds it. A reader that is new begins with what happens from now on.
 */
export async function readFeed(
  sql: Sql,
  name: string,
  options: { limit: number; now: Date },
): Promise<FeedPiece | null> {
  await sql.query(
    `insert into telemetry.cursors (name, last_id)
     select $1, coalesce(max(id), 0) from telemetry.events
      where not exists (select from telemetry.cursors where name = $1)
     on conflict do nothing`,
    [name],
  )
  const held = await sql.query<{ lastId: number; missing: Missing[] }>(
    `select last_id as "lastId", missing from telemetry.cursors where name = $1 for update skip locked`,
    [name],
  )
  const cursor = held.rows[0]
  if (!cursor) return null
  const nowMs = options.now.getTime()
  const asked = cursor.missing.filter(([, noticedMs]) => nowMs - noticedMs <= missingForMs)
  const rows = await readEvents(
    sql,
    cursor.lastId,
    asked.map(([id]) => id),
    options.limit,
  )
  const seen = new Set(rows.map((row) => row.id))
  const missing = asked.filter(([id]) => !seen.has(id))
  let lastId = cursor.lastId
  for (const { id } of rows) {
    if (id <= lastId) continue
    for (let gap = Math.max(lastId + 1, id - missingMost); gap < id; gap++)
      missing.push([gap, nowMs])
    lastId = id
  }
  await sql.query(
    'update telemetry.cursors set last_id = $2, missing = $3, updated_at = $4 where name = $1',
    [name, lastId, JSON.stringify(missing.slice(-missingMost)), options.now],
  )
  return { rows, isDrained: rows.filter((row) => row.id > cursor.lastId).length < options.limit }
}
