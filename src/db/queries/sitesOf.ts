import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type SiteOf = {
  id: number
  name: string
  chargers: number
  isOperatedBy: boolean
  isOwnedBy: boolean
}

/**
 * `readSitesOf`: the sites of a region, or those an organisation runs or owns, with their chargers, as far as they are in
 * sight. Indexes: sites_region_idx, sites_operator_idx, sites_owner_idx, chargers_site_idx.
 */
export async function readSitesOf(
  sql: Sql,
  of: { kind: 'region' | 'organisation'; id: number },
  scopes: { sites: Scope; chargers: Scope },
): Promise<SiteOf[]> {
  const values: unknown[] = [of.id]
  const chargers = scopeSql(scopes.chargers, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const sites = scopeSql(scopes.sites, { charger: null, site: 'si.id' }, values)
  const belongs =
    of.kind === 'region' ? 'si.region_id = $1' : '(si.operator_id = $1 or si.owner_id = $1)'
  const { rows } = await sql.query<SiteOf>(
    `select si.id, si.name, si.operator_id is not distinct from $1 "isOperatedBy", si.owner_id is not distinct from $1 "isOwnedBy",
            (select count(*)::int from chargers ch where ch.site_id = si.id and ${chargers}) chargers
       from sites si where ${belongs} and ${sites} order by lower(si.name), si.id limit 500`,
    values,
  )
  return rows
}
