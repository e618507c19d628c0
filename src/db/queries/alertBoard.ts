import { severities } from '../../domain/incident'
import type { NoticeWishes } from '../../domain/notice'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type AlertRow = {
  id: number
  severity: 'urgent' | 'fault' | 'notice'
  kind: string
  title: string
  sentence: string
  status: 'open' | 'acknowledged' | 'resolved'
  count: number
  firstAt: string
  lastAt: string
  resolvedAt: string | null
  autoResolved: boolean
  chargerId: number | null
  chargerName: string | null
  connectorId: number | null
  siteId: number | null
  siteName: string | null
  timezone: string
  assignedTo: { id: number; name: string } | null
  resolvedBy: string | null
}

const rowJson = `json_build_object('id', a.id, 'severity', a.severity, 'kind', a.kind, 'title', a.title,
  'sentence', a.sentence, 'status', a.status, 'count', coalesce(a.count, 1), 'firstAt', a.first_at, 'lastAt', a.last_at,
  'resolvedAt', a.resolved_at, 'autoResolved', coalesce(a.auto_resolved, false), 'chargerId', a.charger_id,
  'chargerName', ch.name, 'connectorId', a.connector_id, 'siteId', a.site_id, 'siteName', si.name,
  'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
  'assignedTo', case when u.id is not null then json_build_object('id', u.id, 'name', coalesce(u.name, u.email)) end,
  'resolvedBy', (select coalesce(r.name, r.email) from users r where r.id = a.resolved_by_id))`
const joins = `left join chargers ch on ch.id = a.charger_id left join sites si on si.id = a.site_id
  left join users u on u.id = a.assigned_to_id`
const severityRank = `array_position(array[${severities.map((word) => `'${word}'`).join()}], a.severity)`

export const alertTabs = ['open', 'mine', 'resolved'] as const
export type AlertTab = (typeof alertTabs)[number]

/** Of more than so many nobody turns the last page: they are not counted. */
const countedMost = 3_000

export type AlertList = {
  open: number
  mine: number
  total: number
  rows: AlertRow[]
}

/**
 * `readAlerts`: one page of alerts and the counts of the tabs, in one statement. What is open stands by gravity and then
 * the longest first; what is resolved the newest first. Indexes: alerts_open_site, alerts_resolved.
 */
export async function readAlerts(
  sql: Sql,
  options: {
    scope: Scope
    userId: number
    tab: AlertTab
    severity: string | null
    query: string | null
    chargerId: number | null
    limit: number
    offset: number
  },
): Promise<AlertList> {
  const values: unknown[] = [
    options.userId,
    options.severity,
    options.query === null ? null : `%${options.query.replace(/[\\%_]/g, '\\$&')}%`,
    options.chargerId,
    options.limit,
    options.offset,
  ]
  const inScope = scopeSql(options.scope, { charger: 'a.charger_id', site: 'a.site_id' }, values)
  const state =
    options.tab === 'resolved'
      ? `a.status = 'resolved'`
      : `a.status <> 'resolved'${options.tab === 'mine' ? ' and a.assigned_to_id = $1' : ''}`
  const order =
    options.tab === 'resolved'
      ? 'a.resolved_at desc, a.id desc'
      : `${severityRank}, a.first_at, a.id`
  const matching = `from alerts a
         left join chargers ch on ch.id = a.charger_id
         left join sites si on si.id = a.site_id
        where ${state} and ${inScope}
          and ($2::text is null or a.severity = $2)
          and ($4::int is null or a.charger_id = $4)
          and ($3::text is null or a.title ilike $3 or a.sentence ilike $3 or ch.name ilike $3 or si.name ilike $3)`
  const { rows } = await sql.query<AlertList>(
    `with live as (
       select a.id, a.assigned_to_id from alerts a where a.status <> 'resolved' and ${inScope}
     ), found as (
       select *, row_number() over () as place
         from (select a.* ${matching} order by ${order} limit $5 offset $6) page
     )
     select (select count(*) from live)::int as open,
            (select count(*) from live where assigned_to_id = $1)::int as mine,
            (select count(*) from (select ${matching} limit ${countedMost}) counted)::int as total,
            coalesce((select json_agg(${rowJson} order by a.place) from found a ${joins}), '[]') as rows`,
    values,
  )
  return rows[0] ?? { open: 0, mine: 0, total: 0, rows: [] }
}

export type BellBoard = { unread: number; open: number; alerts: AlertRow[] }

/**
 * `readBell`: what a person's bell says: open alerts of the kinds they want to hear of, and how many of them began since
 * they last looked.
 */
