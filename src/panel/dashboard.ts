import type { Payload } from 'payload'
import { cache } from 'react'

import { readFleetBoard, type FleetBoard } from '@/db/queries/fleetBoard'

import { viewerOf } from './viewer'

export type { FleetBoard } from '@/db/queries/fleetBoard'

/** `loadDashboard`: one statement for all blocks of the page; null for a stranger. */
export const loadDashboard = cache(
  async (payload: Payload, userId: number): Promise<FleetBoard | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    if (!viewer) return null
    return readFleetBoard(viewer.sql, {
      chargers: viewer.scope('chargers', 'read'),
      sessions: viewer.scope('sessions', 'read'),
      seesMoney: viewer.can('reports', 'run'),
      now: viewer.now,
    })
  },
)
