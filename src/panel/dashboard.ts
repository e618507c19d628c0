import type { Payload } from 'payload'
import { cache } from 'react'

import {
  readFleetNow,
  readFleetTakings,
  type FleetNow,
  type FleetTakings,
} from '@/db/queries/fleetBoard'

import { viewerOf, type Viewer } from './viewer'

export type { FleetNow, FleetTakings } from '@/db/queries/fleetBoard'

const takingsForMs = 15_000
const keptMost = 200

/** `loadFleetNow`: read once for all blocks of the page that show the moment; null for a stranger. */
export const loadFleetNow = cache(
  async (payload: Payload, userId: number): Promise<FleetNow | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    if (!viewer) return null
    return readFleetNow(viewer.sql, {
      chargers: viewer.scope('chargers', 'read'),
      sessions: viewer.scope('sessions', 'read'),
      now: viewer.now,
    })
  },
)

/** `loadFleetTakings`: no older than 15 s; an open dashboard asks every second while chargers are busy. */
export const loadFleetTakings = cache(
  async (payload: Payload, userId: number): Promise<FleetTakings | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    return viewer && takingsOf(viewer)
  },
)

const kept = new Map<string, { at: number; takings: Promise<FleetTakings> }>()

/** People with the same scope share a reading; a changed grant is another scope and never meets the old one. */
function takingsOf(viewer: Viewer): Promise<FleetTakings> {
  const asked = {
    sessions: viewer.scope('sessions', 'read'),
    seesMoney: viewer.can('reports', 'run'),
  }
  const key = JSON.stringify(asked)
  const nowMs = viewer.now.getTime()
  const known = kept.get(key)
  if (known && nowMs - known.at < takingsForMs) return known.takings
  const takings = readFleetTakings(viewer.sql, { ...asked, now: viewer.now })
  takings.catch(() => kept.delete(key))
  kept.delete(key)
  kept.set(key, { at: nowMs, takings })
  const [oldest] = kept.keys()
  if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest)
  return takings
}
