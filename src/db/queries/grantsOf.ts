import type { Grant } from '../../domain/scope'
import type { Sql } from '../pool'

/**
 * `grantsOf`: everything a person was ever given, read fresh; `domain/scope` says what of it holds now. Nothing for the
 * suspended, nothing of a role that wants a second factor from who has none. A login that looks through somebody else's
 * eyes has that person's grants, to read with.
 */
export async function grantsOf(
  sql: Sql,
  userId: number,
  sessionId: string | null = null,
): Promise<Grant[]> {
  const { rows } = await sql.query<Grant>(
    `with who as (
       select coalesce((select views_as from telemetry.logins where session_id = $2 and user_id = $1
                          and views_as_until > now()), $1::int) as id)
     select g.role::text as role, g.scope::text as scope, g."from", g.until,
            coalesce(array_agg(r.regions_id) filter (where r.path = 'regions'), '{}') as "regionIds",
            coalesce(array_agg(r.sites_id) filter (where r.path = 'sites'), '{}') as "siteIds",
            coalesce(array_agg(r.chargers_id) filter (where r.path = 'chargers'), '{}') as "chargerIds",
            g.user_id <> $1 as "isForReading"
       from grants g join who on who.id = g.user_id left join grants_rels r on r.parent_id = g.id
      where telemetry.may_act($1, g.role::text) and telemetry.may_act(g.user_id, g.role::text)
      group by g.id`,
    [userId, sessionId],
  )
  return rows
}
