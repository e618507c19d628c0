import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type FleetBoard = {
  readAt: string
  chargers: { status: string; count: number }[]
  sites: number
  live: { sessions: number; powerW: number }
  /** Sessions that began today in their site's zone, and those of the same weekday before up to the same time. */
  today: Takings
  before: Takings
  days: { day: string; energyWh: number; sessions: number }[]
  attention: {
    id: number
    name: string
    siteName: string
    status: string
    since: string | null
    errorCode: string | null
    lastSeenAt: string | null
    timezone: string
  }[]
  needsReview: number
  /** Of the network; null for those who see no money. */
  currency: string | null
}

export type Takings = {
  sessions: number
  energyWh: number
  revenue: { currency: string; minor: number }[]
}

const zone = `coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London')`

/**
 * `readFleetBoard`: every figure of the dashboard in one statement, each over the same scope. A day is the site's own.
 * Index: sessions (started_at), sessions_open.
 */
export async function readFleetBoard(
  sql: Sql,
  options: { chargers: Scope; sessions: Scope; seesMoney: boolean; now: Date },
): Promise<FleetBoard> {
  const values: unknown[] = [options.now, options.seesMoney]
  const chargers = scopeSql(options.chargers, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const sessions = scopeSql(
    options.sessions,
    { charger: 's.charger_id', site: 's.site_id' },
    values,
  )
  const takings = (where: string) => `(
    select json_build_object('sessions', coalesce(sum(n), 0), 'energyWh', coalesce(sum(wh), 0),
             'revenue', coalesce(json_agg(json_build_object('currency', currency, 'minor', minor))
                                   filter (where $2 and currency is not null and minor > 0), '[]'))
      from (select currency, count(*) n, sum(energy_wh) wh, sum(cost_minor) minor
              from recent where ${where} group by currency) per_currency)`
  const { rows } = await sql.query<{ board: FleetBoard }>(
    `with fleet as (
       select ch.id, ch.name, si.name as site_name, st.status, st.status_since, st.last_seen_at, ${zone} as timezone,
              (select cs.error_code from connectors cn join connector_states cs on cs.id = cn.state_id
                where cn.charger_id = ch.id and cs.status = 'Faulted' limit 1) as connector_error, st.error_code, ch.site_id
         from chargers ch join sites si on si.id = ch.site_id left join charger_states st on st.id = ch.state_id
        where ${chargers}
     ), recent as (
       select s.energy_wh, s.cost_minor, s.currency, s.started_at at time zone ${zone} as began,
              $1::timestamptz at time zone ${zone} as local_now
         from sessions s left join sites si on si.id = s.site_id
        where s.started_at > $1::timestamptz - interval '31 days' and s.started_at <= $1 and ${sessions}
     )
     select json_build_object(
       'readAt', $1::timestamptz,
       'chargers', coalesce((select json_agg(json_build_object('status', coalesce(status, 'NeverConnected'), 'count', n))
                               from (select status, count(*) n from fleet group by status) by_status), '[]'),
       'sites', (select count(distinct site_id) from fleet),
       'live', (select json_build_object('sessions', count(*), 'powerW', coalesce(sum(s.power_w), 0))
                  from sessions s where s.stopped_at is null and ${sessions}),
       'today', ${takings('began::date = local_now::date')},
       'before', ${takings(`began::date = local_now::date - 7 and began <= local_now - interval '7 days'`)},
       'days', coalesce((
         select json_agg(json_build_object('day', day::date::text, 'energyWh', coalesce(wh, 0), 'sessions', coalesce(n, 0)) order by day)
           from generate_series(($1::timestamptz at time zone 'UTC')::date - 29, ($1::timestamptz at time zone 'UTC')::date, interval '1 day') day
           left join (select began::date as began_on, sum(energy_wh) wh, count(*) n from recent group by 1) taken
             on taken.began_on = day::date), '[]'),
       'attention', coalesce((
         select json_agg(json_build_object('id', id, 'name', name, 'siteName', site_name, 'status', status,
                  'since', status_since, 'errorCode', coalesce(connector_error, error_code), 'lastSeenAt', last_seen_at,
                  'timezone', timezone) order by status = 'Offline', status_since)
           from (select * from fleet where status in ('Faulted', 'Offline')
                  order by status = 'Offline', status_since limit 8) worst), '[]'),
       'currency', case when $2 then coalesce((select currency from settings limit 1), 'GBP') end,
       'needsReview', (select count(*) from sessions s where s.status = 'needs-review' and ${sessions})
     ) as board`,
    values,
  )
  const board = rows[0]?.board
  if (!board) throw new Error('the dashboard statement answered no row')
  return board
}
