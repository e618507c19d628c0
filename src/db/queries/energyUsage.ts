import { scopeSql } from '../scopeSql'
import type { Sql } from '../pool'
import { placeConditions, placeJoins, type PlaceFilter } from './sessionsForReport'

export type EnergyDimension =
  'none' | 'charger' | 'site' | 'region' | 'operator' | 'driver' | 'priceGroup'

export type EnergyFilter = PlaceFilter & {
  /** Zone of sites that name none, and the zone whose sites are asked for. */
  networkZone: string
  zone: string
  /** Starts of the buckets and the end of the last, ascending. */
  bounds: readonly Date[]
}

/** `bucket` counts from 1. */
export type EnergyRow = {
  bucket: number
  key: number | null
  name: string | null
  energyWh: number
  sessions: number
}

/** More lines than anybody reads; the caller says so. */
export const energyRowsMost = 200_000

/**
 * `readEnergyUsage`: energy per bucket and place, to the watt-hour: what flowed between two readings of the meter belongs to
 * the time between them, along a straight line where a bucket ends in between. A session's buckets add up to its energy
 * exactly, because each edge is rounded once and counted on both sides. Readings are looked up only for sessions that
 * cross an edge. `sessions` are those that began in the bucket.
 * Indexes: (site_id, started_at) or sessions_started_at_idx, sessions_long, sessions_open, meter_samples_key.
 */
export async function readEnergyUsage(
  sql: Sql,
  filter: EnergyFilter,
  dimension: EnergyDimension,
): Promise<EnergyRow[]> {
  const from = filter.bounds[0]!
  const to = filter.bounds.at(-1)!
  const values: unknown[] = [filter.networkZone, from, to, filter.zone, [...filter.bounds]]
  const places = placeConditions(filter, values)
  const mayName =
    dimension === 'driver' || dimension === 'priceGroup'
      ? scopeSql(filter.people, { charger: 's.charger_id', site: 's.site_id' }, values)
      : 'true'
  const [id, name] = dimensions[dimension]
  const { rows } = await sql.query<EnergyRow>(
    `with asked as materialized (
       select s.id, s.charger_id, s.started_at, e.ended_at, coalesce(s.energy_wh, 0)::bigint energy_wh, s.meter_start_wh,
              case when ${mayName} then ${id} end dim, width_bucket(s.started_at, $5::timestamptz[]) b0,
              width_bucket(e.ended_at, $5::timestamptz[]) b1
         from ${placeJoins(filter)}
         cross join lateral (select greatest(s.started_at, coalesce(s.stopped_at, s.last_sample_at, s.started_at)) ended_at) e
        where $1::text is not null and coalesce(nullif(si.timezone, ''), $1) = $4::text and ${places}
          and ((s.started_at >= $2::timestamptz - interval '1 day' and s.started_at < $3::timestamptz)
            or (s.stopped_at - s.started_at > interval '1 day' and s.stopped_at >= $2::timestamptz
                and s.started_at < $2::timestamptz - interval '1 day')
            or (s.stopped_at is null and s.started_at < $2::timestamptz - interval '1 day'))
          and e.ended_at >= $2::timestamptz
     ), points as (
       select a.id, a.dim, p.at, max(p.wh) over w wh, lag(p.at) over w before_at
         from asked a cross join lateral (
           select a.started_at at, 0::bigint wh
           union all
           select m.at, least(a.energy_wh, greatest(0, m.energy_wh - coalesce(a.meter_start_wh, min(m.energy_wh) over ())))::bigint
             from telemetry.meter_samples m
            where m.charger_id = a.charger_id and m.session_id = a.id and m.at > a.started_at and m.at < a.ended_at
              and m.energy_wh is not null
           union all
           select a.ended_at, a.energy_wh) p
        where a.b0 <> a.b1
       window w as (partition by a.id order by p.at, p.wh)
     ), rises as (
       select dim, at, before_at, wh - lag(wh, 1, 0::bigint) over (partition by id order by at, wh) rise,
              width_bucket(before_at, $5::timestamptz[]) c0, width_bucket(at, $5::timestamptz[]) c1
         from points
     ), pieces as (
       select c1 bucket, dim, rise wh from rises where before_at is not null and c0 = c1 and rise > 0
       union all
       select n, dim, round(rise * (extract(epoch from (case when n = c1 then at else ($5::timestamptz[])[n + 1] end) - before_at)
                  / extract(epoch from at - before_at)))
              - round(rise * (extract(epoch from (case when n = c0 then before_at else ($5::timestamptz[])[n] end) - before_at)
                  / extract(epoch from at - before_at)))
         from rises cross join lateral generate_series(c0, c1) n
        where c0 <> c1 and rise > 0
       union all
       select b0, dim, energy_wh from asked where b0 = b1
     ), sums as (
       select bucket, dim, sum(wh) wh, 0::bigint n from pieces group by 1, 2
       union all
       select b0, dim, 0, count(*) from asked where started_at >= $2::timestamptz group by 1, 2
     )
     select bucket, dim "key", ${name} "name", sum(wh)::bigint "energyWh", sum(n)::bigint sessions
       from sums where bucket between 1 and cardinality($5::timestamptz[]) - 1
      group by 1, 2 order by 1, 3, 2 limit ${energyRowsMost + 1}`,
    values,
  )
  return rows
}

/** The id a session is counted under, and the name of such an id. */
const dimensions: Record<EnergyDimension, readonly [string, string]> = {
  none: ['null::int', 'null::text'],
  charger: ['s.charger_id', '(select x.name from chargers x where x.id = dim)'],
  site: ['s.site_id', '(select x.name from sites x where x.id = dim)'],
  region: ['si.region_id', '(select x.name from regions x where x.id = dim)'],
  operator: ['si.operator_id', '(select x.name from organisations x where x.id = dim)'],
  driver: ['s.driver_id', '(select x.name from drivers x where x.id = dim)'],
  priceGroup: ['s.price_group_id', '(select x.name from price_groups x where x.id = dim)'],
}
