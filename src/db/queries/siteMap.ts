import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type MapSite = {
  id: number
  name: string
  address: string | null
  /** Degrees; null where nobody has entered them. */
  latitude: number | null
  longitude: number | null
  regionId: number | null
  operatorId: number | null
  /** `[id, status]` of each charger there that may be seen. */
  chargers: [number, string][]
}

export type SiteMapRow = {
  readAt: string
  sites: MapSite[]
  regions: { id: number; name: string }[]
  operators: { id: number; name: string }[]
}

/**
 * `readSiteMap`: every site in sight with the states of its chargers in sight, in one statement. A site is in sight by
 * itself, by its region, or by one of its chargers. Index: chargers_site_idx; 10,000 chargers are read whole.
 */
export async function readSiteMap(
  sql: Sql,
  options: { chargers: Scope; sites: Scope },
): Promise<SiteMapRow> {
  const values: unknown[] = []
  const chargers = scopeSql(options.chargers, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const sites = scopeSql(options.sites, { charger: null, site: 'si.id' }, values)
  const { rows } = await sql.query<{ map: SiteMapRow }>(
    `with seen as (
       select ch.site_id, json_agg(json_build_array(ch.id, coalesce(st.status, 'NeverConnected'))) as chargers
         from chargers ch left join charger_states st on st.id = ch.state_id
        where ${chargers} group by ch.site_id
     ), placed as (
       select si.id, si.name, si.address, si.latitude, si.longitude, si.region_id, si.operator_id, seen.chargers
         from sites si left join seen on seen.site_id = si.id
        where seen.site_id is not null or ${sites}
     )
     select json_build_object('readAt', clock_timestamp(),
       'sites', coalesce((select json_agg(json_build_object('id', id, 'name', name, 'address', address,
                  'latitude', latitude, 'longitude', longitude, 'regionId', region_id, 'operatorId', operator_id,
                  'chargers', coalesce(chargers, '[]')) order by name) from placed), '[]'),
       'regions', coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name)
                  from regions where id in (select region_id from placed)), '[]'),
       'operators', coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name)
                  from organisations where id in (select operator_id from placed)), '[]')) as map`,
    values,
  )
  return (
    rows[0]?.map ?? { readAt: new Date(0).toISOString(), sites: [], regions: [], operators: [] }
  )
}

export type SiteCharger = {
  id: number
  name: string
  status: string
  since: string | null
  lastSeenAt: string | null
  powerW: number | null
  connectors: { number: number; label: string | null; status: string | null }[]
}

export type SiteChargers = { siteId: number; timezone: string; chargers: SiteCharger[] }

/** `readSiteChargers`: what the card of one site shows; the chargers in sight, worst first is left to the reader. */
export async function readSiteChargers(
  sql: Sql,
  siteId: number,
  options: { chargers: Scope; sites: Scope },
): Promise<SiteChargers | null> {
  const values: unknown[] = [siteId]
  const chargers = scopeSql(options.chargers, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const sites = scopeSql(options.sites, { charger: null, site: 'si.id' }, values)
  const { rows } = await sql.query<SiteChargers & { isInside: boolean }>(
    `select si.id as "siteId", ${sites} as "isInside",
            coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') as timezone,
            coalesce((select json_agg(json_build_object('id', ch.id, 'name', ch.name,
                'status', coalesce(st.status, 'NeverConnected'), 'since', st.status_since, 'lastSeenAt', st.last_seen_at,
                'powerW', (select sum(s.power_w) from sessions s where s.charger_id = ch.id and s.stopped_at is null),
                'connectors', coalesce((select json_agg(json_build_object('number', cn.connector_id, 'label', cn.label,
                     'status', cs.status) order by cn.connector_id)
                   from connectors cn left join connector_states cs on cs.id = cn.state_id
                  where cn.charger_id = ch.id), '[]')) order by ch.name)
              from chargers ch left join charger_states st on st.id = ch.state_id
             where ch.site_id = si.id and ${chargers}), '[]') as chargers
       from sites si where si.id = $1`,
    values,
  )
  const row = rows[0]
  if (!row || (!row.isInside && row.chargers.length === 0)) return null
  const { isInside: _isInside, ...card } = row
  return card
}
