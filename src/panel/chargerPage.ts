import type { Payload } from 'payload'
import { cache } from 'react'

import { readChargerBoard, type ChargerBoard } from '@/db/queries/chargerBoard'
import { isInside } from '@/domain/scope'

import { viewerOf, type Looking } from './viewer'

export type {
  ChargerBoard,
  CommandBoard,
  ConnectorBoard,
  CurvePoint,
  RecentSession,
  RunningSession,
} from '@/db/queries/chargerBoard'

/** What of the buttons on a charger's page this person may press, asked for this charger's own place. */
export type AllowedHere = {
  start: boolean
  stop: boolean
  reset: boolean
  unlock: boolean
  availability: boolean
  reserve: boolean
  profiles: boolean
  diagnose: boolean
  configure: boolean
  rename: boolean
  cards: boolean
  log: boolean
}

export type ChargerPage = { board: ChargerBoard; allowed: AllowedHere }

/** `loadChargerPage`: one statement per page, however many parts of the page ask for it; null outside the scope. */
export function loadChargerPage(looking: Looking, chargerId: number): Promise<ChargerPage | null> {
  const { user } = looking
  if (user?.collection !== 'users' || typeof user.id !== 'number') return Promise.resolve(null)
  return read(looking.payload, user.id, chargerId)
}

const read = cache(
  async (payload: Payload, userId: number, chargerId: number): Promise<ChargerPage | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    if (!viewer) return null
    const board = await readChargerBoard(viewer.sql, chargerId, {
      scope: viewer.scope('chargers', 'read'),
      people: viewer.fullScope('sessions', 'read'),
      details: viewer.fullScope('chargers', 'read'),
      seesCommands: viewer.can('commands', 'read'),
      reservations: viewer.scope('reservations', 'read'),
      reservedFor: viewer.fullScope('reservations', 'read'),
    })
    if (!board) return null
    // A region's charger is inside by its site's region, which the statement has already checked for reading.
    const place = { chargerId: board.id, siteId: board.siteId, regionId: board.regionId }
    const may = (...asked: Parameters<typeof viewer.scope>) =>
      isInside(viewer.scope(...asked), place)
    return {
      board,
      allowed: {
        start: may('commands', 'start'),
        stop: may('commands', 'stop'),
        reset: may('commands', 'reset'),
        unlock: may('commands', 'unlock'),
        availability: may('connectors', 'change-availability'),
        reserve: may('reservations', 'create'),
        profiles: may('charging-profiles', 'create'),
        diagnose: may('commands', 'diagnose'),
        configure: may('commands', 'configure'),
        rename: may('chargers', 'update'),
        cards: viewer.can('rfid-cards', 'read'),
        log: may('ocpp-messages', 'read'),
      },
    }
  },
)
