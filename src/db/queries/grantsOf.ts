import type { Grant } from '../../domain/scope'
import type { Sql } from '../pool'

/** `grantsOf`: everything a person was ever given, read fresh; `domain/scope` says what of it holds now. */
export async function grantsOf(sql: Sql, userId: number): Promise<Grant[]> {
  const { rows } = await sql.query<Grant>(
    `select g.role::text as role, g.scope::text as scope, g."from", g.until,
            coalesce(array_agg(r.regions_id) filter (where r.path = 'regions'), '{}') as "regionIds",
            coalesce(array_agg(r.sites_id) filter (where r.path = 'sites'), '{}') as "siteIds",
            coalesce(array_agg(r.chargers_id) filter (where r.path = 'chargers'), '{}') as "chargerIds"
       from grants g left join grants_rels r on r.parent_id = g.id
      where g.user_id = $1
      group by g.id`,
    [userId],
  )
  return rows
}
