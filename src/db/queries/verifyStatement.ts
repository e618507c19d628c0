import type { Sql } from '../pool'

export type Verified = {
  title: string
  subject: string
  kind: string
  periodFrom: Date
  periodTo: Date
  zone: string
  issuedAt: Date | null
  sessionCount: number | null
  energyWh: number | null
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  correctionCount: number | null
  /** `figures`: the fingerprint on the paper; `file`: of one of the files, byte by byte. */
  matched: 'figures' | 'file'
  filename: string | null
}

/** `verifyStatement`: the statement a fingerprint belongs to. Indexes: statements_sha256, statement_files_sha256. */
export async function verifyStatement(sql: Sql, sha256: string): Promise<Verified | null> {
  const { rows } = await sql.query<Verified>(
    `select s.title, s.subject, s.kind, s.period_from as "periodFrom", s.period_to as "periodTo", s.timezone as zone,
            s.issued_at as "issuedAt", s.session_count as "sessionCount", s.energy_wh as "energyWh",
            s.cost_minor as "costMinor", s.tax_minor as "taxMinor", s.currency, s.correction_count as "correctionCount",
            case when f.id is null then 'figures' else 'file' end as matched, f.filename
       from (select id as statement_id, null::bigint as file_id from statements where sha256 = $1
             union all select statement_id, id from telemetry.statement_files where sha256 = $1) found
       join statements s on s.id = found.statement_id left join telemetry.statement_files f on f.id = found.file_id
      where s.status = 'issued' limit 1`,
    [sha256],
  )
  return rows[0] ?? null
}
