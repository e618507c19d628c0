import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** Refused connections of one identity, the last of them in full. */
export type Knocks = {
  /** As it was spelt last; null where no identity could be read. */
  identity: string | null
  count: number
  firstAt: string
  lastAt: string
  cause: string
  remoteAddress: string | null
  detail: string | null
  /** Every cause that occurred, with how often. */
  causes: Record<string, number>
  charger: {
    id: number
    name: string
    siteName: string
    connected: boolean
    connectedAt: string | null
  } | null
}

/**
 * `readKnocks`: who was not let in since then, by identity, the latest first. Whoever may not see everything sees the
 * identities of chargers in his scope only. Index: handshakes_at. `identity` narrows to one.
 */
export async function readKnocks(
  sql: Sql,
  options: { scope: Scope; since: Date; identity: string | null; limit: number },
): Promise<Knocks[]> {
  const { scope, since, identity, limit } = options
  const values: unknown[] = [since, identity, limit]
  const inScope = scopeSql(scope, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const strangers = scope.kind === 'all' ? '' : `where ch.id is not null and ${inScope}`
  const { rows } = await sql.query<{ knocks: Knocks }>(
    `with recent as (
       select h.*, coalesce(lower(h.identity), '') as who from telemetry.handshakes h
        where h.at >= $1 and ($2::text is null or lower(h.identity) = lower($2))
     ), counted as (
       select who, sum(n)::int as n, min(first_at) as first_at, max(last_id) as last_id, json_object_agg(cause, n) as causes
         from (select who, cause, count(*) as n, min(at) as first_at, max(id) as last_id from recent group by who, cause) c
        group by who
     )
     select json_build_object('identity', h.identity, 'count', c.n, 'firstAt', c.first_at, 'lastAt', h.at, 'cause', h.cause,
              'remoteAddress', h.remote_address, 'detail', h.detail, 'causes', c.causes,
              'charger', case when ch.id is not null then json_build_object('id', ch.id, 'name', ch.name, 'siteName', si.name,
                 'connected', coalesce(st.connected, false), 'connectedAt', st.connected_at) end) as knocks
       from counted c join telemetry.handshakes h on h.id = c.last_id
       left join chargers ch on lower(ch.identity) = c.who and c.who <> ''
       left join sites si on si.id = ch.site_id
       left join charger_states st on st.id = ch.state_id
      ${strangers}
      order by c.last_id desc limit $3`,
    values,
  )
  return rows.map((row) => row.knocks)
}

/** `pruneHandshakes`: refused connections are of use while somebody sets a charger up. */
export async function pruneHandshakes(sql: Sql, before: Date): Promise<void> {
  await sql.query('delete from telemetry.handshakes where at < $1', [before])
}
