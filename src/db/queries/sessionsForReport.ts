import type { Scope } from '../../domain/scope'
import { scopeSql } from '../scopeSql'
import type { Sql } from '../pool'
import { networkZone } from './reportPlaces'

/** Which places and people a report is about, as far as they are in sight. */
export type PlaceFilter = {
  rows: Scope
  /** Where it may be seen who charged; a filter by person finds nothing elsewhere. */
  people: Scope
  charger: number | null
  site: number | null
  region: number | null
  operator: number | null
  driver: number | null
  fleet: number | null
  priceGroup: number | null
}

/** Which sessions: those that began in [from, to). */
export type SessionFilter = PlaceFilter & {
  from: Date
  to: Date
  /** Where sites of several zones are asked for: the days, to be read by each site's own clock. */
  localDays: { from: string; until: string } | null
  status: string | null
  /** Sessions of fleets only, as far as it may be seen who charged. */
  isOfFleets?: boolean
}

type Statement = { text: string; values: unknown[] }

/** A session with its corrections, as `telemetry.session_totals` says it; written out, for a join with itself costs. */
export const finalWh = '(s.energy_wh + coalesce(s.correction_wh, 0))'
export const finalMinor = '(s.cost_minor + coalesce(s.correction_minor, 0))'
export const finalTaxMinor = '(s.tax_minor + coalesce(s.correction_tax_minor, 0))'

/** What every statement joins; a session whose charger or site is gone stays. */
export const sessionJoins = `sessions s
    left join sites si on si.id = s.site_id
    left join chargers ch on ch.id = s.charger_id
    left join regions re on re.id = si.region_id
    left join organisations op on op.id = si.operator_id
    left join drivers d on d.id = s.driver_id
    left join rfid_cards c on c.id = s.card_id
    left join vehicles v on v.id = c.vehicle_id
    left join fleets fl on fl.id = coalesce(c.fleet_id, v.fleet_id, d.fleet_id)
    left join price_groups pg on pg.id = s.price_group_id`

/**
 * `placeJoins`: of these, what conditions and sums need. The planner drops the fleet that nobody asks for, and keeps looking up
 * the cards, vehicles and drivers it would have been found by.
 */
export const placeJoins = (filter: Pick<SessionFilter, 'fleet' | 'isOfFleets'>): string =>
  filter.fleet !== null || filter.isOfFleets
    ? sessionJoins
    : 'sessions s left join sites si on si.id = s.site_id'

export const zoneSql = `coalesce(nullif(si.timezone, ''), $1)`

/** Between the cells of a line of `sessionLinesSql`. */
export const cellEnd = '\u001f'

/**
 * `sessionPageSql`: some of the sessions, newest first. Indexes: sessions_started_at_idx, or (site_id, started_at),
 * (charger_id, started_at), sessions_driver_idx where the filter names one.
 */
export function sessionPageSql(
  zone: string,
  filter: SessionFilter,
  page: { limit: number; offset: number },
): Statement {
  const { where, values } = conditions(zone, filter)
  const cells = sessionCells(filter, values)
  const [limit, offset] = [values.push(page.limit), values.push(page.offset)]
  return {
    text: `select ${cells.join(', ')}, s.id from ${sessionJoins} where ${where}
      order by s.started_at desc, s.id desc limit $${limit}::int offset $${offset}::int`,
    values,
  }
}

/**
 * `sessionLinesSql`: all of them, oldest first, the cells of each in one text with `cellEnd` between them: taking twenty columns
 * apart on the wire costs three times what splitting a line does, and a file of a million rows has twenty-two million
 * cells. What has no value is empty. Indexes as `sessionPageSql`.
 */
export function sessionLinesSql(zone: string, filter: SessionFilter): Statement {
  const { where, values } = conditions(zone, filter)
  const cells = sessionCells(filter, values).join(`, E'\\x1f', `)
  return {
    text: `select concat(${cells}) from ${sessionJoins} where ${where} order by s.started_at, s.id`,
    values,
  }
}

/** Expressions of the report's columns, in their order. Names are people's and chargers' and might hold the sign between cells. */
function sessionCells(filter: SessionFilter, values: unknown[]): string[] {
  const people = scopeSql(filter.people, { charger: 's.charger_id', site: 's.site_id' }, values)
  // as text, in the ISO style that a snapshot sets: `to_char` of three times was a third of what the statement costs
  const second = (column: string, zone: string) =>
    `date_trunc('second', ${column} at time zone ${zone})::text`
  const wall = (column: string) => second(column, zoneSql)
  const name = (text: string) => `replace(${text}, E'\\x1f', ' ')`
  const who = (text: string) => `case when ${people} then ${name(text)} end`
  return [
    's.transaction_id',
    wall('s.started_at'),
    wall('s.stopped_at'),
    zoneSql,
    name('si.name'),
    name('ch.name'),
    's.connector_number',
    who('d.name'),
    who(`coalesce(nullif(c.label, ''), s.id_tag)`),
    who('fl.name'),
    who('pg.name'),
    's.charging_seconds',
    's.duration_seconds',
    finalWh,
    finalMinor,
    finalTaxMinor,
    's.currency',
    's.status',
    name('s.stop_reason'),
    name('op.name'),
    name('re.name'),
    `replace(${second('s.started_at', `'UTC'`)}, ' ', 'T') || 'Z'`,
  ]
}

