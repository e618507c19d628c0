import type { Sql } from '../pool'

export type TariffUse = {
  /** Other sites with the same tariff. */
  sites: number
  /** Chargers and connectors of any site that have it as their own price. */
  chargers: number
  isDefault: boolean
}

/** `readTariffUse`: where a tariff holds besides this site. Indexes: sites_tariff_idx, chargers_tariff_idx, connectors_tariff_idx. */
export async function readTariffUse(
  sql: Sql,
  tariffId: number,
  siteId: number,
): Promise<TariffUse> {
  const { rows } = await sql.query<TariffUse>(
    `select (select count(*) from sites where tariff_id = $1 and id <> $2) sites,
            (select count(*) from chargers where tariff_id = $1) +
            (select count(*) from connectors where tariff_id = $1) chargers,
            exists (select from settings where default_tariff_id = $1) "isDefault"`,
    [tariffId, siteId],
  )
  return rows[0] ?? { sites: 0, chargers: 0, isDefault: false }
}

/** `isShared`: a change of the tariff would be felt elsewhere. */
export const isShared = (use: TariffUse): boolean =>
  use.sites > 0 || use.chargers > 0 || use.isDefault

export type SiteTariff = {
  id: number
  name: string
  /** The site that manages it. */
  siteId: number | null
  currency: string
  energyRateMicros: number | null
  timeRateMicros: number | null
  sessionFeeMinor: number | null
  taxBasisPoints: number | null
  taxIncluded: boolean | null
}

export type SitePricingRows = {
  own: SiteTariff | null
  /** What holds where the site has none of its own. */
  standard: SiteTariff | null
  currency: string
  /** Chargers here, or connectors of theirs, with a price of their own. */
  exceptions: { id: number; name: string }[]
}

/** `readSitePricing`: the price of a site and what stands beside it. */
export async function readSitePricing(sql: Sql, siteId: number): Promise<SitePricingRows> {
  const tariff = (
    id: string,
  ) => `(select json_build_object('id', t.id, 'name', t.name, 'siteId', t.site_id,
      'currency', t.currency, 'energyRateMicros', t.energy_rate_micros, 'timeRateMicros', t.time_rate_micros,
      'sessionFeeMinor', t.session_fee_minor, 'taxBasisPoints', t.tax_basis_points, 'taxIncluded', t.tax_included)
     from tariffs t where t.id = ${id})`
  const { rows } = await sql.query<SitePricingRows>(
    `select ${tariff('si.tariff_id')} own, ${tariff('se.default_tariff_id')} standard,
            coalesce(se.currency, 'GBP') currency,
            coalesce((select json_agg(json_build_object('id', ch.id, 'name', ch.name) order by ch.name) from chargers ch
                       where ch.site_id = si.id and (ch.tariff_id is not null or exists (
                         select from connectors k where k.charger_id = ch.id and k.tariff_id is not null))), '[]') exceptions
       from sites si left join lateral (select * from settings limit 1) se on true where si.id = $1`,
    [siteId],
  )
  return rows[0] ?? { own: null, standard: null, currency: 'GBP', exceptions: [] }
}
