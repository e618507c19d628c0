import type { Grant } from '../../domain/scope'
import type { Sql } from '../pool'

/** A login: a person and the row of `users_sessions` that their token names. */
export type Login = { userId: number; sessionId: string }

export type LoginRow = Login & { grants: Grant[] }

/**
 * `readLogins`: those of the logins that still stand (not logged out, not expired, the person not deleted), each with
 * the person's grants. One statement for all open sockets, since it runs every few seconds for each of them.
 */
export async function readLogins(sql: Sql, logins: readonly Login[]): Promise<LoginRow[]> {
  if (logins.length === 0) return []
  const { rows } = await sql.query<{ user_id: number; session_id: string; grants: GrantRow[] }>(
    `select s._parent_id as user_id, s.id as session_id, coalesce(g.grants, '[]'::json) as grants
       from unnest($1::int[], $2::text[]) as asked(user_id, session_id)
       join users_sessions s on s._parent_id = asked.user_id and s.id = asked.session_id
       left join telemetry.logins l on l.session_id = s.id and l.user_id = asked.user_id
       left join lateral (
         select json_agg(json_build_object(
                  'role', grants.role, 'scope', grants.scope, 'from', grants."from", 'until', grants.until,
                  'regionIds', coalesce(r.regions, '{}'), 'siteIds', coalesce(r.sites, '{}'),
                  'chargerIds', coalesce(r.chargers, '{}'), 'isForReading', grants.user_id <> asked.user_id)) as grants
           from grants
           left join lateral (
             select array_agg(regions_id) filter (where regions_id is not null) as regions,
                    array_agg(sites_id) filter (where sites_id is not null) as sites,
                    array_agg(chargers_id) filter (where chargers_id is not null) as chargers
               from grants_rels where parent_id = grants.id) r on true
          where grants.user_id = coalesce(case when l.views_as_until > now() then l.views_as end, asked.user_id)
            and telemetry.may_act(asked.user_id, grants.role::text)
            and telemetry.may_act(grants.user_id, grants.role::text)) g on true
      where s.expires_at > now()`,
    [logins.map((l) => l.userId), logins.map((l) => l.sessionId)],
  )
  return rows.map((row) => ({
    userId: row.user_id,
    sessionId: row.session_id,
    grants: row.grants.map(toGrant),
  }))
}

type GrantRow = Omit<Grant, 'from' | 'until'> & { from: string | null; until: string | null }

function toGrant(row: GrantRow): Grant {
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return { ...row, from: date(row.from), until: date(row.until) }
}
