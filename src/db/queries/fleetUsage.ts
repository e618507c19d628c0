import type { Scope } from '../../domain/scope'
import { provenDays } from '../../domain/usage'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { zoneOfSite } from './fleetBoard'

/** How well the network works, over the last seven days. */
export type FleetUsage = {
  starts: Starts
  /** Of the chargers that ever connected. */
  proven: { chargers: number; of: number; since: string }
  worst: (Starts & { id: number; name: string; chargers: number; down: number })[]
  unproven: {
    id: number
    name: string
    siteName: string
    status: string
    lastProvenAt: string | null
    timezone: string
  }[]
}

/** Starts that were tried, and those after which energy flowed. */
export type Starts = { tried: number; flowed: number }

const listed = 5

/**
 * `readFleetUsage`: starts that worked, sites that do worst, chargers that no charge has proven lately, in one statement.
 * A start was tried where a session began or a remote start failed; one that began a moment ago has not failed yet.
 * Indexes: sessions (started_at), commands (created_at).
 */
export async function readFleetUsage(
  sql: Sql,
  options: { chargers: Scope; sessions: Scope; commands: Scope; now: Date },
): Promise<FleetUsage> {
  const values: unknown[] = [options.now]
  const columns = { charger: 'ch.id', site: 'ch.site_id' }
  const chargers = scopeSql(options.chargers, columns, values)
  const commands = scopeSql(options.commands, columns, values)
  const sessions = scopeSql(
    options.sessions,
    { charger: 's.charger_id', site: 's.site_id' },
    values,
  )
  const { rows } = await sql.query<{ board: FleetUsage }>(
    `with fleet as (
       select ch.id, ch.name, ch.site_id, coalesce(st.status, 'NeverConnected') as status, st.last_proven_at
         from chargers ch left join charger_states st on st.id = ch.state_id
        where ${chargers}
     ), tried as materialized (
       select s.site_id, count(*) as tried, count(*) filter (where s.energy_wh > 0) as flowed
         from sessions s
        where s.started_at > $1::timestamptz - interval '7 days' and ${sessions}
          and (s.stopped_at is not null or s.energy_wh > 0 or s.started_at < $1::timestamptz - interval '5 minutes')
        group by s.site_id
       union all
       select ch.site_id, count(*), 0
         from commands co join chargers ch on ch.id = co.charger_id
        where co.created_at > $1::timestamptz - interval '7 days' and co.action = 'RemoteStartTransaction'
          and co.status in ('rejected', 'failed', 'timeout') and co.session_id is null and ${commands}
        group by ch.site_id
     ), starts as (
       select site_id, sum(tried)::int as tried, sum(flowed)::int as flowed from tried group by site_id
     ), places as (
       select f.site_id, count(*)::int as chargers, (count(*) filter (where f.status in ('Faulted', 'Offline')))::int as down
         from fleet f group by f.site_id
     ), worst as (
       select p.*, coalesce(s.tried, 0) as tried, coalesce(s.flowed, 0) as flowed,
              p.down::float / p.chargers + case when s.tried > 0 then 1 - s.flowed::float / s.tried else 0 end as badness
         from places p left join starts s on s.site_id = p.site_id
        where p.down > 0 or s.flowed < s.tried
        order by badness desc, p.site_id limit ${listed}
     ), unproven as (
       select * from fleet
        where status <> 'NeverConnected'
          and (last_proven_at is null or last_proven_at < $1::timestamptz - interval '${provenDays} days')
        order by last_proven_at nulls first, id limit ${listed}
     )
     select json_build_object(
       'starts', (select json_build_object('tried', coalesce(sum(tried), 0), 'flowed', coalesce(sum(flowed), 0)) from starts),
       'proven', (select json_build_object('of', count(*), 'since', $1::timestamptz - interval '${provenDays} days',
                           'chargers', count(*) filter (where last_proven_at >= $1::timestamptz - interval '${provenDays} days'))
                    from fleet where status <> 'NeverConnected'),
       'worst', coalesce((
         select json_agg(json_build_object('id', w.site_id, 'name', si.name, 'chargers', w.chargers, 'down', w.down,
                  'tried', w.tried, 'flowed', w.flowed) order by w.badness desc, w.site_id)
           from worst w join sites si on si.id = w.site_id), '[]'),
       'unproven', coalesce((
         select json_agg(json_build_object('id', u.id, 'name', u.name, 'siteName', si.name, 'status', u.status,
                  'lastProvenAt', u.last_proven_at, 'timezone', ${zoneOfSite}) order by u.last_proven_at nulls first, u.id)
           from unproven u join sites si on si.id = u.site_id), '[]')
     ) as board`,
    values,
  )
  const board = rows[0]?.board
  if (!board) throw new Error('the statement of the fleet’s usage answered no row')
  return board
}
