import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type SiteCard = {
  id: number
  name: string
  address: string | null
  openingHours: string | null
  chargerTypes: string | null
  latitude: number | null
  longitude: number | null
  regionId: number | null
  region: string | null
  operator: string | null
  owner: string | null
}

/** `readSiteCard`: what a site's page says of it, with the names of what it points to. */
export async function readSiteCard(sql: Sql, siteId: number): Promise<SiteCard | null> {
  const { rows } = await sql.query<SiteCard>(
    `select si.id, si.name, si.address, si.opening_hours "openingHours", si.charger_types "chargerTypes",
            si.latitude, si.longitude, si.region_id "regionId", re.name region, op.name operator, ow.name owner
       from sites si left join regions re on re.id = si.region_id
       left join organisations op on op.id = si.operator_id left join organisations ow on ow.id = si.owner_id
      where si.id = $1`,
    [siteId],
  )
  return rows[0] ?? null
}

/** `readChargerCounts`: chargers by site inside a scope. Index: chargers_site_idx; 10,000 are counted in a few milliseconds. */
export async function readChargerCounts(sql: Sql, scope: Scope): Promise<Map<number, number>> {
  const values: unknown[] = []
  const inside = scopeSql(scope, { charger: 'id', site: 'site_id' }, values)
  const { rows } = await sql.query<{ id: number; count: number }>(
    `select site_id id, count(*)::int as count from chargers where ${inside} group by site_id`,
    values,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
