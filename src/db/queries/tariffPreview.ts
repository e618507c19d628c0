import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { pricingColumns, type PricingRow } from './priceSessions'

export type PastSession = PricingRow & { costMinor: number; group: string | null }

export type PastFilter = {
  tariffId: number
  since: Date
  sessions: Scope
  /** Whose price groups may be named. */
  groups: Scope
}

const condition = (filter: PastFilter, values: unknown[]) =>
  `v.tariff_id = $${values.push(filter.tariffId)}::int and s.started_at >= $${values.push(filter.since)}::timestamptz
     and s.stopped_at is not null and s.cost_minor is not null and s.priced_at is not null
     and ${scopeSql(filter.sessions, { charger: 's.charger_id', site: 's.site_id' }, values)}`

/** `countPast`: sessions that were priced by any version of a tariff, counted up to `most`. Index: sessions_started_at_idx. */
export async function countPast(sql: Sql, filter: PastFilter, most: number): Promise<number> {
  const values: unknown[] = []
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int n from (
       select from sessions s join telemetry.tariff_versions v on v.id = s.tariff_version
        where ${condition(filter, values)} limit ${Math.trunc(most)}) x`,
    values,
  )
  return rows[0]?.n ?? 0
}

/** `readPast`: some of them, the newest first, those before `before`. */
export async function readPast(
  sql: Sql,
  filter: PastFilter,
  slice: { before: { startedAt: Date; id: number } | null; limit: number },
): Promise<PastSession[]> {
  const values: unknown[] = []
  const where = condition(filter, values)
  const seesGroup = scopeSql(filter.groups, { charger: 's.charger_id', site: 's.site_id' }, values)
  const before = slice.before
    ? `and (s.started_at, s.id) < ($${values.push(slice.before.startedAt)}::timestamptz, $${values.push(slice.before.id)}::int)`
    : ''
  const { rows } = await sql.query<PastSession>(
    `select ${pricingColumns}, s.cost_minor "costMinor",
            case when ${seesGroup} then (select name from price_groups pg where pg.id = s.price_group_id) end "group"
       from sessions s join telemetry.tariff_versions v on v.id = s.tariff_version
      where ${where} ${before} order by s.started_at desc, s.id desc limit $${values.push(slice.limit)}::int`,
    values,
  )
  return rows
}