export type SessionTotals = {
  currency: string | null
  sessions: number
  energyWh: number
  chargingSeconds: number
  durationSeconds: number
  costMinor: number
  taxMinor: number
  /** Ended without a price that should have one. */
  unpriced: number
  running: number
}

/** `readSessionTotals`: one row per currency (null where there is none). */
export async function readSessionTotals(
  sql: Sql,
  zone: string,
  filter: SessionFilter,
): Promise<SessionTotals[]> {
  const { where, values } = conditions(zone, filter)
  const { rows } = await sql.query<SessionTotals>(
    `select s.currency, count(*) sessions, coalesce(sum(${finalWh}), 0) "energyWh",
            coalesce(sum(s.charging_seconds), 0) "chargingSeconds", coalesce(sum(s.duration_seconds), 0) "durationSeconds",
            coalesce(sum(${finalMinor}), 0) "costMinor", coalesce(sum(${finalTaxMinor}), 0) "taxMinor",
            count(*) filter (where s.cost_minor is null and s.status = 'needs-review') unpriced,
            count(*) filter (where s.stopped_at is null) running
       from ${placeJoins(filter)} where ${where} group by s.currency order by sum(${finalMinor}) desc nulls last`,
    values,
  )
  return rows
}

/** `countSessions`: how many, up to `most`: more need not be counted to know that they are many. */
export async function countSessions(
  sql: Sql,
  zone: string,
  filter: SessionFilter,
  most: number,
): Promise<number> {
  const { where, values } = conditions(zone, filter)
  const { rows } = await sql.query<{ n: number }>(
    `select count(*) n from (select 1 from ${placeJoins(filter)} where ${where} limit ${Math.trunc(most)}) x`,
    values,
  )
  return rows[0]?.n ?? 0
}

export type SessionDay = {
  day: string
  sessions: number
  energyWh: number
  costMinor: number | null
  currency: string | null
}

/** `readSessionDays`: sums by the day (or month) the sessions began on by their site's clock, for the chart. */
export async function readSessionDays(
  sql: Sql,
  zone: string,
  filter: SessionFilter,
  unit: 'day' | 'month',
): Promise<SessionDay[]> {
  const { where, values } = conditions(zone, filter)
  const shape = unit === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM'
  const { rows } = await sql.query<SessionDay>(
    `select to_char(s.started_at at time zone ${zoneSql}, '${shape}') "day", s.currency, count(*) sessions,
            coalesce(sum(${finalWh}), 0) "energyWh", sum(${finalMinor}) "costMinor"
       from ${placeJoins(filter)} where ${where} group by 1, 2 order by 1`,
    values,
  )
  return rows
}

/** `readNetworkZone`: the zone of sites that name none. */
export async function readNetworkZone(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ zone: string }>(`select ${networkZone} zone`)
  return rows[0]?.zone ?? 'Europe/London'
}

/**
 * The conditions of a filter by place and person.
 */
export function placeConditions(filter: PlaceFilter, values: unknown[]): string {
  const all = [scopeSql(filter.rows, { charger: 's.charger_id', site: 's.site_id' }, values)]
  const add = (column: string, id: number | null) => {
    if (id !== null) all.push(`${column} = $${values.push(id)}::int`)
  }
  add('s.charger_id', filter.charger)
  add('s.site_id', filter.site)
  add('si.region_id', filter.region)
  add('si.operator_id', filter.operator)
  add('s.driver_id', filter.driver)
  add('fl.id', filter.fleet)
  add('s.price_group_id', filter.priceGroup)
  if (filter.driver !== null || filter.fleet !== null || filter.priceGroup !== null)
    all.push(scopeSql(filter.people, { charger: 's.charger_id', site: 's.site_id' }, values))
  return all.join(' and ')
}

/** `$1` is the zone of sites that name none, `$2` and `$3` the period. */
export function conditions(
  zone: string,
  filter: SessionFilter,
): { where: string; values: unknown[] } {
  // Postgres refuses a parameter that no part of a statement names
  const values: unknown[] = [zone, filter.from, filter.to]
  const all = [
    '$1::text is not null',
    's.started_at >= $2::timestamptz',
    's.started_at < $3::timestamptz',
    placeConditions(filter, values),
  ]
  if (filter.localDays) {
    const local = (day: string) => `($${values.push(day)}::timestamp at time zone ${zoneSql})`
    all.push(`s.started_at >= ${local(filter.localDays.from)}`)
    all.push(`s.started_at < ${local(filter.localDays.until)}`)
  }
  if (filter.isOfFleets)
    all.push(
      'fl.id is not null',
      scopeSql(filter.people, { charger: 's.charger_id', site: 's.site_id' }, values),
    )
  if (filter.status !== null) all.push(`s.status = $${values.push(filter.status)}::text`)
  return { where: all.join(' and '), values }
}
