import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** Zone of the network where a site names none. */
export const networkZone = `coalesce((select nullif(timezone, '') from settings limit 1), 'Europe/London')`

/** `readZones`: the time zones of the sites in sight (of one site, region or operator), the network's own at least. */
export async function readZones(
  sql: Sql,
  scope: Scope,
  only: { site?: number | null; charger?: number | null } = {},
): Promise<string[]> {
  const values: unknown[] = [only.site ?? null, only.charger ?? null]
  const inside = scopeSql(scope, { charger: 'ch.id', site: 'si.id' }, values)
  const { rows } = await sql.query<{ zone: string }>(
    `select distinct coalesce(nullif(si.timezone, ''), ${networkZone}) zone
       from sites si left join chargers ch on ch.site_id = si.id
      where ($1::int is null or si.id = $1) and ($2::int is null or ch.id = $2) and ${inside}
      union select ${networkZone} where $1::int is null and $2::int is null
      order by 1`,
    values,
  )
  return rows.map(({ zone }) => zone)
}

export type PlaceNames = Partial<
  Record<'charger' | 'site' | 'region' | 'operator' | 'driver' | 'fleet' | 'priceGroup', string>
>

/** `readPlaceNames`: what a filter names, for the heading. A name that is not there is a filter that matches nothing. */
export async function readPlaceNames(
  sql: Sql,
  ids: Partial<Record<keyof PlaceNames, number | null>>,
): Promise<PlaceNames> {
  const { rows } = await sql.query<PlaceNames>(
    `select (select name from chargers where id = $1) charger, (select name from sites where id = $2) site,
            (select name from regions where id = $3) region, (select name from organisations where id = $4) operator,
            (select name from drivers where id = $5) driver, (select name from fleets where id = $6) fleet,
            (select name from price_groups where id = $7) "priceGroup"`,
    [
      ids.charger ?? null,
      ids.site ?? null,
      ids.region ?? null,
      ids.operator ?? null,
      ids.driver ?? null,
      ids.fleet ?? null,
      ids.priceGroup ?? null,
    ],
  )
  return rows[0] ?? {}
}

export type ReportPlaces = {
  charger?: number | null
  site?: number | null
  region?: number | null
  operator?: number | null
  driver?: number | null
  fleet?: number | null
  priceGroup?: number | null
}

/**
 * `unseenPlace`: the first of these that is not there or has nothing in sight; null where all may be asked for. A region
 * or an operator is in sight by one of its sites; a person by a site of theirs or a session that may be seen whole.
 */
export async function unseenPlace(
  sql: Sql,
  places: ReportPlaces,
  scopes: { rows: Scope; people: Scope; drivers: Scope; priceGroups: Scope },
): Promise<keyof ReportPlaces | null> {
  const values: unknown[] = []
  const site = () => scopeSql(scopes.rows, { charger: null, site: 'si.id' }, values)
  const charger = () => scopeSql(scopes.rows, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const session = () =>
    scopeSql(scopes.people, { charger: 's.charger_id', site: 's.site_id' }, values)
  const owned = (column: string) =>
    scopeSql(scopes.drivers, { charger: null, site: column }, values)
  const anySite = (column: string, id: string) =>
    `exists (select from sites si where si.${column} = ${id} and (${site()} or
       exists (select from chargers ch where ch.site_id = si.id and ${charger()})))`
  const isAll = scopes.rows.kind === 'all'
  const tests: Record<keyof ReportPlaces, (id: string) => string> = {
    charger: (id) => `exists (select from chargers ch where ch.id = ${id} and ${charger()})`,
    site: (id) => anySite('id', id),
    region: (id) =>
      isAll ? `exists (select from regions where id = ${id})` : anySite('region_id', id),
    operator: (id) =>
      isAll ? `exists (select from organisations where id = ${id})` : anySite('operator_id', id),
    driver: (id) => `(exists (select from drivers d where d.id = ${id} and ${owned('d.site_id')}) or
      (exists (select from drivers where id = ${id}) and exists (select from sessions s where s.driver_id = ${id} and ${session()})))`,
    fleet: (id) => `exists (select from fleets fl where fl.id = ${id} and ${owned('fl.site_id')})`,
    priceGroup: (id) =>
      `exists (select from price_groups pg where pg.id = ${id} and ${scopeSql(scopes.priceGroups, { charger: null, site: 'pg.site_id' }, values)})`,
  }
  const asked = (Object.keys(tests) as (keyof ReportPlaces)[]).filter((key) => places[key])
  if (asked.length === 0) return null
  const parts = asked.map((key) => {
    const id = `$${values.push(places[key])}::int`
    return `${tests[key](id)} as "${key}"`
  })
  const { rows } = await sql.query<Record<string, boolean>>(`select ${parts.join(', ')}`, values)
  return asked.find((key) => !rows[0]?.[key]) ?? null
}
