import type { Sql } from '../pool'

/** `readStatementSubject`: whom a schedule's statements are addressed to, and where its one site is. */
export async function readStatementSubject(
  sql: Sql,
  scheduleId: number,
): Promise<{ address: string | null; recipient: string | null }> {
  const { rows } = await sql.query<{ address: string | null; recipient: string | null }>(
    `select nullif(s.address, '') as address,
            case when r.covers = 'site' then (select name from organisations where id = s.owner_id) end as recipient
       from report_schedules r left join sites s on s.id = r.site_id where r.id = $1`,
    [scheduleId],
  )
  return rows[0] ?? { address: null, recipient: null }
}
