import { rapidFromW, wordsOfKind } from '../../domain/reliability'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type UptimeDimension = 'none' | 'site' | 'charger'

export type UptimeFilter = {
  rows: Scope
  charger: number | null
  site: number | null
  region: number | null
  operator: number | null
  /** Zone of sites that name none, and the zone whose sites are asked for. */
  networkZone: string
  zone: string
  /** Starts of the buckets and the end of the last, ascending. */
  bounds: readonly Date[]
  /** Nothing is known of what comes after it. */
  now: Date
  /** Public connectors of 50 kW and more only, and only in the hours in which they can be reached. */
  isRapidOnly: boolean
}

/** `bucket` counts from 1; seconds of all connectors together. */
export type UptimeRow = {
  bucket: number
  key: number | null
  name: string | null
  site: string | null
  chargers: number
  working: number
  plugged: number
  faulted: number
  outOfUse: number
  /** The charger was not connected. */
  offline: number
  /** It was connected and had not said anything yet. */
  unknown: number
  exempt: number
  closed: number
  /** Faults that began. */
  faults: number
}

/** States a connector can be in, each with its seconds, as `readUptime` answers them. */
export const uptimeKinds = [
  'working',
  'plugged',
  'faulted',
  'outOfUse',
  'offline',
  'unknown',
  'exempt',
  'closed',
] as const
const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ')
const isLink = `kind in ('charger.connected', 'charger.disconnected')`

/**
 * `readUptime`: how long the connectors were in which state, per bucket and place, to the second. All that happens to a
 * connector (its own words, its charger's, connections, exempt periods, access hours, edges of buckets) is laid on one line of
 * time, and each piece between two points counts once. What was said last before the first bucket holds at its start.
 * Indexes: status_log_evse_at, events_history, charger_log_connections.
 */
export async function readUptime(
  sql: Sql,
  filter: UptimeFilter,
  dimension: UptimeDimension,
): Promise<UptimeRow[]> {
  const [from, to] = spanOf(filter)
  if (from >= to) return []
  const values: unknown[] = [filter.networkZone, from, to, filter.zone, [...filter.bounds]]
  const evses = evsesSql(filter, values)
  const [id, name, site] = dimensions[dimension]
  const { rows } = await sql.query<UptimeRow>(
    `with evses as materialized (${evses}), asked as materialized (
       select distinct charger_id from evses
     ), links as (
       select a.charger_id, h.at, h.n, h.kind = 'charger.connected' online
         from asked a cross join lateral (
           select at, id n, kind from telemetry.events
            where charger_id = a.charger_id and at >= $2 and at < $3 and ${isLink}
           union all
           select at, id, kind from telemetry.charger_log
            where charger_id = a.charger_id and at >= $2 and at < $3 and ${isLink}
           union all
           (select $2, 0, kind from (
             (select at, kind from telemetry.events where charger_id = a.charger_id and at < $2 and ${isLink} order by at desc limit 1)
             union all
             (select at, kind from telemetry.charger_log where charger_id = a.charger_id and at < $2 and ${isLink} order by at desc limit 1)
           ) earlier order by earlier.at desc limit 1)) h
     ), said as (
       select e.id, s.at, s.n, w.number, s.status
         from evses e cross join lateral (values (e.number), (0)) w (number) cross join lateral (
           -- its own name before "at": by that alone it would be ordered by the constant, and walk through the whole log
           (select $2::timestamptz at, 0::bigint n, l.status from telemetry.status_log l
             where l.charger_id = e.charger_id and l.connector_id = w.number and l.at < $2 order by l.at desc, l.id desc limit 1)
           union all
           select at, id, status from telemetry.status_log
            where charger_id = e.charger_id and connector_id = w.number and at >= $2 and at < $3) s
     ), hours as (
       select e.id, (d.day + h."from"::interval) at time zone $4 opens,
              (d.day + case when h.until > h."from" then h.until::interval else h.until::interval + interval '1 day' end)
                at time zone $4 closes
         from evses e
         join sites_access_hours h on h._parent_id = e.site_id
         join sites_access_hours_days o on o.parent_id = h.id
         join (select day, to_char(day, 'dy') weekday from generate_series(
                 date_trunc('day', $2::timestamptz at time zone $4) - interval '1 day', $3::timestamptz at time zone $4,
                 interval '1 day') day) d
           on d.weekday = o.value::text
        where e.has_hours
     ), left_out as (
       select e.id, x."from" starts, coalesce(x.until, $3) ends from evses e
         join exempt_periods x on x.charger_id = e.charger_id and (x.connector_id is null or x.connector_id = e.number)
     ), points as (
       select id, at, 1 src, n, case when number > 0 then status end word, case when number = 0 then status end own,
              null::boolean online, 0 exempt, 0 opened from said
       union all select e.id, l.at, 2, l.n, null, null, l.online, 0, 0 from links l join evses e on e.charger_id = l.charger_id
       union all select id, greatest(starts, $2), 3, 0, null, null, null, 1, 0 from left_out where starts < $3 and ends > $2
       union all select id, ends, 3, 1, null, null, null, -1, 0 from left_out where starts < $3 and ends > $2 and ends < $3
       union all select id, greatest(opens, $2), 4, 0, null, null, null, 0, 1 from hours where opens < $3 and closes > $2
       union all select id, closes, 4, 1, null, null, null, 0, -1 from hours where opens < $3 and closes > $2 and closes < $3
       union all select e.id, b, 5, 0, null, null, null, 0, 0 from evses e, unnest($5::timestamptz[]) b where b < $3
     ), counted as (
       select id, date_trunc('second', at) at, at stamp, src, n, word, own, online, sum(exempt) over w exempt, sum(opened) over w opened,
              count(word) over w words, count(own) over w owns, count(online) over w onlines
         from points window w as (partition by id order by at, src, n rows unbounded preceding)
     ), carried as (
       select c.*, max(word) over (partition by id, words) last_word, max(own) over (partition by id, owns) last_own,
              bool_or(online) over (partition by id, onlines) last_online
         from counted c
     ), pieces as (
       select c.id, c.at, case
                when e.has_hours and c.opened = 0 then 'closed'
                when c.exempt > 0 then 'exempt'
                when c.last_online = false then 'offline'
                when 'Faulted' in (c.last_word, c.last_own) then 'faulted'
                when 'Unavailable' in (c.last_word, c.last_own) then 'outOfUse'
                when c.last_word in (${list(wordsOfKind('working'))}) then 'working'
                when c.last_word in (${list(wordsOfKind('plugged'))}) then 'plugged'
                else 'unknown' end kind,
              lead(c.at, 1, date_trunc('second', $3::timestamptz)) over w - c.at length,
              c.n > 0 and ((c.word = 'Faulted' and lag(c.last_word) over w is distinct from 'Faulted')
                        or (c.own = 'Faulted' and lag(c.last_own) over w is distinct from 'Faulted')) is_news
         from carried c join evses e on e.id = c.id
       window w as (partition by c.id order by c.stamp, c.src, c.n)
     ), sums as (
       -- by connector first: names are looked up for these few, not for a million pieces
       select width_bucket(at, $5::timestamptz[])::int bucket, id,
              bool_or(kind in ('working', 'faulted', 'outOfUse') and length > '0') is_measured,
              ${uptimeKinds
                .map(
                  (kind) =>
                    `coalesce(sum(extract(epoch from length)) filter (where kind = '${kind}'), 0)::bigint "${kind}"`,
                )
                .join(', ')},
              count(*) filter (where is_news and kind = 'faulted')::int faults
         from pieces where length > '0' or is_news group by 1, 2
     )
     select p.bucket, ${id} "key", ${name} "name", ${site} site, count(distinct e.charger_id) filter (where p.is_measured)::int chargers,
            ${uptimeKinds.map((kind) => `sum(p."${kind}")::bigint "${kind}"`).join(', ')}, sum(p.faults)::int faults
       from sums p join evses e on e.id = p.id
      group by 1, 2, 3, 4 order by 1, 4 nulls first, 3, 2`,
    values,
  )
  return rows
}

