import {
  readLastSeen,
  readPictures,
  readRegisters,
  readStarts,
  readUnmet,
} from '../../db/queries/incidentPictures'
import { readFeed } from '../../db/queries/feed'
import { readDue } from '../../db/queries/incidents'
import type { EventRow } from '../../db/queries/readEvents'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { incidentRules, type Happening } from '../../domain/incident'
import { judge } from '../incidents/judge'
import { toHappening, toMet, toRegisterRead } from '../incidents/toHappenings'
import type { JobContext, JobDefinition } from '../job'

const feedName = 'incidents'
const eventsAtOnce = 400
const chargersAtOnce = 400
/** The rest at the next turn: a worker that is stopping waits for this one. */
const piecesMost = 200

/** What happens by itself when nothing happens: a charger that stays away, a fault that stays away, a plug left in. */
export const raiseIncidents: JobDefinition = {
  name: 'raiseIncidents',
  expression: '*/5 * * * * *',
  run: raiseWhatHappened,
}

/**
 * `raiseWhatHappened`: reads what happened since the last time and what is due, until nothing is left. Each piece is one
 * transaction that holds the cursor: of several workers one does it, one that dies leaves the piece to the next, and an
 * alert never exists without the memory of it.
 */
export async function raiseWhatHappened(context: JobContext): Promise<void> {
  for (let piece = 0; piece < piecesMost; piece++) {
    const hasMore = await withTransaction(context.pool, (sql) => onePiece(sql, context.now()))
    if (!hasMore) return
  }
}

async function onePiece(sql: Sql, now: Date): Promise<boolean> {
  const piece = await readFeed(sql, feedName, { limit: eventsAtOnce, now })
  if (!piece) return false
  const heard = await hear(sql, piece.rows)
  // Time must not run ahead of what is still unread: a charger would be away although its return is in the next piece.
  const newest = piece.rows.at(-1)
  const until = piece.isDrained || !newest ? now : newest.at
  const [due, unmet] = piece.isDrained
    ? [await readDue(sql, now, chargersAtOnce), await readUnmet(sql, chargersAtOnce)]
    : [[], []]
  const pictures = await readPictures(sql, [...new Set([...due, ...unmet])])
  const happenings = [...heard, ...pictures.map((picture) => toMet(picture, now))]
  const chargerIds = [...new Set(happenings.map((happening) => happening.chargerId))]
  if (chargerIds.length > 0)
    await judge(sql, {
      happenings,
      chargerIds,
      until,
      offlineAfterMs: await readOfflineAfterMs(sql),
      now,
    })
  return !piece.isDrained || due.length === chargersAtOnce || unmet.length === chargersAtOnce
}

async function hear(sql: Sql, rows: readonly EventRow[]): Promise<Happening[]> {
  const idsOf = (kind: string) => rows.filter((row) => row.kind === kind)
  const gone = idsOf('charger.disconnected').flatMap((row) => row.chargerId ?? [])
  const priced = idsOf('session.priced').flatMap((row) => row.sessionId ?? [])
  const lastSeen = await readLastSeen(sql, [...new Set(gone)])
  const starts = await readStarts(sql, [...new Set(priced)])
  const beside = { lastSeen, starts: new Map(starts.map((one) => [one.sessionId, one.starts])) }
  return rows.flatMap((row) => toHappening(row, beside) ?? [])
}

async function readOfflineAfterMs(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ seconds: number }>(
    'select coalesce(max(offline_after_seconds), 75)::int as seconds from settings',
  )
  return (rows[0]?.seconds ?? 75) * 1000
}

/** Meters that stand still while their charger says that it charges; no event tells that nothing happens. */
export const watchRegisters: JobDefinition = {
  name: 'watchRegisters',
  expression: '20 * * * * *',
  async run({ pool, now }) {
    const at = now()
    for (let afterId = 0; ;) {
      const registers = await readRegisters(pool, {
        now: at,
        standstillMs: incidentRules.standstillMs,
        limit: chargersAtOnce,
        afterId,
      })
      const last = registers.at(-1)
      if (!last) return
      afterId = last.sessionId
      const happenings = registers.map((register) => toRegisterRead(register, at))
      await withTransaction(pool, async (sql) => {
        // The rules of one charger run in one place at a time: the cursor is their lock.
        await sql.query('select from telemetry.cursors where name = $1 for update', [feedName])
        const matters = await thoseThatMatter(sql, happenings)
        if (matters.length === 0) return
        await judge(sql, {
          happenings: matters,
          chargerIds: [...new Set(matters.map((one) => one.chargerId))],
          // Time passes where events are read.
          until: null,
          offlineAfterMs: 0,
          now: at,
        })
      })
      if (registers.length < chargersAtOnce) return
    }
  },
}

/** A register that moves is news only where it was said that it stands still. */
async function thoseThatMatter(sql: Sql, happenings: readonly Happening[]): Promise<Happening[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select charger_id as id from alerts where kind = 'no-energy' and status <> 'resolved' and charger_id = any($1::int[])`,
    [happenings.map((happening) => happening.chargerId)],
  )
  const open = new Set(rows.map((row) => row.id))
  return happenings.filter(
    (happening) =>
      happening.kind === 'register' && (!happening.isMoving || open.has(happening.chargerId)),
  )
}
