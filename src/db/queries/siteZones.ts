import type { Sql } from '../pool'

/** `readSiteZones`: the IANA zone of every site, the network's own where a site has none. */
export async function readSiteZones(sql: Sql): Promise<Map<number, string>> {
  const { rows } = await sql.query<{ id: number; timezone: string }>(
    `select id, coalesce(nullif(timezone, ''), (select timezone from settings limit 1), 'Europe/London') as timezone
       from sites`,
  )
  return new Map(rows.map((row) => [row.id, row.timezone]))
}
