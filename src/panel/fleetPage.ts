import {
  fleetRowsMost,
  readFleet,
  type FleetCard,
  type FleetDriver,
  type FleetRows,
  type FleetVehicle,
  type UsedRow,
} from '@/db/queries/fleetPage'
import { maskUid } from '@/domain/idToken'

import { viewerOf, type Looking } from './viewer'

/** Amounts by currency, the largest first: pounds and euros are not added up. */
export type Usage = {
  sessions: number
  energyWh: number
  costs: { currency: string; costMinor: number }[]
}

export type FleetBoard = Omit<FleetRows, 'used' | 'drivers' | 'vehicles' | 'cards'> & {
  thisMonth: Usage
  lastMonth: Usage
  drivers: (FleetDriver & { usage: Usage })[]
  vehicles: (FleetVehicle & { usage: Usage })[]
  cards: Omit<FleetCard, 'isFull'>[]
  rowsMost: number
  mayAdd: { driver: boolean; vehicle: boolean; card: boolean }
}

/** `loadFleet`: the page of a fleet that Payload has already found to be in sight; null for a stranger. */
export async function loadFleet(looking: Looking, fleetId: number): Promise<FleetBoard | null> {
  const viewer = await viewerOf(looking)
  if (!viewer?.can('fleets', 'read')) return null
  const rows = await readFleet(viewer.sql, fleetId, {
    drivers: viewer.scope('drivers', 'read'),
    vehicles: viewer.scope('vehicles', 'read'),
    cards: viewer.scope('rfid-cards', 'read'),
    cardDetails: viewer.fullScope('rfid-cards', 'read'),
    sessions: viewer.fullScope('sessions', 'read'),
    chargers: viewer.scope('chargers', 'read'),
  })
  if (!rows) return null
  const { used, drivers, vehicles, cards, ...rest } = rows
  const now = used.filter((row) => row.isThisMonth)
  return {
    ...rest,
    thisMonth: sumOf(now),
    lastMonth: sumOf(used.filter((row) => !row.isThisMonth)),
    drivers: drivers.map((driver) => ({
      ...driver,
      usage: sumOf(now.filter((row) => row.driverId === driver.id)),
    })),
    vehicles: vehicles.map((vehicle) => ({
      ...vehicle,
      usage: sumOf(now.filter((row) => row.vehicleId === vehicle.id)),
    })),
    cards: cards.map(({ isFull, uid, ...card }) => ({ ...card, uid: isFull ? uid : maskUid(uid) })),
    rowsMost: fleetRowsMost,
    mayAdd: {
      driver: viewer.can('drivers', 'create'),
      vehicle: viewer.can('vehicles', 'create'),
      card: viewer.can('rfid-cards', 'create'),
    },
  }
}

function sumOf(rows: readonly UsedRow[]): Usage {
  const costs = new Map<string, number>()
  for (const { currency, costMinor } of rows)
    if (currency !== null && costMinor !== null)
      costs.set(currency, (costs.get(currency) ?? 0) + costMinor)
  return {
    sessions: rows.reduce((sum, row) => sum + row.sessions, 0),
    energyWh: rows.reduce((sum, row) => sum + row.energyWh, 0),
    costs: [...costs]
      .map(([currency, costMinor]) => ({ currency, costMinor }))
      .sort((a, b) => b.costMinor - a.costMinor),
  }
}
