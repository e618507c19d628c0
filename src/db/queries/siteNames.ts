import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** `readSiteNames`: sites inside a scope, by name, for choosing one; at most 500. */
export async function readSiteNames(
  sql: Sql,
  scope: Scope,
): Promise<{ id: number; name: string }[]> {
  const values: unknown[] = []
  const inside = scopeSql(scope, { charger: null, site: 'id' }, values)
  const { rows } = await sql.query<{ id: number; name: string }>(
    `select id, name from sites where ${inside} order by lower(name), id limit 500`,
    values,
  )
  return rows
}
