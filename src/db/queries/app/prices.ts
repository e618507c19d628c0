import { tariffOf } from '../../../domain/tariff/resolve'
import type { Tariff } from '../../../domain/tariff/types'
import type { Sql } from '../../pool'
import { priceTermsSql } from '../priceTermsSql'

export type TariffNow = { id: string; name: string; tariff: Tariff }

type Terms = {
  sha256: string | null
  name: string | null
  tariff: Tariff | null
  priceSource: string | null
  discountBasisPoints: number | null
  currency: string | null
}

/**
 * `tariffAt`: the price a charge of this driver would start under now, his price group included: the text that opens
 * sessions resolves it (`priceTermsSql`), so what is shown is what is frozen.
 */
export async function tariffAt(
  sql: Sql,
  connectorRow: number,
  driverId: number | null,
): Promise<TariffNow | null> {
  const { rows } = await sql.query<Terms>(
    `select v.sha256, t.name, tv.body as tariff, terms.source as "priceSource",
            terms.discount::int as "discountBasisPoints", terms.currency
       from connectors cn join chargers ch on ch.id = cn.charger_id join sites si on si.id = ch.site_id
       left join rfid_cards card on false
       ${priceTermsSql('now()', '$2::int')}
       left join telemetry.tariff_versions v on v.id = tv.id
       left join tariffs t on t.id = terms.tariff_id
      where cn.id = $1`,
    [connectorRow, driverId],
  )
  const [terms] = rows
  const tariff = terms ? tariffOf(terms) : null
  if (!terms || !tariff) return null
  const id = [terms.sha256?.slice(0, 32) ?? 'free', terms.discountBasisPoints].filter(Boolean)
  return { id: id.join('-'), name: terms.name ?? 'Free of charge', tariff }
}
