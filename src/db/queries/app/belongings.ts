import type { Sql } from '../../pool'

export type OwnVehicle = {
  id: number
  publicId: string
  registration: string
  name: string | null
  fleet: string | null
}

/** `findOwnVehicle`: this one of his, or the only one he has; another's is not there. */
export async function findOwnVehicle(
  sql: Sql,
  driverId: number,
  publicId: string | null,
): Promise<OwnVehicle | null> {
  const rows = await ownVehicles(sql, driverId)
  if (publicId === null) return rows.length === 1 ? rows[0]! : null
  return rows.find((row) => row.publicId === publicId) ?? null
}

export async function ownVehicles(sql: Sql, driverId: number): Promise<OwnVehicle[]> {
  const { rows } = await sql.query<OwnVehicle>(
    `select v.id, v.public_id as "publicId", v.registration, v.name, f.name as fleet
       from vehicles v left join fleets f on f.id = v.fleet_id where v.driver_id = $1 order by v.registration limit 200`,
    [driverId],
  )
  return rows
}

/** `addVehicle`: null where a vehicle of this plate is there already, whoever has it. */
export async function addVehicle(
  sql: Sql,
  driverId: number,
  vehicle: { registration: string; name: string | null },
): Promise<OwnVehicle | null> {
  const { rows } = await sql.query<OwnVehicle>(
    `insert into vehicles (registration, name, driver_id) values ($1, $2, $3) on conflict do nothing
     returning id, public_id as "publicId", registration, name, null as fleet`,
    [vehicle.registration, vehicle.name, driverId],
  )
  return rows[0] ?? null
}

/** `dropVehicle`: the vehicle stays for the history, without its driver; a fleet's own is the fleet's to remove. */
export async function dropVehicle(sql: Sql, driverId: number, publicId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update vehicles set driver_id = null, registration = case when fleet_id is null then 'removed ' || public_id else registration end,
            updated_at = now()
      where public_id = $2 and driver_id = $1`,
    [driverId, publicId],
  )
  return rowCount === 1
}

export type OwnCard = {
  id: string
  label: string | null
  lastFour: string
  status: 'active' | 'blocked' | 'lost' | 'expired'
  expiresAt: Date | null
}

export async function ownCards(sql: Sql, driverId: number): Promise<OwnCard[]> {
  const { rows } = await sql.query<OwnCard>(
    `select public_id as id, nullif(label, '') as label, right(uid, 4) as "lastFour",
            case when status = 'active' and expires_at <= now() then 'expired' else status::text end as status,
            expires_at as "expiresAt"
       from rfid_cards where driver_id = $1 order by id limit 200`,
    [driverId],
  )
  return rows
}

/** `blockOwnCard`: `blocked` or `lost`; unblocking is the operator's. Answers the row, for the chargers to be told. */
export async function blockOwnCard(
  sql: Sql,
  driverId: number,
  publicId: string,
  status: 'blocked' | 'lost',
): Promise<{ id: number; uid: string; siteId: number | null } | null> {
  const { rows } = await sql.query<{ id: number; uid: string; siteId: number | null }>(
    `update rfid_cards set status = $3::enum_rfid_cards_status, updated_at = now()
      where public_id = $2 and driver_id = $1 returning id, uid, site_id as "siteId"`,
    [driverId, publicId, status],
  )
  return rows[0] ?? null
}

export async function ownFleet(
  sql: Sql,
  driverId: number,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql.query<{ id: string; name: string }>(
    `select f.public_id as id, f.name from fleets f
      where f.id in (select fleet_id from drivers where id = $1 union select fleet_id from vehicles where driver_id = $1)
      order by f.name`,
    [driverId],
  )
  return rows
}
