import type { Role } from '../../domain/policy'
import type { Sql } from '../pool'

export type ListedGrant = {
  id: number
  userId: number
  role: Role
  scope: 'all' | 'regions' | 'sites' | 'chargers'
  names: string[]
  count: number
  from: string | null
  until: string | null
}

/** `readGrantList`: grants with the names of where they hold (the first three), of one user or of all; the strongest first. */
export async function readGrantList(sql: Sql, userId: number | null): Promise<ListedGrant[]> {
  const { rows } = await sql.query<ListedGrant>(
    `select g.id, g.user_id "userId", g.role::text, g.scope::text, coalesce(n.names, '{}') names,
            coalesce(n.count, 0)::int "count", to_json(g."from") #>> '{}' "from", to_json(g.until) #>> '{}' "until"
       from grants g
       left join lateral (
         select count(*), (array_agg(name order by name))[1:3] names from (
           select coalesce(re.name, si.name, ch.name) name from grants_rels r
             left join regions re on re.id = r.regions_id left join sites si on si.id = r.sites_id
             left join chargers ch on ch.id = r.chargers_id
            where r.parent_id = g.id) one
       ) n on true
      where $1::int is null or g.user_id = $1
      order by g.user_id, g.role, g.id`,
    [userId],
  )
  return rows
}
