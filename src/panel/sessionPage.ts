import { readSessionDetail, type SessionDetail } from '@/db/queries/sessionDetail'

import { viewerOf, type Looking } from './viewer'

export type { LedgerLineRow, SessionDetail } from '@/db/queries/sessionDetail'

export type SessionPage = { session: SessionDetail; mayStop: boolean; seesFrames: boolean }

/** `loadSessionPage`: null outside the scope. */
export async function loadSessionPage(
  looking: Looking,
  sessionId: number,
): Promise<SessionPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const session = await readSessionDetail(viewer.sql, sessionId, {
    scope: viewer.scope('sessions', 'read'),
    people: viewer.fullScope('sessions', 'read'),
  })
  if (!session) return null
  return {
    session,
    mayStop: viewer.can('commands', 'stop'),
    seesFrames: viewer.can('ocpp-messages', 'read'),
  }
}
