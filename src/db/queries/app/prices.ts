import type { Tariff } from '../../../domain/tariff/types'
import type { Sql } from '../../pool'

export type TariffNow = { id: string; name: string; tariff: Tariff }

/** `tariffAt`: the price a charge of this driver would start under now: the same order as `openSessions` freezes it. */
export async function tariffAt(
  sql: Sql,
  connectorRow: number,
  _driverId: number | null,
): Promise<TariffNow | null> {
  const { rows } = await sql.query<TariffNow>(
    `select left(v.sha256, 32) as id, t.name, v.body as tariff
       from connectors cn join chargers ch on ch.id = cn.charger_id join sites si on si.id = ch.site_id
       join tariffs t on t.id = coalesce(cn.tariff_id, ch.tariff_id, si.tariff_id,
                                         (select default_tariff_id from settings limit 1))
       join lateral (select sha256, body from telemetry.tariff_versions v where v.tariff_id = t.id
                      order by v.id desc limit 1) v on true
      where cn.id = $1`,
    [connectorRow],
  )
  return rows[0] ?? null
}
