/** Where a tariff came from, most particular first (S4: Staff, VIPs, Tenants pay differently). */
export const tariffSources = ['price-group', 'connector', 'charger', 'site', 'default'] as const
export type TariffSource = (typeof tariffSources)[number]

export type TariffCandidates<T> = {
  /** Of the driver's, the fleet's or the card's price group. */
  'price-group'?: T | null
  connector?: T | null
  charger?: T | null
  site?: T | null
  /** The network's. */
  default?: T | null
}

/** `resolveTariff`: the tariff that holds, and why; null where nobody set one (then the session needs review). */
export function resolveTariff<T>(
  candidates: TariffCandidates<T>,
): { tariff: T; source: TariffSource } | null {
  for (const source of tariffSources) {
    const tariff = candidates[source]
    if (tariff !== null && tariff !== undefined) return { tariff, source }
  }
  return null
}
