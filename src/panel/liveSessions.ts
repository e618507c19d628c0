import { readLiveSessions, type LiveSessionsPage } from '@/db/queries/liveSessions'
import { isInside } from '@/domain/scope'

import { viewerOf, type Looking } from './viewer'

export type { LiveSessionRow } from '@/db/queries/liveSessions'

const rowsMost = 200

export type LiveSessionsBoard = LiveSessionsPage & { mayStop: boolean }

/** `loadLiveSessions`: what charges now, as far as the person may see it; null for a stranger. */
export async function loadLiveSessions(looking: Looking): Promise<LiveSessionsBoard | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const page = await readLiveSessions(viewer.sql, {
    scope: viewer.scope('sessions', 'read'),
    people: viewer.fullScope('sessions', 'read'),
    limit: rowsMost,
  })
  const stop = viewer.scope('commands', 'stop')
  const mayStop = page.rows.some((row) =>
    isInside(stop, { chargerId: row.chargerId, siteId: row.siteId }),
  )
  return {
    ...page,
    mayStop: mayStop || stop.kind === 'all' || (stop.kind === 'some' && stop.regionIds.length > 0),
  }
}
