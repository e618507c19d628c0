import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type NamedSite = { id: number; name: string }

export type OwnNotices = {
  /** The row of the person's preferences, where there is one. */
  id: number | null
  email: string
  /** The network's. */
  timezone: string
  sites: NamedSite[]
}

/** `readSitesInScope`: what the page of preferences needs besides the wishes: whose it is, and the sites to choose from. */
export async function readSitesInScope(
  sql: Sql,
  options: { userId: number; scope: Scope; limit: number },
): Promise<OwnNotices> {
  const values: unknown[] = [options.userId, options.limit]
  const inScope = scopeSql(options.scope, { charger: null, site: 's.id' }, values)
  const { rows } = await sql.query<OwnNotices>(
    `select (select id from notification_preferences where user_id = $1) as id,
            (select email from users where id = $1) as email,
            coalesce((select timezone from settings limit 1), 'UTC') as timezone,
            coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name)
                        from (select s.id, s.name from sites s where ${inScope} order by s.name limit $2) found), '[]') as sites`,
    values,
  )
  return rows[0] ?? { id: null, email: '', timezone: 'UTC', sites: [] }
}
