import type { Sql } from '../pool'

/** Where a charger or session stands, for asking a scope about it. */
export type PlaceRow = {
  kind: 'charger' | 'site' | 'session'
  id: number
  chargerId: number | null
  siteId: number | null
  regionId: number | null
}

/** `readPlaces`: where the named chargers, sites and sessions stand; what does not exist has no row. */
export async function readPlaces(
  sql: Sql,
  ids: { chargers: number[]; sites: number[]; sessions: number[] },
): Promise<PlaceRow[]> {
  const { rows } = await sql.query<PlaceRow>(
    `select 'charger' as kind, c.id, c.id as "chargerId", c.site_id as "siteId", s.region_id as "regionId"
       from chargers c left join sites s on s.id = c.site_id where c.id = any($1::int[])
     union all
     select 'site', s.id, null, s.id, s.region_id from sites s where s.id = any($2::int[])
     union all
     select 'session', x.id, x.charger_id, x.site_id, s.region_id
       from sessions x left join sites s on s.id = x.site_id where x.id = any($3::int[])`,
    [ids.chargers, ids.sites, ids.sessions],
  )
  return rows
}

/** `readRegions`: the region of every site, which events do not carry. */
export async function readRegions(sql: Sql): Promise<Map<number, number | null>> {
  const { rows } = await sql.query<{ id: number; region_id: number | null }>(
    'select id, region_id from sites',
  )
  return new Map(rows.map((row) => [row.id, row.region_id]))
}
