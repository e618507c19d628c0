import type { Sql } from '../../pool'

/** What a map has to know of one kind of connector at a site. */
export type PlaceConnector = {
  siteId: number
  /** As people wrote it. */
  standard: string | null
  maxPowerW: number | null
  isAvailable: boolean
  updatedAtMs: number
}

export type PlaceRow = { id: number; latitude: number; longitude: number }

/** `readPlaces`: the sites that can be shown on a map; all of them, or of these. */
export async function readPlaces(sql: Sql, siteIds: readonly number[] | null): Promise<PlaceRow[]> {
  const { rows } = await sql.query<PlaceRow>(
    `select id, latitude::float8 as latitude, longitude::float8 as longitude from sites
      where latitude is not null and longitude is not null and ($1::int[] is null or id = any($1::int[])) order by id`,
    [siteIds],
  )
  return rows
}

/**
 * `changedSites`: where something that a map shows may have changed since. What is deleted, and what a charger with a
 * wrong clock says, is not seen here: look at everything now and then.
 */
export async function changedSites(sql: Sql, since: Date): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select id from sites where updated_at > $1
     union select site_id from chargers where updated_at > $1
     union select ch.site_id from charger_states st join chargers ch on ch.state_id = st.id where st.status_since > $1
     union select ch.site_id from connectors cn join chargers ch on ch.id = cn.charger_id where cn.updated_at > $1
     union select ch.site_id from connector_states cs join connectors cn on cn.state_id = cs.id
             join chargers ch on ch.id = cn.charger_id where cs.status_since > $1`,
    [since],
  )
  return rows.map(({ id }) => id)
}

const connectorsOf = (chargers: string) =>
  `select ch.site_id as "siteId", cn.standard, cn.max_power_w::int as "maxPowerW",
          coalesce(bool_or(st.connected and cs.status = 'Available'), false) as "isAvailable",
          (extract(epoch from max(greatest(si.updated_at, ch.updated_at, st.status_since, cn.updated_at, cs.status_since)))
             * 1000)::float8 as "updatedAtMs"
     from (${chargers}) ch join sites si on si.id = ch.site_id
     left join charger_states st on st.id = ch.state_id
     left join connectors cn on cn.charger_id = ch.id
     left join connector_states cs on cs.id = cn.state_id
    group by 1, 2, 3`

/** `publicConnectors`: of chargers that everybody may know of; at all sites or at these. Index: chargers_public_site. */
export async function publicConnectors(
  sql: Sql,
  siteIds: readonly number[] | null,
): Promise<PlaceConnector[]> {
  const { rows } = await sql.query<PlaceConnector>(
    connectorsOf(
      `select * from chargers where visibility = 'public' and ($1::int[] is null or site_id = any($1::int[]))`,
    ),
    [siteIds],
  )
  return rows
}

/** `privateConnectors`: of private chargers that let this driver in, as `visibleSql` says; found from the approvals. */
export async function privateConnectors(sql: Sql, driverId: number): Promise<PlaceConnector[]> {
  const { rows } = await sql.query<PlaceConnector>(
    connectorsOf(
      `select * from chargers where visibility <> 'public' and id in (
         select r.parent_id from chargers_rels r
          where (r.path = 'approvedDrivers' and r.drivers_id = $1)
             or (r.path = 'approvedFleets' and r.fleets_id = (select fleet_id from drivers where id = $1))
             or (r.path = 'approvedCards' and r.rfid_cards_id in
                   (select id from rfid_cards where driver_id = $1 and status = 'active')))`,
    ),
    [driverId],
  )
  return rows
}

export async function favouriteSites(sql: Sql, driverId: number): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    'select site_id as id from app.favourites where driver_id = $1',
    [driverId],
  )
  return rows.map(({ id }) => id)
}
