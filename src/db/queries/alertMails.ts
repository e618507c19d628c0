import type { NoticeWishes } from '../../domain/notice'
import type { Grant } from '../../domain/scope'
import type { Sql } from '../pool'

/** Somebody who may be told of alerts: their wishes (null: never said) and what they were given. */
export type Reachable = {
  userId: number
  wishes: NoticeWishes | null
  /** Their own zone, or the network's. */
  timezone: string
  grants: Grant[]
}

type GrantRow = Omit<Grant, 'from' | 'until'> & { from: string | null; until: string | null }

const wishesJson = `json_build_object('bell', coalesce(p.bell, true), 'email', coalesce(p.email, true),
   'minSeverity', p.min_severity,
   'kinds', coalesce((select json_agg(k.value) from notification_preferences_kinds k where k.parent_id = p.id), '[]'),
   'siteIds', coalesce((select json_agg(r.sites_id) from notification_preferences_rels r
                         where r.parent_id = p.id and r.path = 'sites'), '[]'),
   'quietFrom', nullif(p.quiet_from, ''), 'quietUntil', nullif(p.quiet_until, ''),
   'timezone', coalesce(nullif(p.timezone, ''), (select timezone from settings limit 1), 'UTC'))`

/** `readReachable`: everybody of the staff with grants. Read once for a batch of new alerts, not for each. */
export async function readReachable(sql: Sql): Promise<Reachable[]> {
  const { rows } = await sql.query<Omit<Reachable, 'grants'> & { grants: GrantRow[] }>(
    `select u.id as "userId", case when p.id is not null then ${wishesJson} end as wishes,
            coalesce((select timezone from settings limit 1), 'UTC') as timezone, g.grants
       from users u
       join lateral (
         select json_agg(json_build_object('role', gr.role, 'scope', gr.scope, 'from', gr."from", 'until', gr.until,
                  'regionIds', coalesce(r.regions, '{}'), 'siteIds', coalesce(r.sites, '{}'),
                  'chargerIds', coalesce(r.chargers, '{}'))) as grants
           from grants gr
           left join lateral (
             select array_agg(regions_id) filter (where regions_id is not null) as regions,
                    array_agg(sites_id) filter (where sites_id is not null) as sites,
                    array_agg(chargers_id) filter (where chargers_id is not null) as chargers
               from grants_rels where parent_id = gr.id) r on true
          where gr.user_id = u.id and telemetry.may_act(u.id, gr.role::text)) g on g.grants is not null
       left join notification_preferences p on p.user_id = u.id`,
  )
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return rows.map((row) => ({
    ...row,
    grants: row.grants.map((grant) => ({
      ...grant,
      from: date(grant.from),
      until: date(grant.until),
    })),
  }))
}

/** The wishes of one person, for the bell and the page of preferences. */
export async function readWishes(sql: Sql, userId: number): Promise<NoticeWishes | null> {
  const { rows } = await sql.query<{ wishes: NoticeWishes }>(
    `select ${wishesJson} as wishes from notification_preferences p where p.user_id = $1`,
    [userId],
  )
  return rows[0]?.wishes ?? null
}

export async function readRegionsOfSites(
  sql: Sql,
  siteIds: readonly number[],
): Promise<Map<number, number | null>> {
  const { rows } = await sql.query<{ id: number; region: number | null }>(
    'select id, region_id as region from sites where id = any($1::int[])',
    [siteIds],
  )
  return new Map(rows.map((row) => [row.id, row.region]))
}

/**
 * `planMails`: who is to get a mail of which alert, and from when on. Somebody who had one of the same incident less
 * than a day ago gets none when it opens again.
 */
export async function planMails(
  sql: Sql,
  plans: readonly { alertId: number; userId: number; dueAt: Date }[],
  now: Date,
): Promise<void> {
  if (plans.length === 0) return
  await sql.query(
    `insert into telemetry.alert_mails (alert_id, user_id, due_at)
     select x.alert_id, x.user_id, x.due_at
       from unnest($1::int[], $2::int[], $3::timestamptz[]) as x(alert_id, user_id, due_at)
     on conflict (alert_id, user_id) do update set due_at = excluded.due_at, mailed_at = null
      where alert_mails.mailed_at < $4::timestamptz - interval '1 day'`,
    [
      plans.map((plan) => plan.alertId),
      plans.map((plan) => plan.userId),
      plans.map((plan) => plan.dueAt),
      now,
    ],
  )
}

export type DueAlertMail = {
  alertId: number
  userId: number
  email: string
  name: string | null
  title: string
  severity: 'urgent' | 'fault' | 'notice'
  sentence: string
  steps: string
  count: number
  firstAt: Date
  connectorId: number | null
  chargerName: string | null
  siteName: string | null
  timezone: string
}

/**
 * `takeDueMails`: alerts to be mailed now, of people who had no mail of alerts within `gapSeconds` (what comes meanwhile
 * waits for the next one). What is closed, or has somebody working on it, needs no mail any more and is struck off.
 */
export async function takeDueMails(
  sql: Sql,
  options: { now: Date; gapSeconds: number; limit: number },
): Promise<DueAlertMail[]> {
  await sql.query(
    `delete from telemetry.alert_mails m using alerts a
      where a.id = m.alert_id and m.mailed_at is null and a.status <> 'open'`,
  )
  const { rows } = await sql.query<DueAlertMail>(
    `with due as (
       select m.alert_id, m.user_id from telemetry.alert_mails m
        where m.mailed_at is null and m.due_at <= $1
          and not exists (select from telemetry.alert_mails last where last.user_id = m.user_id
                           and last.mailed_at > $1::timestamptz - make_interval(secs => $2))
        order by m.due_at limit $3 for update skip locked
     ), taken as (
       update telemetry.alert_mails m set mailed_at = $1
         from due where m.alert_id = due.alert_id and m.user_id = due.user_id
       returning m.alert_id, m.user_id
     ), marked as (
       update alerts a set mailed_at = $1 where a.id in (select alert_id from taken)
     )
     select a.id as "alertId", u.id as "userId", u.email, u.name, a.title, a.severity, a.sentence, a.steps, a.count,
            a.first_at as "firstAt", a.connector_id as "connectorId", -- an identity is half of what one signs in with, and stands in no mail (SEC-42)
            case when lower(ch.name) = lower(ch.identity) then 'charger ' || ch.id else ch.name end as "chargerName",
            si.name as "siteName", coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'UTC') as timezone
       from taken t
       join alerts a on a.id = t.alert_id
       join users u on u.id = t.user_id
       left join chargers ch on ch.id = a.charger_id
       left join sites si on si.id = a.site_id
      order by u.id, a.first_at`,
    [options.now, options.gapSeconds, options.limit],
  )
  return rows
}