export type FaultCount = {
  bucket: number
  key: number | null
  errorCode: string
  vendorErrorCode: string | null
  info: string | null
  count: number
}

/** `readFaultCounts`: what faults were reported, per bucket and place. Index: status_log_charger_at. */
export async function readFaultCounts(
  sql: Sql,
  filter: UptimeFilter,
  dimension: UptimeDimension,
): Promise<FaultCount[]> {
  const [from, to] = spanOf(filter)
  if (from >= to) return []
  const values: unknown[] = [filter.networkZone, from, to, filter.zone, [...filter.bounds]]
  const evses = evsesSql(filter, values)
  const { rows } = await sql.query<FaultCount>(
    `with evses as materialized (${evses})
     select width_bucket(l.at, $5::timestamptz[])::int bucket, ${dimensions[dimension][0]} "key", l.error_code "errorCode",
            l.vendor_error_code "vendorErrorCode", left(l.info, 100) info, count(*)::int "count"
       from (select charger_id, min(site_id) site_id, array_agg(number) numbers from evses group by 1) e
       join telemetry.status_log l on l.charger_id = e.charger_id and l.at >= $2 and l.at < $3
        and l.status = 'Faulted' and (l.connector_id = 0 or l.connector_id = any(e.numbers))
      group by 1, 2, 3, 4, 5 order by 6 desc limit 50000`,
    values,
  )
  return rows
}

function spanOf({ bounds, now }: UptimeFilter): [Date, Date] {
  const end = bounds.at(-1)!
  return [bounds[0]!, end < now ? end : now]
}

function evsesSql(filter: UptimeFilter, values: unknown[]): string {
  const all = [
    `$1::text is not null and $5::timestamptz[] is not null and coalesce(nullif(si.timezone, ''), $1) = $4::text`,
    scopeSql(filter.rows, { charger: 'ch.id', site: 'ch.site_id' }, values),
  ]
  const add = (column: string, id: number | null) => {
    if (id !== null) all.push(`${column} = $${values.push(id)}::int`)
  }
  add('ch.id', filter.charger)
  add('ch.site_id', filter.site)
  add('si.region_id', filter.region)
  add('si.operator_id', filter.operator)
  if (filter.isRapidOnly)
    all.push(`ch.visibility::text = 'public'`, `cn.max_power_w >= ${rapidFromW}`)
  const hasHours = filter.isRapidOnly
    ? 'exists (select from sites_access_hours h where h._parent_id = ch.site_id)'
    : 'false'
  return `select cn.id, cn.charger_id, cn.connector_id::int number, ch.site_id, ${hasHours} has_hours
       from connectors cn join chargers ch on ch.id = cn.charger_id join sites si on si.id = ch.site_id
      where ${all.join(' and ')}`
}

/** The id a connector is counted under, the name of such an id, and the site beside it. */
const dimensions: Record<UptimeDimension, readonly [string, string, string]> = {
  none: ['null::int', 'null::text', 'null::text'],
  site: [
    'e.site_id',
    '(select x.name from sites x where x.id = e.site_id)',
    '(select x.name from sites x where x.id = e.site_id)',
  ],
  charger: [
    'e.charger_id',
    '(select x.name from chargers x where x.id = e.charger_id)',
    '(select x.name from sites x where x.id = e.site_id)',
  ],
}
