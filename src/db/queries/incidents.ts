import type {
  ChargerMemory,
  IncidentUpdate,
  KnownIncident,
  OpenedIncident,
} from '../../domain/incident'
import { jsonText } from '../arrays'
import { channels } from '../channels'
import type { Sql } from '../pool'

/** `readDue`: chargers for which time alone has something to say, the longest due first. Index: incident_memory_due. */
export async function readDue(sql: Sql, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select charger_id as id from telemetry.incident_memory where due_at <= $1 order by due_at limit $2`,
    [now, limit],
  )
  return rows.map((row) => row.id)
}

export type MemoryRow = {
  chargerId: number
  siteId: number
  /** Null for a charger that the rules have never seen. */
  memory: ChargerMemory | null
  dueAt: Date | null
}

/**
 * `readMemories`: what is remembered of these chargers, and of those of the same sites that are dark: whether one
 * charger is away or the whole site is asked of all of them.
 */
export async function readMemories(sql: Sql, chargerIds: readonly number[]): Promise<MemoryRow[]> {
  const { rows } = await sql.query<MemoryRow>(
    `with asked as (select id, site_id from chargers where id = any($1::int[]))
     select a.id as "chargerId", a.site_id as "siteId", m.memory, m.due_at as "dueAt"
       from asked a left join telemetry.incident_memory m on m.charger_id = a.id
     union all
     select ch.id, ch.site_id, m.memory, m.due_at
       from telemetry.incident_memory m join chargers ch on ch.id = m.charger_id
      where m.is_dark and ch.site_id in (select site_id from asked) and ch.id <> all($1::int[])`,
    [chargerIds],
  )
  return rows
}

export async function writeMemories(
  sql: Sql,
  rows: readonly {
    chargerId: number
    memory: ChargerMemory
    dueAt: Date | null
    isDark: boolean
  }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into telemetry.incident_memory (charger_id, memory, due_at, is_dark, updated_at)
     select x.charger_id, x.memory, x.due_at, x.is_dark, $2
       from jsonb_to_recordset($1::jsonb) as x(charger_id int, memory jsonb, due_at timestamptz, is_dark boolean)
       join chargers ch on ch.id = x.charger_id
     on conflict (charger_id) do update
       set memory = excluded.memory, due_at = excluded.due_at, is_dark = excluded.is_dark,
           updated_at = excluded.updated_at`,
    [
      jsonText(
        rows.map((row) => ({
          charger_id: row.chargerId,
          memory: row.memory,
          due_at: row.dueAt,
          is_dark: row.isDark,
        })),
      ),
      now,
    ],
  )
}

type KnownRow = Omit<KnownIncident, 'resolvedAtMs'> & {
  chargerId: number | null
  siteId: number | null
  resolvedAt: Date | null
}

/**
 * `readKnown`: incidents of these chargers and of the sites themselves that are open, or closed since `since`; held
 * until the transaction ends, so that nobody closes one while it is counted. Indexes: alerts_open_charger,
 * alerts_open_site, alerts_charger.
 */
export async function readKnown(
  sql: Sql,
  of: { chargerIds: readonly number[]; siteIds: readonly number[]; since: Date },
): Promise<(KnownIncident & { chargerId: number | null; siteId: number | null })[]> {
  const { rows } = await sql.query<KnownRow>(
    `select id, key, status <> 'resolved' as "isLive", coalesce(auto_resolved, false) as "isAutoResolved",
            resolved_at as "resolvedAt", charger_id as "chargerId", site_id as "siteId"
       from alerts
      where key is not null and (status <> 'resolved' or resolved_at >= $3)
        and (charger_id = any($1::int[]) or (charger_id is null and site_id = any($2::int[])))
      order by id for update`,
    [of.chargerIds, of.siteIds, of.since],
  )
  return rows.map(({ resolvedAt, ...row }) => ({
    ...row,
    resolvedAtMs: resolvedAt?.getTime() ?? null,
  }))
}

/** An alert as it stands after a change, for whoever has to be told. */
export type ChangedAlert = {
  id: number
  what: 'opened' | 'reopened' | 'repeated' | 'resolved'
  status: string
  kind: string
  severity: 'urgent' | 'fault' | 'notice'
  title: string
  chargerId: number | null
  siteId: number | null
  connectorId: number | null
  count: number
}

const told = `id, status, kind, severity, title, charger_id as "chargerId", site_id as "siteId",
  connector_id as "connectorId", count`

