import type { Payload } from 'payload'
import { cache } from 'react'

import {
  readFleetNow,
  readFleetTakings,
  type FleetNow,
  type FleetTakings,
} from '@/db/queries/fleetBoard'
import { readFleetUsage, type FleetUsage } from '@/db/queries/fleetUsage'

import { viewerOf, type Viewer } from './viewer'

export type { FleetNow, FleetTakings } from '@/db/queries/fleetBoard'
export type { FleetUsage } from '@/db/queries/fleetUsage'

const keptForMs = 15_000
const shownForMs = 60_000
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

/** `loadFleetTakings`: made anew after 15 s, shown for a minute; an open dashboard asks every second while chargers are busy. */
export const loadFleetTakings = cache(
  async (payload: Payload, userId: number): Promise<FleetTakings | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    return viewer && takingsOf(viewer)
  },
)

/** `loadFleetUsage`: how well it works, over a week; kept in the same way. */
export const loadFleetUsage = cache(
  async (payload: Payload, userId: number): Promise<FleetUsage | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    return viewer && usageOf(viewer)
  },
)

function takingsOf(viewer: Viewer): Promise<FleetTakings> {
  const asked = {
    chargers: viewer.scope('chargers', 'read'),
    sessions: viewer.scope('sessions', 'read'),
    seesMoney: viewer.can('reports', 'run'),
  }
  return sharedTakings(asked, viewer.now, () =>
    readFleetTakings(viewer.sql, { ...asked, now: viewer.now }),
  )
}

function usageOf(viewer: Viewer): Promise<FleetUsage> {
  const asked = {
    chargers: viewer.scope('chargers', 'read'),
    sessions: viewer.scope('sessions', 'read'),
    commands: viewer.scope('commands', 'read'),
  }
  return sharedUsage(asked, viewer.now, () =>
    readFleetUsage(viewer.sql, { ...asked, now: viewer.now }),
  )
}

const sharedTakings = keeper<FleetTakings>()
const sharedUsage = keeper<FleetUsage>()

/** People with the same scope share a reading; a changed grant is another scope and never meets the old one. */
function keeper<Reading>() {
  const kept = new Map<string, { at: number; reading: Promise<Reading> }>()
  return (asked: object, now: Date, read: () => Promise<Reading>): Promise<Reading> => {
    const key = JSON.stringify(asked)
    const known = kept.get(key)
    const ageMs = known ? now.getTime() - known.at : Infinity
    if (known && ageMs < keptForMs) return known.reading
    const reading = read()
    reading.catch(() => kept.delete(key))
    kept.delete(key)
    kept.set(key, { at: now.getTime(), reading })
    const [oldest] = kept.keys()
    if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest)
    // A status that changed does not wait for figures over a month: they come with the next look.
    if (known && ageMs < shownForMs) return known.reading
    return reading
  }
}
