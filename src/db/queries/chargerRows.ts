import type { Sql } from '../pool'

/** What a row of the chargers list shows besides its own fields. */
export type ChargerRowExtras = {
  chargerId: number
  timezone: string
  connected: boolean
  connectors: { number: number; label: string | null; status: string | null }[]
  now: {
    sessions: number
    powerW: number | null
    energyWh: number | null
    startedAt: string | null
  } | null
}

/** `readChargerRows`: for the chargers of one page (which access has let through), in one statement. */
export async function readChargerRows(
  sql: Sql,
  chargerIds: readonly number[],
): Promise<ChargerRowExtras[]> {
  const { rows } = await sql.query<ChargerRowExtras>(
    `select ch.id as "chargerId",
            coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') as timezone,
            coalesce((select st.connected from charger_states st where st.id = ch.state_id), false) as connected,
            coalesce((select json_agg(json_build_object('number', cn.connector_id, 'label', cn.label,
                               'status', cs.status) order by cn.connector_id)
                        from connectors cn left join connector_states cs on cs.id = cn.state_id
                       where cn.charger_id = ch.id), '[]') as connectors,
            (select case when count(*) > 0 then json_build_object('sessions', count(*), 'powerW', sum(s.power_w),
                      'energyWh', sum(s.energy_wh), 'startedAt', min(s.started_at)) end
               from sessions s where s.charger_id = ch.id and s.stopped_at is null) as now
       from chargers ch join sites si on si.id = ch.site_id
      where ch.id = any($1::int[])`,
    [chargerIds],
  )
  return rows
}