export async function readBell(
  sql: Sql,
  options: { scope: Scope; wishes: NoticeWishes; seenAt: Date | null; limit: number },
): Promise<BellBoard> {
  const { wishes } = options
  const reached = severities.slice(0, severities.indexOf(wishes.minSeverity) + 1)
  const values: unknown[] = [
    options.seenAt,
    reached,
    wishes.kinds.length > 0 ? wishes.kinds : null,
    wishes.siteIds.length > 0 ? wishes.siteIds : null,
    options.limit,
  ]
  const inScope = scopeSql(options.scope, { charger: 'a.charger_id', site: 'a.site_id' }, values)
  const { rows } = await sql.query<BellBoard>(
    `with live as (
       select a.* from alerts a
        where a.status <> 'resolved' and ${inScope} and a.severity = any($2::text[])
          and ($3::text[] is null or a.kind = any($3)) and ($4::int[] is null or a.site_id = any($4))
     ), newest as (
       select * from live order by created_at desc, id desc limit $5
     )
     select (select count(*) from live where $1::timestamptz is null or created_at > $1)::int as unread,
            (select count(*) from live)::int as open,
            coalesce((select json_agg(${rowJson} order by a.created_at desc, a.id desc) from newest a ${joins}), '[]') as alerts`,
    values,
  )
  return rows[0] ?? { unread: 0, open: 0, alerts: [] }
}

export type AlertEntry = { at: string; who: string | null; action: string; note: string | null }

export type AlertDetail = AlertRow & {
  family: string
  steps: string[]
  acknowledgedAt: string | null
  acknowledgedBy: string | null
  regionId: number | null
  sessionId: number | null
  log: AlertEntry[]
  /** Null where the person sees no details. */
  evidence: Record<string, unknown> | null
  /** Chargers of a site's alert, as they are now. */
  chargers: { id: number; name: string; status: string }[]
  /** Others that are open at the same charger or site. */
  others: { id: number; title: string; severity: string; firstAt: string }[]
  /** How often the same happened here in the last 30 days, and how long it lasted, typically. */
  history: { times: number; medianSeconds: number | null }
  tickets: { id: number; number: number; subject: string }[]
}

/** `readAlert`: all of one alert's page in one statement; null outside the scope. */
export async function readAlert(
  sql: Sql,
  id: number,
  options: { scope: Scope; details: Scope; seesTickets: boolean },
): Promise<AlertDetail | null> {
  const values: unknown[] = [id]
  const columns = { charger: 'a.charger_id', site: 'a.site_id' }
  const inScope = scopeSql(options.scope, columns, values)
  const details = scopeSql(options.details, columns, values)
  const { rows } = await sql.query<{ alert: AlertDetail }>(
    `with a as (select a.* from alerts a where a.id = $1 and ${inScope})
     select (${rowJson})::jsonb || jsonb_build_object(
         'family', a.family, 'steps', coalesce(a.steps::jsonb, '[]'), 'acknowledgedAt', a.acknowledged_at,
         'acknowledgedBy', (select coalesce(k.name, k.email) from users k where k.id = a.acknowledged_by_id),
         'regionId', si.region_id, 'sessionId', a.session_id,
         'evidence', case when ${details} then a.evidence::jsonb end,
         'log', case when ${details} then (select coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'action', l.action, 'note', l.note,
              'who', (select coalesce(w.name, w.email) from users w where w.id = l.user_id)) order by l.at, l.id), '[]')
              from telemetry.alert_log l where l.alert_id = a.id) else '[]' end,
         'chargers', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'status', st.status) order by c.name), '[]')
              from chargers c join charger_states st on st.id = c.state_id
             where a.charger_id is null and c.site_id = a.site_id
               and c.id in (select v::int from jsonb_array_elements_text(case when a.evidence::jsonb ? 'chargers'
                              then a.evidence::jsonb -> 'chargers' else '[]' end) v)),
         'others', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'severity', o.severity,
              'firstAt', o.first_at) order by o.first_at), '[]')
              from alerts o where o.status <> 'resolved' and o.id <> a.id
               and (o.charger_id = a.charger_id or (a.charger_id is null and o.site_id = a.site_id))),
         'history', (select jsonb_build_object('times', count(*), 'medianSeconds',
              percentile_cont(0.5) within group (order by extract(epoch from p.resolved_at - p.first_at))
                filter (where p.resolved_at is not null))
              from alerts p where p.id <> a.id and p.kind = a.kind and p.first_at > now() - interval '30 days'
               and p.charger_id is not distinct from a.charger_id and p.site_id is not distinct from a.site_id),
         'tickets', case when ${options.seesTickets ? details : 'false'} then (select coalesce(jsonb_agg(jsonb_build_object('id', t.id,
              'number', t.number, 'subject', t.subject) order by t.id), '[]') from tickets t where t.alert_id = a.id) else '[]' end
       ) as alert
       from a ${joins}`,
    values,
  )
  return rows[0]?.alert ?? null
}

export type Assignee = { id: number; name: string }

/** Staff whose grants hold now; who of them may take an alert is decided by their scopes. */
export async function readStaffNames(sql: Sql, ids: readonly number[]): Promise<Assignee[]> {
  const { rows } = await sql.query<Assignee>(
    `select id, coalesce(nullif(name, ''), email) as name from users where id = any($1::int[]) order by 2`,
    [ids],
  )
  return rows
}
