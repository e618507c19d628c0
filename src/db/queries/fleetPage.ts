import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** What one driver used with one vehicle's card (either may be none) in one month and one currency. */
export type UsedRow = {
  driverId: number | null
  vehicleId: number | null
  isThisMonth: boolean
  /** Null: not priced. */
  currency: string | null
  sessions: number
  energyWh: number
  costMinor: number | null
}

export type FleetDriver = { id: number; name: string; email: string; status: string }
export type FleetVehicle = {
  id: number
  registration: string
  name: string | null
  driver: string | null
  cards: number
}
export type FleetCard = {
  id: number
  uid: string
  isFull: boolean
  label: string | null
  status: string
  holder: string | null
}

export type FleetRows = {
  timezone: string
  monthStart: string
  used: UsedRow[]
  driverCount: number
  vehicleCount: number
  cardCount: number
  drivers: FleetDriver[]
  vehicles: FleetVehicle[]
  cards: FleetCard[]
  /** Private chargers that let this fleet in, as far as they are in sight. */
  chargers: { id: number; name: string; siteName: string | null }[]
}

export type FleetScopes = {
  drivers: Scope
  vehicles: Scope
  cards: Scope
  /** Where card numbers are shown whole. */
  cardDetails: Scope
  /** Sessions of which it is shown whose they are. */
  sessions: Scope
  chargers: Scope
}

/** Rows of one kind on the page; the rest is a list away. */
export const fleetRowsMost = 100

/**
 * `readFleet`: who and what belongs to a fleet and what it used this month and last, in the network's own zone, in one
 * statement. A session is the fleet's by its driver or by its card (its own, a driver's or a vehicle's), as they belong
 * to it now. Indexes: sessions_card_idx, sessions_driver_idx; sessions of others are not looked at.
 */
export async function readFleet(
  sql: Sql,
  fleetId: number,
  scopes: FleetScopes,
): Promise<FleetRows | null> {
  const values: unknown[] = [fleetId]
  const inside = (scope: Scope, site: string, charger: string | null = null) =>
    scopeSql(scope, { charger, site }, values)
  const drivers = inside(scopes.drivers, 'd.site_id')
  const { rows } = await sql.query<{ page: FleetRows }>(
    `with months as (
       select zone, date_trunc('month', now() at time zone zone) at time zone zone this_month,
              (date_trunc('month', now() at time zone zone) - interval '1 month') at time zone zone last_month
         from (select coalesce((select nullif(timezone, '') from settings limit 1), 'Europe/London') zone) z
     ),
     all_drivers as materialized (select * from drivers where fleet_id = $1),
     all_vehicles as materialized (select * from vehicles where fleet_id = $1),
     all_cards as materialized (
       select * from rfid_cards where fleet_id = $1 or driver_id = any(array(select id from all_drivers))
          or vehicle_id = any(array(select id from all_vehicles))
     ),
     used as (
       select s.driver_id, c.vehicle_id, s.started_at >= m.this_month is_this, s.currency, count(*) sessions,
              coalesce(sum(s.energy_wh), 0) energy_wh, sum(s.cost_minor) cost_minor
         from months m, sessions s left join all_cards c on c.id = s.card_id
        where (s.card_id = any(array(select id from all_cards)) or s.driver_id = any(array(select id from all_drivers)))
          and s.started_at >= m.last_month and ${inside(scopes.sessions, 's.site_id', 's.charger_id')}
        group by 1, 2, 3, 4
     ),
     seen_drivers as (select d.* from all_drivers d where ${drivers}),
     seen_vehicles as (select v.* from all_vehicles v where ${inside(scopes.vehicles, 'v.site_id')}),
     seen_cards as (select c.* from all_cards c where ${inside(scopes.cards, 'c.site_id')})
     select json_build_object('timezone', m.zone, 'monthStart', m.this_month,
       'used', coalesce((select json_agg(json_build_object('driverId', driver_id, 'vehicleId', vehicle_id,
            'isThisMonth', is_this, 'currency', currency, 'sessions', sessions, 'energyWh', energy_wh,
            'costMinor', cost_minor)) from used), '[]'),
       'driverCount', (select count(*) from seen_drivers),
       'vehicleCount', (select count(*) from seen_vehicles),
       'cardCount', (select count(*) from seen_cards),
       'drivers', coalesce((select json_agg(json_build_object('id', id, 'name', name, 'email', email, 'status', status))
          from (select * from seen_drivers order by lower(name), id limit ${fleetRowsMost}) d), '[]'),
       'vehicles', coalesce((select json_agg(json_build_object('id', v.id, 'registration', v.registration, 'name', v.name,
            'driver', (select d.name from drivers d where d.id = v.driver_id and ${drivers}),
            'cards', (select count(*) from all_cards c where c.vehicle_id = v.id)))
          from (select * from seen_vehicles order by registration limit ${fleetRowsMost}) v), '[]'),
       'cards', coalesce((select json_agg(json_build_object('id', c.id, 'uid', c.uid,
            'isFull', ${inside(scopes.cardDetails, 'c.site_id')}, 'label', c.label, 'status', c.status,
            'holder', coalesce((select d.name from drivers d where d.id = c.driver_id and ${drivers}),
                               (select v.registration from all_vehicles v where v.id = c.vehicle_id))))
          from (select * from seen_cards order by uid limit ${fleetRowsMost}) c), '[]'),
       'chargers', coalesce((select json_agg(json_build_object('id', ch.id, 'name', ch.name, 'siteName', si.name) order by ch.name)
          from chargers_rels r join chargers ch on ch.id = r.parent_id left join sites si on si.id = ch.site_id
         where r.fleets_id = $1 and r.path = 'approvedFleets' and ch.visibility = 'private'
           and ${inside(scopes.chargers, 'ch.site_id', 'ch.id')}), '[]')) page
       from months m`,
    values,
  )
  return rows[0]?.page ?? null
}
