import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { whoSql } from './chargerBoard'

export type LiveSessionRow = {
  id: number
  transactionId: number
  chargerId: number
  chargerName: string
  connectorNumber: number | null
  connectorStatus: string | null
  siteId: number | null
  siteName: string | null
  timezone: string
  connected: boolean
  who: string | null
  startedAt: string
  lastSampleAt: string | null
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
  costMinor: number | null
  currency: string | null
}

export type LiveSessionsPage = { total: number; readAt: string; rows: LiveSessionRow[] }

/** `readLiveSessions`: sessions that run now, the newest first, at most `limit`, and how many there are. */
export async function readLiveSessions(
  sql: Sql,
  options: { scope: Scope; people: Scope; limit: number },
): Promise<LiveSessionsPage> {
  const values: unknown[] = [options.limit]
  const columns = { charger: 's.charger_id', site: 's.site_id' }
  const inScope = scopeSql(options.scope, columns, values)
  const people = scopeSql(options.people, columns, values)
  const { rows } = await sql.query<LiveSessionsPage>(
    `with open as (select s.* from sessions s where s.stopped_at is null and ${inScope})
     select (select count(*) from open)::int as total, (to_json(clock_timestamp()) #>> '{}') as "readAt",
            coalesce((select json_agg(json_build_object('id', s.id, 'transactionId', s.transaction_id,
              'chargerId', s.charger_id, 'chargerName', ch.name, 'connectorNumber', s.connector_number,
              'connectorStatus', cs.status, 'siteId', s.site_id, 'siteName', si.name,
              'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
              'connected', coalesce(st.connected, false), 'who', case when ${people} then ${whoSql('s')} end,
              'startedAt', s.started_at, 'lastSampleAt', s.last_sample_at, 'energyWh', s.energy_wh,
              'powerW', s.power_w, 'socPercent', s.soc_percent, 'costMinor', s.cost_minor,
              'currency', s.currency) order by s.started_at desc)
         from (select * from open order by started_at desc limit $1) s
         join chargers ch on ch.id = s.charger_id
         left join charger_states st on st.id = ch.state_id
         left join sites si on si.id = s.site_id
         left join connectors cn on cn.charger_id = s.charger_id and cn.connector_id = s.connector_number
         left join connector_states cs on cs.id = cn.state_id), '[]') as rows`,
    values,
  )
  return rows[0] ?? { total: 0, readAt: new Date(0).toISOString(), rows: [] }
}
