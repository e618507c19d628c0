import type { BudgetPeriod } from '../../domain/budget'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { finalMinor, finalWh } from './sessionsForReport'

export type BudgetHolder = 'card' | 'driver' | 'fleet'

export type CountedBudget = {
  id: number
  name: string
  siteId: number | null
  holder: BudgetHolder
  holderId: number
  period: BudgetPeriod
  measure: 'money' | 'energy'
  currency: string | null
  /** Minor units or Wh. */
  limit: number
  warnAtPercent: number | null
  whenSpent: 'warn' | 'stop'
  periodStart: Date
  periodEnd: Date
  used: number
  /** Its own addresses, or those of whoever it is for. */
  mailTo: string[]
  timezone: string
}

const zone = `coalesce(nullif((select timezone from settings limit 1), ''), 'Europe/London')`
/** Whose a session is: its card, its driver, and the fleet of the card, of its vehicle or of the driver, as in reports. */
const whose = `left join rfid_cards c on c.id = s.card_id left join vehicles v on v.id = c.vehicle_id
  left join drivers d on d.id = s.driver_id`
const fleetOf = 'coalesce(c.fleet_id, v.fleet_id, d.fleet_id)'

/** The period that runs at `$1`, by the clock of the settings: it may have 23 or 25 hours. */
const current = `cross join lateral (
    select date_trunc(b.period::text, $1::timestamptz at time zone ${zone}) at time zone ${zone} starts,
           (date_trunc(b.period::text, $1::timestamptz at time zone ${zone}) + ('1 ' || b.period::text)::interval)
             at time zone ${zone} ends) p`

/** Sessions that began in the period; one that still runs counts with what it has so far, corrections count. */
const usedBy = (condition: string, join = '') =>
  `select ${finalWh} wh, ${finalMinor} minor, s.currency from sessions s ${join}
    where ${condition} and s.started_at >= b.starts and s.started_at < b.ends`

/**
 * `countBudgets`: budgets whose figure may have changed, with what is used of them: those with a session under way, with
 * one that changed since they were counted last, those that were edited and those whose period is new.
 * Indexes: sessions_open, sessions_updated_at_idx; sessions_card_idx, sessions_driver_idx, sessions_started_at_idx.
 */
export async function countBudgets(sql: Sql, now: Date): Promise<CountedBudget[]> {
  const { rows } = await sql.query<CountedBudget>(
    `with since as (
       select least($1::timestamptz - interval '10 minutes', max(counted_at) - interval '1 minute') at
         from telemetry.budget_states
     ), moved as materialized (
       select s.card_id, s.driver_id, ${fleetOf} fleet_id from sessions s ${whose} where s.stopped_at is null
       union
       select s.card_id, s.driver_id, ${fleetOf} from sessions s ${whose} where s.updated_at >= (select at from since)
     ), due as (
       select b.*, p.starts, p.ends from budgets b ${current}
         left join telemetry.budget_states st on st.budget_id = b.id and st.period_start = p.starts
        where st.budget_id is null or b.updated_at > st.counted_at
           or exists (select from moved m where m.card_id = b.card_id or m.driver_id = b.driver_id or m.fleet_id = b.fleet_id)
     )
     select b.id, b.name, b.site_id "siteId",
            case when b.card_id is not null then 'card' when b.driver_id is not null then 'driver' else 'fleet' end holder,
            coalesce(b.card_id, b.driver_id, b.fleet_id) "holderId", b.period::text, b.measure::text, b.currency,
            case when b.measure::text = 'energy' then b.limit_wh else b.limit_minor end::bigint "limit",
            b.warn_at_percent::int "warnAtPercent", b.when_spent::text "whenSpent", b.starts "periodStart", b.ends "periodEnd",
            coalesce((select sum(case when b.measure::text = 'energy' then u.wh when u.currency = b.currency then u.minor end) from (
              ${usedBy('s.card_id = b.card_id')}
              union all ${usedBy('s.driver_id = b.driver_id')}
              union all ${usedBy(`b.fleet_id is not null and ${fleetOf} = b.fleet_id`, whose)}) u), 0)::bigint used,
            ${zone} timezone,
            coalesce((select array_agg(distinct t.text) from budgets_texts t where t.parent_id = b.id and t.path = 'emails'),
              array_remove(array[
                (select email from drivers where id = b.driver_id), (select contact_email from fleets where id = b.fleet_id),
                (select d.email from rfid_cards c join drivers d on d.id = c.driver_id where c.id = b.card_id)], null)) "mailTo"
       from due b where coalesce(case when b.measure::text = 'energy' then b.limit_wh else b.limit_minor end, 0) > 0`,
    [now],
  )
  return rows
}

