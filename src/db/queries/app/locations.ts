import type { Sql } from '../../pool'
import { visibleSql } from './visible'

export type LocationFilter = {
  driverId: number | null
  bounds: { west: number; south: number; east: number; north: number } | null
  near: { latitude: number; longitude: number; radiusM: number } | null
  /** A plug as people write it, in capitals without signs: `CCS`, `TYPE2`. */
  plug: string | null
  minPowerW: number | null
  isAvailableNow: boolean
  updatedSince: Date | null
  onlyFavourites: boolean
}

export type PlaceRow = { id: number; latitude: number; longitude: number }

const earthM = 6_371_008

/** Great-circle distance in metres. */
const distanceSql = (latitude: string, longitude: string) =>
  `(2 * ${earthM} * asin(least(1, sqrt(power(sin(radians((si.latitude::float8 - ${latitude}) / 2)), 2) +
     cos(radians(${latitude})) * cos(radians(si.latitude::float8)) * power(sin(radians((si.longitude::float8 - ${longitude}) / 2)), 2)))))`

function conditionsOf(filter: LocationFilter, values: unknown[]): string {
  const bind = (value: unknown) => `$${values.push(value)}`
  const driver = bind(filter.driverId)
  const conditions = ['si.latitude is not null', 'si.longitude is not null']
  if (filter.bounds) {
    const { west, south, east, north } = filter.bounds
    conditions.push(`si.latitude between ${bind(south)}::numeric and ${bind(north)}::numeric`)
    const [w, e] = [`${bind(west)}::numeric`, `${bind(east)}::numeric`]
    // a box over the date line has its west east of its east
    conditions.push(
      west <= east
        ? `si.longitude between ${w} and ${e}`
        : `(si.longitude >= ${w} or si.longitude <= ${e})`,
    )
  }
  if (filter.near) {
    const degrees = filter.near.radiusM / 111_000
    const latitude = `${bind(filter.near.latitude)}::float8`
    const longitude = `${bind(filter.near.longitude)}::float8`
    conditions.push(`si.latitude between ${latitude} - ${degrees} and ${latitude} + ${degrees}`)
    conditions.push(`${distanceSql(latitude, longitude)} <= ${bind(filter.near.radiusM)}::float8`)
  }
  const connector: string[] = []
  if (filter.plug)
    connector.push(
      `upper(regexp_replace(coalesce(cn.standard, ''), '[^A-Za-z0-9]', '', 'g')) like '%' || ${bind(filter.plug)} || '%'`,
    )
  if (filter.minPowerW !== null) connector.push(`cn.max_power_w >= ${bind(filter.minPowerW)}`)
  if (filter.isAvailableNow) connector.push(`st.connected and cs.status = 'Available'`)
  conditions.push(
    `exists (select from chargers ch ${
      connector.length > 0
        ? 'join charger_states st on st.id = ch.state_id join connectors cn on cn.charger_id = ch.id left join connector_states cs on cs.id = cn.state_id'
        : ''
    } where ch.site_id = si.id and ${visibleSql('ch', driver)}${connector.map((one) => ` and ${one}`).join('')})`,
  )
  if (filter.updatedSince) {
    const since = bind(filter.updatedSince)
    conditions.push(
      `(si.updated_at > ${since} or exists (select from chargers ch
          left join charger_states st on st.id = ch.state_id
          left join connectors cn on cn.charger_id = ch.id
          left join connector_states cs on cs.id = cn.state_id
         where ch.site_id = si.id and greatest(ch.updated_at, st.status_since, cn.updated_at, cs.status_since) > ${since}))`,
    )
  }
  if (filter.onlyFavourites)
    conditions.push(
      `exists (select from app.favourites f where f.site_id = si.id and f.driver_id = ${driver}::int)`,
    )
  return conditions.join(' and ')
}

/** `findPlaces`: where the locations are that a filter lets through, the nearest first where a point is given. */
export async function findPlaces(
  sql: Sql,
  filter: LocationFilter,
  page: { afterId: number; limit: number },
): Promise<PlaceRow[]> {
  const values: unknown[] = []
  const conditions = conditionsOf(filter, values)
  const order = filter.near
    ? distanceSql(
        `$${values.push(filter.near.latitude)}::float8`,
        `$${values.push(filter.near.longitude)}::float8`,
      )
    : 'si.id'
  const { rows } = await sql.query<PlaceRow>(
    `select si.id, si.latitude::float8 as latitude, si.longitude::float8 as longitude from sites si
      where ${conditions} and si.id > $${values.push(page.afterId)} order by ${order}, si.id limit $${values.push(page.limit)}`,
    values,
  )
  return rows
}

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
