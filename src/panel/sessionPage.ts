import { readSessionDetail, type SessionDetail } from '@/db/queries/sessionDetail'
import { readTariffNames } from '@/db/queries/tariffVersions'

import { viewerOf, type Looking } from './viewer'

export type { CorrectionLine, LedgerLineRow, SessionDetail } from '@/db/queries/sessionDetail'

export type SessionPage = {
  session: SessionDetail
  mayStop: boolean
  seesFrames: boolean
  mayCorrect: boolean
  /** To price a session by that has no price; empty for whoever may not. */
  tariffs: { id: number; name: string }[]
}

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
  const mayCorrect = viewer.scope('sessions', 'correct').kind === 'all'
  const needsTariff = mayCorrect && session.status === 'needs-review' && session.costMinor === null
  return {
    session,
    mayCorrect,
    tariffs: needsTariff ? await readTariffNames(viewer.sql) : [],
    mayStop: viewer.can('commands', 'stop'),
    seesFrames: viewer.can('ocpp-messages', 'read'),
  }
}
