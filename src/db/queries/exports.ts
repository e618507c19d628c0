import type { Sql } from '../pool'

export type ExportProgress = {
  report: string
  format: string
  rows: number
  totalRows: number | null
  isFinished: boolean
  failure: string | null
}

/** What one person may take: a file is a second's or a minute's work for the database. */
export const exportsAtOnce = 2
export const exportsPerTenMinutes = 30

/**
 * `beginExport`: a row for a file under way, unless this person has two under way or took thirty in ten minutes; counted
 * over all web processes. One that nobody has heard of for two minutes has ended with its process.
 */
export async function beginExport(
  sql: Sql,
  entry: { id: string; userId: number; report: string; format: string },
): Promise<'begun' | 'busy' | 'too-many' | 'taken'> {
  await sql.query(`delete from telemetry.exports where asked_at < now() - interval '1 day'`)
  const { rows } = await sql.query<{ busy: boolean; many: boolean; begun: boolean }>(
    `with mine as (
       select count(*) filter (where finished_at is null and seen_at > now() - interval '2 minutes') under_way,
              count(*) filter (where asked_at > now() - interval '10 minutes') lately
         from telemetry.exports where user_id = $2
     ), begun as (
       insert into telemetry.exports (id, user_id, report, format)
       select $1, $2, $3, $4 from mine where under_way < $5 and lately < $6
       on conflict (id) do nothing returning id
     )
     select under_way >= $5 busy, lately >= $6 many, exists (select from begun) begun from mine`,
    [entry.id, entry.userId, entry.report, entry.format, exportsAtOnce, exportsPerTenMinutes],
  )
  const said = rows[0]
  if (said?.begun) return 'begun'
  if (said?.many) return 'too-many'
  return said?.busy ? 'busy' : 'taken'
}

export async function tellExport(
  sql: Sql,
  id: string,
  news: { rows: number; totalRows?: number; isFinished?: boolean; failure?: string },
): Promise<void> {
  await sql.query(
    `update telemetry.exports set rows = $2, total_rows = coalesce($3, total_rows), seen_at = now(),
            finished_at = case when $4 then now() end, failure = $5 where id = $1`,
    [id, news.rows, news.totalRows ?? null, news.isFinished ?? false, news.failure ?? null],
  )
}

/** `readExport`: how far one's own file is; null for another's. */
export async function readExport(
  sql: Sql,
  id: string,
  userId: number,
): Promise<ExportProgress | null> {
  const { rows } = await sql.query<ExportProgress>(
    `select report, format, rows, total_rows "totalRows", finished_at is not null "isFinished", failure
       from telemetry.exports where id = $1 and user_id = $2`,
    [id, userId],
  )
  return rows[0] ?? null
}
