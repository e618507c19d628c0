import { scopeSql } from '../scopeSql'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import type { StatementFile } from './statementRuns'

export type SharedReport = {
  publicId: string
  title: string
  kind: string
  subject: string
  from: Date
  to: Date
  zone: string
  /** All sites it speaks of: who sees every one of them sees it. */
  siteIds: readonly number[]
  files: readonly StatementFile[]
  now: Date
}

/**
 * `insertSharedReport`: a report that was made to be shared, kept as it was at that moment: a statement without a schedule,
 * issued at once. In the caller's transaction.
 */
export async function insertSharedReport(sql: Sql, report: SharedReport): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `with made as (
       insert into statements (public_id, title, kind, subject, site_id, period_from, period_to, timezone, status, issued_at,
              created_at, updated_at)
       values ($1, $2, $3, $4, case when cardinality($8::int[]) = 1 then ($8::int[])[1] end, $5, $6, $7, 'issued', $9, $9, $9)
       returning id)
     insert into telemetry.statement_runs (statement_id, site_ids, is_done) select id, $8, true from made
     returning statement_id as id`,
    [
      report.publicId,
      report.title,
      report.kind,
      report.subject,
      report.from,
      report.to,
      report.zone,
      report.siteIds,
      report.now,
    ],
  )
  const { id } = rows[0]!
  for (const file of report.files)
    await sql.query(
      `insert into telemetry.statement_files (statement_id, format, filename, content_type, size_bytes, sha256, bytes)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        file.format,
        file.filename,
        file.contentType,
        file.bytes.byteLength,
        file.sha256,
        file.bytes,
      ],
    )
  return id
}

/** `readReportSites`: the sites a filter by place leaves, within a scope. */
export async function readReportSites(
  sql: Sql,
  scope: Scope,
  filter: {
    charger?: number | null
    site?: number | null
    region?: number | null
    operator?: number | null
  },
): Promise<number[]> {
  const values: unknown[] = [
    filter.charger ?? null,
    filter.site ?? null,
    filter.region ?? null,
    filter.operator ?? null,
  ]
  const inside = scopeSql(scope, { charger: 'ch.id', site: 'si.id' }, values)
  const { rows } = await sql.query<{ id: number }>(
    `select distinct si.id from sites si left join chargers ch on ch.site_id = si.id
      where ($1::int is null or ch.id = $1) and ($2::int is null or si.id = $2) and ($3::int is null or si.region_id = $3)
        and ($4::int is null or si.operator_id = $4) and ${inside} order by 1`,
    values,
  )
  return rows.map(({ id }) => id)
}

/**
 * `forgetSharedReports`: reports that were made to be shared and whose last link ended before; how many. The row of the link
 * stays, to say who was given what.
 */
export async function forgetSharedReports(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from statements s where s.schedule_id is null and s.issued_at < $1
        and not exists (select from share_links l where l.statement_id = s.id
                           and coalesce(l.revoked_at, l.expires_at) >= $1)
        and exists (select from telemetry.statement_runs r where r.statement_id = s.id and r.schedule_id is null)`,
    [before],
  )
  return rowCount ?? 0
}