/** `updateAlerts`: counts, closes and opens again what is there. What people set beside it stays. */
export async function updateAlerts(
  sql: Sql,
  updates: readonly IncidentUpdate[],
  now: Date,
): Promise<ChangedAlert[]> {
  if (updates.length === 0) return []
  const { rows } = await sql.query<ChangedAlert>(
    `update alerts a
        set count = coalesce(a.count, 1) + u.repeats,
            last_at = greatest(a.last_at, u.last_at),
            evidence = coalesce(u.evidence, a.evidence),
            status = case when u.resolved_at is not null then 'resolved' when u.is_reopened then 'open' else a.status end,
            resolved_at = case when u.resolved_at is not null then u.resolved_at
                               when u.is_reopened then null else a.resolved_at end,
            auto_resolved = case when u.resolved_at is not null then true
                                 when u.is_reopened then false else a.auto_resolved end,
            acknowledged_at = case when u.is_reopened then null else a.acknowledged_at end,
            acknowledged_by_id = case when u.is_reopened then null else a.acknowledged_by_id end,
            updated_at = $2
       from jsonb_to_recordset($1::jsonb) as u(id int, repeats int, last_at timestamptz, evidence text,
            is_reopened boolean, resolved_at timestamptz)
      where a.id = u.id
     returning a.id, a.status, a.kind, a.severity, a.title, a.charger_id as "chargerId", a.site_id as "siteId",
       a.connector_id as "connectorId", a.count,
       case when u.resolved_at is not null then 'resolved' when u.is_reopened then 'reopened' else 'repeated' end as what`,
    [
      jsonText(
        updates.map((update) => ({
          id: update.id,
          repeats: update.repeats,
          last_at: dateOf(update.lastAtMs),
          evidence: update.evidence && jsonText(update.evidence),
          is_reopened: update.isReopened,
          resolved_at: dateOf(update.resolvedAtMs),
        })),
      ),
      now,
    ],
  )
  await logChanges(
    sql,
    updates.flatMap((update) => [
      ...(update.isReopened
        ? [{ id: update.id, action: 'reopened', note: null, atMs: update.lastAtMs }]
        : []),
      ...(update.resolvedAtMs !== null
        ? [
            {
              id: update.id,
              action: 'resolved',
              note: update.resolution,
              atMs: update.resolvedAtMs,
            },
          ]
        : []),
    ]),
    now,
  )
  return rows
}

/** `insertAlerts`: new incidents; one whose key is open already (which the caller's lock rules out) is left out. */
export async function insertAlerts(
  sql: Sql,
  opened: readonly (OpenedIncident & { siteId: number | null })[],
  now: Date,
): Promise<ChangedAlert[]> {
  if (opened.length === 0) return []
  const { rows } = await sql.query<ChangedAlert>(
    `insert into alerts (title, sentence, steps, kind, family, severity, status, charger_id, site_id, connector_id,
                         session_id, count, first_at, last_at, resolved_at, auto_resolved, key, evidence,
                         created_at, updated_at)
     select n.title, n.sentence, n.steps, n.kind, n.family, n.severity,
            case when n.resolved_at is null then 'open' else 'resolved' end, n.charger_id, n.site_id, n.connector_id,
            (select id from sessions s where s.id = n.session_id), n.count, n.first_at, n.last_at, n.resolved_at,
            n.resolved_at is not null, n.key, n.evidence, $2, $2
       from jsonb_to_recordset($1::jsonb) as n(title text, sentence text, steps text, kind text, family text,
            severity text, charger_id int, site_id int, connector_id int, session_id int, count int,
            first_at timestamptz, last_at timestamptz, resolved_at timestamptz, key text, evidence text)
     on conflict do nothing
     returning ${told}, case when status = 'resolved' then 'resolved' else 'opened' end as what`,
    [
      jsonText(
        opened.map((incident) => ({
          title: incident.words.title,
          sentence: incident.words.sentence,
          steps: JSON.stringify(incident.words.steps),
          kind: incident.words.kind,
          family: incident.words.family,
          severity: incident.words.severity,
          charger_id: incident.chargerId,
          site_id: incident.siteId,
          connector_id: incident.connectorId ?? null,
          session_id: incident.sessionId ?? null,
          count: incident.count,
          first_at: dateOf(incident.atMs),
          last_at: dateOf(incident.lastAtMs),
          resolved_at: dateOf(incident.resolvedAtMs),
          key: incident.key,
          evidence: jsonText(incident.evidence),
        })),
      ),
      now,
    ],
  )
  return rows
}

async function logChanges(
  sql: Sql,
  entries: readonly { id: number; action: string; note: string | null; atMs: number | null }[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  await sql.query(
    `insert into telemetry.alert_log (alert_id, at, action, note)
     select x.id, coalesce(x.at, $2), x.action, x.note
       from jsonb_to_recordset($1::jsonb) as x(id int, at timestamptz, action text, note text)`,
    [JSON.stringify(entries.map(({ atMs, ...entry }) => ({ ...entry, at: dateOf(atMs) }))), now],
  )
}

/** `announceAlerts`: a line in the outbox for each, and its readers are woken; in the transaction of the change. */
export async function announceAlerts(
  sql: Sql,
  alerts: readonly (Omit<ChangedAlert, 'what'> & { what: string })[],
  now: Date,
): Promise<void> {
  if (alerts.length === 0) return
  await sql.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, body)
     select $2, 'alert.changed', x.charger_id, x.site_id, x.body
       from jsonb_to_recordset($1::jsonb) as x(charger_id int, site_id int, body jsonb)`,
    [
      JSON.stringify(
        alerts.map(({ id, chargerId, siteId, ...rest }) => ({
          charger_id: chargerId,
          site_id: siteId,
          body: { alertId: id, ...rest },
        })),
      ),
      now,
    ],
  )
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}

function dateOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