/** `storeBudgetState`: what was counted; a warning that holds no more is forgotten, so that it may be given again. */
export async function storeBudgetState(
  sql: Sql,
  budget: CountedBudget,
  is: { isWarning: boolean; isSpent: boolean },
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into telemetry.budget_states as st (budget_id, period_start, period_end, used, counted_at, warned_at, spent_at)
     values ($1, $2, $3, $4, $5, case when $6 then $5::timestamptz end, case when $7 then $5::timestamptz end)
     on conflict (budget_id, period_start) do update
       set used = excluded.used, counted_at = excluded.counted_at, period_end = excluded.period_end,
           warned_at = case when $6 then coalesce(st.warned_at, excluded.counted_at) end,
           spent_at = case when $7 then coalesce(st.spent_at, excluded.counted_at) end`,
    [budget.id, budget.periodStart, budget.periodEnd, budget.used, now, is.isWarning, is.isSpent],
  )
}

/** `setSpentBudgets`: whose cards are refused from now on; what these budgets said before is taken back. */
export async function setSpentBudgets(
  sql: Sql,
  counted: readonly (CountedBudget & { stops: boolean })[],
  now: Date,
): Promise<void> {
  await sql.query(
    `delete from telemetry.spent_budgets where until <= $1 or budget_id = any($2::int[])`,
    [now, counted.map(({ id }) => id)],
  )
  const stopping = counted.filter(({ stops }) => stops)
  await sql.query(
    `insert into telemetry.spent_budgets (holder, holder_id, budget_id, until)
     select * from unnest($1::text[], $2::int[], $3::int[], $4::timestamptz[])`,
    [
      stopping.map(({ holder }) => holder),
      stopping.map(({ holderId }) => holderId),
      stopping.map(({ id }) => id),
      stopping.map(({ periodEnd }) => periodEnd),
    ],
  )
}

/** A condition: one of these ids has a budget that is used up. Three looks into the primary key. */
export function isSpentSql(ids: Record<BudgetHolder, string>, now: string): string {
  const has = (holder: BudgetHolder) =>
    `exists (select from telemetry.spent_budgets sb where sb.holder = '${holder}' and sb.holder_id = ${ids[holder]} and sb.until > ${now})`
  return `(${has('card')} or ${has('driver')} or ${has('fleet')})`
}

export type OverdrawnSession = {
  id: number
  chargerId: number
  transactionId: number
}

/** How often a charger that does not follow is asked again, and after how long. */
const stopTriesMost = 5
const stopAgain = `interval '1 minute'`

/**
 * `readOverdrawn`: sessions under way of holders whose budget is used up, and whose charger was not asked to stop within a
 * minute. Index: sessions_open.
 */
export async function readOverdrawn(
  sql: Sql,
  now: Date,
  limit: number,
): Promise<OverdrawnSession[]> {
  const { rows } = await sql.query<OverdrawnSession>(
    `select s.id, s.charger_id "chargerId", s.transaction_id "transactionId"
       from sessions s ${whose}
       cross join lateral (
         select count(*) tries, max(co.created_at) last from commands co
          where co.charger_id = s.charger_id and co.action = 'RemoteStopTransaction' and co.source = 'rule'
            and co.transaction_id = s.transaction_id and co.created_at >= s.started_at) asked
      where s.stopped_at is null and ${isSpentSql({ card: 's.card_id', driver: 's.driver_id', fleet: fleetOf }, '$1')}
        and asked.tries < ${stopTriesMost} and (asked.last is null or asked.last < $1::timestamptz - ${stopAgain})
      order by s.id limit $2`,
    [now, limit],
  )
  return rows
}

/** `readSpentUntil`: until when the budget behind a card number (or a driver) is used up; null where nothing stands in the way. */
export async function readSpentUntil(
  sql: Sql,
  of: { uid: string } | { driverId: number },
  now: Date,
): Promise<{ until: Date; timezone: string } | null> {
  const [text, value] =
    'uid' in of
      ? [
          `select c.id card_id, coalesce(c.driver_id, a.driver_id) driver_id, coalesce(c.fleet_id, v.fleet_id, d.fleet_id) fleet_id
             from (select $2::text uid) k
             left join rfid_cards c on c.uid = k.uid
             left join app.starts a on a.id_tag = k.uid
             left join vehicles v on v.id = c.vehicle_id
             left join drivers d on d.id = coalesce(c.driver_id, a.driver_id)`,
          of.uid,
        ]
      : [
          `select null::int card_id, d.id driver_id, d.fleet_id from drivers d where d.id = $2::int`,
          of.driverId,
        ]
  const { rows } = await sql.query<{ until: Date | null; timezone: string }>(
    `with who as (${text})
     select max(sb.until) until, ${zone} timezone from who
       join telemetry.spent_budgets sb on sb.until > $1
        and ((sb.holder = 'card' and sb.holder_id = who.card_id) or (sb.holder = 'driver' and sb.holder_id = who.driver_id)
          or (sb.holder = 'fleet' and sb.holder_id = who.fleet_id))`,
    [now, value],
  )
  const { until = null, timezone = 'UTC' } = rows[0] ?? {}
  return until && { until, timezone }
}

/** `readBudgetAlerts`: open alerts of these keys and of periods that are over, held until the transaction ends. */
export async function readBudgetAlerts(
  sql: Sql,
  keys: readonly string[],
  now: Date,
): Promise<{ id: number; key: string }[]> {
  const { rows } = await sql.query<{ id: number; key: string }>(
    `select a.id, a.key from alerts a
      where a.status <> 'resolved' and a.kind = 'budget'
        and (a.key = any($1::text[]) or exists (
          select from telemetry.budget_states st where st.period_end <= $2
             and a.key like 'budget/' || st.budget_id || '/' || to_char(st.period_start at time zone 'UTC', 'YYYY-MM-DD') || '/%'))
      for update`,
    [keys, now],
  )
  return rows
}

/** `readBudgetUse`: how much is used of each budget in sight, as it was counted last. */
export async function readBudgetUse(
  sql: Sql,
  scope: Scope,
  now: Date,
): Promise<Map<number, { used: number; isSpent: boolean }>> {
  const values: unknown[] = [now]
  const inside = scopeSql(scope, { charger: null, site: 'b.site_id' }, values)
  const { rows } = await sql.query<{ id: number; used: number; isSpent: boolean }>(
    `select b.id, st.used, st.spent_at is not null "isSpent" from telemetry.budget_states st join budgets b on b.id = st.budget_id
      where st.period_start <= $1 and st.period_end > $1 and ${inside}`,
    values,
  )
  return new Map(rows.map(({ id, ...use }) => [id, use]))
}
