import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** How things stand at this moment. */
export type FleetNow = {
  readAt: string
  chargers: { status: string; count: number }[]
  sites: number
  live: { sessions: number; powerW: number }
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
}

/** What was taken; over a month of sessions, so read less often. */
export type FleetTakings = {
  /** Sessions that began today in their site's zone, and those of the same weekday before up to the same time. */
  today: Takings
  before: Takings
  /** `usedSeconds` of all connectors together; `revenueMinor` in the network's currency only. */
  days: {
    day: string
    energyWh: number
    sessions: number
    revenueMinor: number
    usedSeconds: number
  }[]
  connectors: number
  /** When today began where the network is at home. */
  todayFrom: string
  /** How much of today has passed where the network is at home, 0 to 1. */
  todayShare: number
  /** Of the network; null for those who see no money. */
  currency: string | null
}

export type Takings = {
  sessions: number
  energyWh: number
  revenue: { currency: string; minor: number }[]
}

/** SQL: the zone of site `si`, the network's own where it has none. */
export const zoneOfSite = `coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London')`

/** `readFleetNow`: the chargers by status, what charges and what needs somebody, in one statement. Index: sessions_open. */
export async function readFleetNow(
  sql: Sql,
  options: { chargers: Scope; sessions: Scope; now: Date },
): Promise<FleetNow> {
  const values: unknown[] = [options.now]
  const chargers = scopeSql(options.chargers, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const sessions = scopeSql(
    options.sessions,
    { charger: 's.charger_id', site: 's.site_id' },
    values,
  )
  const { rows } = await sql.query<{ board: FleetNow }>(
    `with fleet as (
       select ch.id, ch.name, ch.site_id, st.status, st.status_since, st.last_seen_at, st.error_code
         from chargers ch left join charger_states st on st.id = ch.state_id
        where ${chargers}
     ), worst as (
       select * from fleet where status in ('Faulted', 'Offline') order by status = 'Offline', status_since limit 8
     )
     select json_build_object(
       'readAt', $1::timestamptz,
       'chargers', coalesce((select json_agg(json_build_object('status', coalesce(status, 'NeverConnected'), 'count', n))
                               from (select status, count(*) n from fleet group by status) by_status), '[]'),
       'sites', (select count(distinct site_id) from fleet),
       'live', (select json_build_object('sessions', count(*), 'powerW', coalesce(sum(s.power_w), 0))
                  from sessions s where s.stopped_at is null and ${sessions}),
       'attention', coalesce((
         select json_agg(json_build_object('id', w.id, 'name', w.name, 'siteName', si.name, 'status', w.status,
                  'since', w.status_since, 'lastSeenAt', w.last_seen_at, 'timezone', ${zoneOfSite},
                  'errorCode', coalesce((select cs.error_code from connectors cn join connector_states cs on cs.id = cn.state_id
                                          where cn.charger_id = w.id and cs.status = 'Faulted' limit 1), w.error_code))
                  order by w.status = 'Offline', w.status_since)
           from worst w join sites si on si.id = w.site_id), '[]'),
       'needsReview', (select count(*) from sessions s where s.status = 'needs-review' and ${sessions})
     ) as board`,
    values,
  )
  return theOne(rows)
}

/**
 * `readFleetTakings`: energy, sessions, revenue and time in use of today, of the same weekday before, and per day of a
 * month; a day is the site's own, and a session over midnight is in use on both. Index: sessions (started_at). 170,000
 * sessions in the month take 0.3 s.
 */
export async function readFleetTakings(
  sql: Sql,
  options: { chargers: Scope; sessions: Scope; seesMoney: boolean; now: Date },
): Promise<FleetTakings> {
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
  const { rows } = await sql.query<{ board: FleetTakings }>(
    `with home as (
       select coalesce((select currency from settings limit 1)::text, 'GBP') as currency,
              home.timezone, $1::timestamptz at time zone home.timezone as local_now
         from (select coalesce((select nullif(timezone, '') from settings limit 1), 'Europe/London') as timezone) home
     ), zones as (select si.id, ${zoneOfSite} as timezone from sites si),
     recent as materialized (
       select s.energy_wh, s.cost_minor, s.currency, s.started_at at time zone coalesce(z.timezone, 'Europe/London') as began,
              $1::timestamptz at time zone coalesce(z.timezone, 'Europe/London') as local_now,
              greatest(s.started_at, least(coalesce(s.stopped_at, $1::timestamptz), $1::timestamptz))
                at time zone coalesce(z.timezone, 'Europe/London') as ended
         from sessions s left join zones z on z.id = s.site_id
        where s.started_at > $1::timestamptz - interval '31 days' and s.started_at <= $1 and ${sessions}
     ), taken as (
       select began::date as day, sum(energy_wh) wh, count(*) n,
              sum(cost_minor) filter (where recent.currency::text = home.currency) as minor
         from recent, home group by 1
     ), used as (
       select day, sum(seconds) as seconds from (
         select began::date as day, extract(epoch from least(ended, began::date + interval '1 day') - began) as seconds from recent
         union all
         select later::date, extract(epoch from least(ended, later + interval '1 day') - later)
           from recent, generate_series(began::date + interval '1 day', ended, interval '1 day') later
          where ended::date > began::date) parts
        group by day
     )
     select json_build_object(
       'today', ${takings('began::date = local_now::date')},
       'before', ${takings(`began::date = local_now::date - 7 and began <= local_now - interval '7 days'`)},
       'days', coalesce((
         select json_agg(json_build_object('day', day::date::text, 'energyWh', coalesce(wh, 0), 'sessions', coalesce(n, 0),
                  'revenueMinor', case when $2 then coalesce(minor, 0) else 0 end,
                  'usedSeconds', round(coalesce(seconds, 0))) order by day)
           from home, generate_series(home.local_now::date - 29, home.local_now::date, interval '1 day') day
           left join taken using (day) left join used using (day)), '[]'),
       'connectors', (select count(*) from connectors cn join chargers ch on ch.id = cn.charger_id where ${chargers}),
       'todayFrom', (select date_trunc('day', local_now) at time zone timezone from home),
       'todayShare', (select extract(epoch from local_now - date_trunc('day', local_now)) / 86400 from home),
       'currency', case when $2 then (select currency from home) end
     ) as board`,
    values,
  )
  return theOne(rows)
}

function theOne<Board>(rows: readonly { board: Board }[]): Board {
  const board = rows[0]?.board
  if (!board) throw new Error('a statement of the dashboard answered no row')
  return board
}
