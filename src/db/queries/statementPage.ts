import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'

export type StatementPageRow = {
  id: number
  title: string
  kind: string
  subject: string | null
  siteId: number | null
  scheduleId: number | null
  schedule: string | null
  status: string
  periodFrom: string
  periodTo: string
  timezone: string
  issuedAt: string | null
  paidAt: string | null
  error: string | null
  nextTryAt: string | null
  sha256: string | null
  figures: unknown
  files: { format: string; filename: string; sizeBytes: number; sha256: string }[]
  sends: {
    address: string
    askedBy: string | null
    askedAt: string
    mailedAt: string | null
    sentAt: string | null
    failedAt: string | null
    error: string | null
  }[]
  links: {
    id: number
    sharedWith: string | null
    sharedBy: string | null
    createdAt: string
    expiresAt: string
    revokedAt: string | null
    lastOpenedAt: string | null
    openedCount: number
  }[]
  /** The same schedule, the period before and after. */
  previousId: number | null
  nextId: number | null
}

/** All sites of a statement have to be inside the scope. `s` is the statement, `$n` are pushed. */
export function seenStatement(scope: Scope, s: string, values: unknown[]): string {
  if (scope.kind !== 'some') return scope.kind === 'all' ? 'true' : 'false'
  const own = `select id from sites where id = any($${values.push(scope.siteIds)}::int[]) or region_id = any($${values.push(scope.regionIds)}::int[])`
  return `exists (select from telemetry.statement_runs seen where seen.statement_id = ${s}.id and cardinality(seen.site_ids) > 0
            and seen.site_ids <@ (select coalesce(array_agg(id), '{}') from (${own}) own))`
}

/** `readStatementPage`: everything the page of a statement shows; null outside the scope. */
export async function readStatementPage(
  sql: Sql,
  id: number,
  options: { scope: Scope; seesMails: boolean },
): Promise<StatementPageRow | null> {
  const values: unknown[] = [id]
  const inside = seenStatement(options.scope, 's', values)
  const mails = options.seesMails ? 'true' : 'false'
  const { rows } = await sql.query<{ page: StatementPageRow }>(
    `select json_build_object('id', s.id, 'title', s.title, 'kind', s.kind, 'subject', s.subject, 'siteId', s.site_id,
       'scheduleId', s.schedule_id, 'schedule', (select name from report_schedules where id = s.schedule_id),
       'status', s.status, 'periodFrom', s.period_from, 'periodTo', s.period_to, 'timezone', s.timezone,
       'issuedAt', s.issued_at, 'paidAt', s.paid_at, 'error', s.error, 'sha256', s.sha256, 'figures', r.figures,
       'nextTryAt', case when not r.is_done then r.next_try_at end,
       'files', coalesce((select json_agg(json_build_object('format', format, 'filename', filename, 'sizeBytes', size_bytes,
                  'sha256', sha256) order by id) from telemetry.statement_files where statement_id = s.id), '[]'),
       'sends', case when ${mails} then coalesce((select json_agg(json_build_object('address', d.address, 'askedBy', d.asked_by,
                  'askedAt', d.asked_at, 'mailedAt', d.mailed_at, 'sentAt', m.sent_at, 'failedAt', m.failed_at,
                  'error', m.last_error) order by d.id desc)
            from telemetry.statement_sends d
            left join telemetry.mails m on m.key = 'statement/' || s.id || '/' || d.address ||
                 case when d.asked_by is null then '' else '/again/' || d.id end
           where d.statement_id = s.id), '[]') else '[]' end,
       'links', case when ${mails} then coalesce((select json_agg(json_build_object('id', l.id, 'sharedWith', l.shared_with,
                  'sharedBy', coalesce(nullif(u.name, ''), u.email), 'createdAt', l.created_at, 'expiresAt', l.expires_at,
                  'revokedAt', l.revoked_at, 'lastOpenedAt', l.last_opened_at, 'openedCount', coalesce(l.opened_count, 0)) order by l.id desc)
            from share_links l left join users u on u.id = l.shared_by_id where l.statement_id = s.id), '[]') else '[]' end,
       'previousId', (select id from statements o where o.schedule_id = s.schedule_id and o.period_from < s.period_from order by o.period_from desc limit 1),
       'nextId', (select id from statements o where o.schedule_id = s.schedule_id and o.period_from > s.period_from order by o.period_from limit 1)
     ) as page
       from statements s left join telemetry.statement_runs r on r.statement_id = s.id
      where s.id = $1 and ${inside}`,
    values,
  )
  return rows[0]?.page ?? null
}

export type StoredStatementFile = {
  filename: string
  contentType: string
  sizeBytes: number
  siteId: number | null
  bytes: Buffer
}

export async function readStatementFile(
  sql: Sql,
  id: number,
  format: string,
  scope: Scope,
): Promise<StoredStatementFile | null> {
  const values: unknown[] = [id, format]
  const inside = seenStatement(scope, 's', values)
  const { rows } = await sql.query<StoredStatementFile>(
    `select f.filename, f.content_type as "contentType", f.size_bytes as "sizeBytes", s.site_id as "siteId", f.bytes
       from statements s join telemetry.statement_files f on f.statement_id = s.id
      where s.id = $1 and f.format = $2 and ${inside}`,
    values,
  )
  return rows[0] ?? null
}

/** `findStatement`: whether one may do something with it, and where it belongs. */
export async function findStatement(
  sql: Sql,
  id: number,
  scope: Scope,
): Promise<{ siteId: number | null; status: string; title: string } | null> {
  const values: unknown[] = [id]
  const inside = seenStatement(scope, 's', values)
  const { rows } = await sql.query<{ siteId: number | null; status: string; title: string }>(
    `select s.site_id as "siteId", s.status, s.title from statements s where s.id = $1 and ${inside}`,
    values,
  )
  return rows[0] ?? null
}

/** `markPaid`: once; false where it was paid before or is not issued. */
export async function markPaid(sql: Sql, id: number, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update statements set paid_at = $2, updated_at = $2
      where id = $1 and paid_at is null and status = 'issued' and kind = 'statement'`,
    [id, now],
  )
  return rowCount === 1
}
