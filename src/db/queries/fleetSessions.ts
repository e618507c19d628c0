import type { Sql } from '../pool'
import {
  conditions,
  finalMinor,
  finalTaxMinor,
  finalWh,
  sessionJoins,
  type SessionFilter,
} from './sessionsForReport'

export type FleetDimension = 'fleet' | 'vehicle' | 'driver' | 'card'

export type FleetRow = {
  fleet: string
  /** Of the vehicle, driver or card; null where the session names none. */
  name: string | null
  currency: string | null
  sessions: number
  chargingSeconds: number
  energyWh: number
  costMinor: number
  taxMinor: number
}

const dimensions: Record<FleetDimension, readonly [id: string, name: string]> = {
  fleet: ['null::int', 'null::text'],
  vehicle: ['v.id', `coalesce(nullif(v.name, ''), v.registration)`],
  driver: ['d.id', 'd.name'],
  card: ['c.id', `coalesce(nullif(c.label, ''), c.uid)`],
}

export const fleetRowsMost = 50_000

/**
 * `readFleetSessions`: sums of the sessions of fleets, corrections included, by the fleet of the card, its vehicle or its
 * driver, and by currency. `filter.isOfFleets` says that it is about fleets. Indexes as `sessionPageSql`.
 */
export async function readFleetSessions(
  sql: Sql,
  zone: string,
  filter: SessionFilter & { isOfFleets: true },
  dimension: FleetDimension,
): Promise<FleetRow[]> {
  const { where, values } = conditions(zone, filter)
  const [id, name] = dimensions[dimension]
  const { rows } = await sql.query<FleetRow>(
    `select fl.name fleet, ${name} "name", s.currency, count(*) sessions, coalesce(sum(s.charging_seconds), 0) "chargingSeconds",
            coalesce(sum(${finalWh}), 0) "energyWh", coalesce(sum(${finalMinor}), 0) "costMinor",
            coalesce(sum(${finalTaxMinor}), 0) "taxMinor"
       from ${sessionJoins} where ${where}
      group by fl.id, fl.name, ${id}, 2, s.currency order by fl.name, fl.id, 2 nulls last, ${id}, s.currency nulls last
      limit ${fleetRowsMost + 1}`,
    values,
  )
  return rows
}
