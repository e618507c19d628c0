import type { Sql } from '../../pool'
import { visibleSql } from './visible'

export type EvseRow = {
  id: string
  locationId: string
  connectorRow: number
  chargerRow: number
  siteRow: number
  connectorNumber: number
  code: string | null
  chargerId: string
  chargerName: string
  label: string | null
  standard: string | null
  maxPowerW: number | null
  word: string | null
  statusSince: Date | null
  isConnected: boolean
  timezone: string
}

export type LocationRow = {
  row: number
  id: string
  name: string
  address: string | null
  latitude: number | null
  longitude: number | null
  timezone: string
  openingHours: string | null
  updatedAt: Date
  isFavourite: boolean
}

const zoneSql = `coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London')`

export async function readLocations(
  sql: Sql,
  siteIds: readonly number[],
  driverId: number | null,
): Promise<LocationRow[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql.query<LocationRow>(
    `select si.id as row, si.public_id as id, si.name, si.address, si.latitude::float8 as latitude,
            si.longitude::float8 as longitude, ${zoneSql} as timezone, si.opening_hours as "openingHours",
            si.updated_at as "updatedAt",
            exists (select from app.favourites f where f.site_id = si.id and f.driver_id = $2::int) as "isFavourite"
       from sites si where si.id = any($1::int[]) order by array_position($1::int[], si.id)`,
    [siteIds, driverId],
  )
  return rows
}

/** `findLocation`: the site with this public id where the driver may see one of its chargers. */
export async function findLocation(
  sql: Sql,
  publicId: string,
  driverId: number | null,
): Promise<number | null> {
  const { rows } = await sql.query<{ id: number }>(
    `select si.id from sites si where si.public_id = $1
        and exists (select from chargers ch where ch.site_id = si.id and ${visibleSql('ch', '$2')})`,
    [publicId, driverId],
  )
  return rows[0]?.id ?? null
}

const evseColumns = `cn.public_id as id, si.public_id as "locationId", cn.id as "connectorRow", ch.id as "chargerRow",
  si.id as "siteRow", cn.connector_id::int as "connectorNumber", cn.code, ch.public_id as "chargerId",
  case when lower(ch.name) = lower(ch.identity) then 'Charger ' || ch.id else ch.name end as "chargerName",
  nullif(cn.label, '') as label, nullif(cn.standard, '') as standard, cn.max_power_w::int as "maxPowerW",
  cs.status as word, cs.status_since as "statusSince", coalesce(st.connected, false) as "isConnected",
  ${zoneSql} as timezone`
const evseTables = `connectors cn join chargers ch on ch.id = cn.charger_id join sites si on si.id = ch.site_id
  left join charger_states st on st.id = ch.state_id left join connector_states cs on cs.id = cn.state_id`

/** `readEvses`: what may be charged at at these sites. Index: chargers_site_idx, connectors_charger_idx. */
export async function readEvses(
  sql: Sql,
  siteIds: readonly number[],
  driverId: number | null,
): Promise<EvseRow[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql.query<EvseRow>(
    `select ${evseColumns} from ${evseTables}
      where ch.site_id = any($1::int[]) and ${visibleSql('ch', '$2')} order by ch.name, ch.id, cn.connector_id`,
    [siteIds, driverId],
  )
  return rows
}

/** `findEvse`: by public id or by the printed code; null where the driver may not know of it. */
export async function findEvse(
  sql: Sql,
  by: { id: string } | { code: string },
  driverId: number | null,
): Promise<EvseRow | null> {
  const condition = 'id' in by ? 'cn.public_id = $1' : 'cn.code = upper($1)'
  const { rows } = await sql.query<EvseRow>(
    `select ${evseColumns} from ${evseTables} where ${condition} and ${visibleSql('ch', '$2')}`,
    ['id' in by ? by.id : by.code, driverId],
  )
  return rows[0] ?? null
}

/** When a charge at this connector last gave energy; the promise that it works. Index: charger_startedAt_idx. */
export async function lastProvenWorking(
  sql: Sql,
  chargerRow: number,
  connectorNumber: number,
): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date }>(
    `select coalesce(stopped_at, last_sample_at) as at from (
       select stopped_at, last_sample_at, connector_number, energy_wh from sessions
        where charger_id = $1 order by started_at desc limit 50) recent
      where connector_number = $2 and energy_wh >= 100 limit 1`,
    [chargerRow, connectorNumber],
  )
  return rows[0]?.at ?? null
}

export async function setFavourite(
  sql: Sql,
  driverId: number,
  siteId: number,
  isOne: boolean,
): Promise<void> {
  await sql.query(
    isOne
      ? 'insert into app.favourites (driver_id, site_id) values ($1, $2) on conflict do nothing'
      : 'delete from app.favourites where driver_id = $1 and site_id = $2',
    [driverId, siteId],
  )
}
