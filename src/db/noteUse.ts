import type { Sql } from './pool'
import { noteSeen } from './queries/logins'

const everyMs = 60_000
const most = 10_000
const noted = new Map<string, number>()

/**
 * `noteUse`: this login is in use, kept about once a minute, for the list in which its owner can end it. Beside the
 * request: that must neither wait for it nor fail with it.
 */
export function noteUse(pool: Sql, sessionId: string | null): void {
  if (sessionId === null) return
  const now = Date.now()
  if (now - (noted.get(sessionId) ?? 0) < everyMs) return
  if (noted.size >= most) noted.clear()
  noted.set(sessionId, now)
  noteSeen(pool, sessionId).catch(() => noted.delete(sessionId))
}
