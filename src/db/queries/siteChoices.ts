import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type SiteChoice = { id: number; name: string; address: string | null }

/** `readSiteChoices`: the sites inside a scope by name, for a form. A grant for single chargers opens no site. */
export async function readSiteChoices(sql: Sql, scope: Scope): Promise<SiteChoice[]> {
  const values: unknown[] = []
  const inside = scopeSql(scope, { charger: null, site: 'si.id' }, values)
  const { rows } = await sql.query<SiteChoice>(
    `select si.id, si.name, si.address from sites si where ${inside} order by lower(si.name), si.id limit 5000`,
    values,
  )
  return rows
}
