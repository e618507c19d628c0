import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { covered } from './schedules'
import { seenStatement } from './statementPage'

export type IssuedRow = {
  id: number
  title: string
  status: string
  periodFrom: string
  issuedAt: string | null
  sessionCount: number | null
  energyWh: number | null
  costMinor: number | null
  currency: string | null
  correctionCount: number | null
}

/** `readIssued`: what a schedule has issued, the newest first, as far as it is in sight. Index: statements_once. */
export async function readIssued(
  sql: Sql,
  scheduleId: number,
  scope: Scope,
  limit: number,
): Promise<IssuedRow[]> {
  const values: unknown[] = [scheduleId, limit]
  const inside = seenStatement(scope, 's', values)
  const { rows } = await sql.query<{ list: IssuedRow[] }>(
    `select coalesce(json_agg(x), '[]') as list from (
       select s.id, s.title, s.status, s.period_from as "periodFrom", s.issued_at as "issuedAt", s.session_count as "sessionCount",
              s.energy_wh as "energyWh", s.cost_minor as "costMinor", s.currency, s.correction_count as "correctionCount"
         from statements s where s.schedule_id = $1 and ${inside} order by s.period_from desc limit $2) x`,
    values,
  )
  return rows[0]?.list ?? []
}

export type SiteSchedule = {
  id: number
  name: string
  kind: string
  frequency: string
  hour: number
  zone: string
  createdAt: Date
  lastTo: Date | null
  paused: boolean
  recipients: number
  lastStatementId: number | null
  lastTitle: string | null
}

/** `readSiteSchedules`: the schedules that cover a site, also those of its owner and operator. */
export async function readSiteSchedules(sql: Sql, siteId: number): Promise<SiteSchedule[]> {
  const { rows } = await sql.query<SiteSchedule>(
    `select r.id, r.name, r.kind, r.frequency, r.hour, coalesce(nullif(r.timezone, ''), 'Europe/London') as zone,
            r.created_at as "createdAt", last.period_to as "lastTo", coalesce(r.paused, false) as paused,
            (select count(*)::int from telemetry.report_recipients k where k.schedule_id = r.id and k.confirmed_at is not null) as recipients,
            last.id as "lastStatementId", last.title as "lastTitle"
       from sites si join report_schedules r on ${covered('si', 'r')}
       left join lateral (select s.id, s.title, s.period_to from statements s where s.schedule_id = r.id
                           order by s.period_from desc limit 1) last on true
      where si.id = $1 order by r.covers, r.name`,
    [siteId],
  )
  return rows
}
