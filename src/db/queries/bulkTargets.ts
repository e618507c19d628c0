import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type BulkTarget = {
  id: number
  name: string
  siteId: number
  siteName: string
  regionId: number | null
  status: string
  connected: boolean
  /** Charges that run there now. */
  sessions: number
}

/** `readBulkTargets`: of these chargers the ones in sight, with who would be affected. Index: sessions_open. */
export async function readBulkTargets(
  sql: Sql,
  ids: readonly number[],
  scope: Scope,
): Promise<BulkTarget[]> {
  const values: unknown[] = [ids]
  const inScope = scopeSql(scope, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const { rows } = await sql.query<BulkTarget>(
    `select ch.id, ch.name, ch.site_id as "siteId", si.name as "siteName", si.region_id as "regionId",
            coalesce(st.status, 'NeverConnected') as status, coalesce(st.connected, false) as connected,
            (select count(*)::int from sessions s where s.charger_id = ch.id and s.stopped_at is null) as sessions
       from chargers ch join sites si on si.id = ch.site_id left join charger_states st on st.id = ch.state_id
      where ch.id = any($1::int[]) and ${inScope}
      order by ch.name, ch.id`,
    values,
  )
  return rows
}
