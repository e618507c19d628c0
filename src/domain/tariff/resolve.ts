import { roundHalfUp } from '../money'
import type { Tariff } from './types'

/**
 * Where a session's price comes from, most particular first (S4: Staff, VIPs, Tenants pay differently). The statement
 * that opens a session resolves in this order (`db/queries/priceTermsSql`) and freezes the answer with it.
 */
export const priceSources = [
  'group-free',
  'group-tariff',
  'group-discount',
  'connector',
  'charger-free',
  'charger',
  'site-free',
  'site',
  'default',
] as const
export type PriceSource = (typeof priceSources)[number] | 'chosen' | 'chosen-free'

/** What was frozen when the session began. */
export type PriceTerms = {
  /** The version of the tariff; null where none holds. */
  tariff: Tariff | null
  /** Null where nobody set a price: then it is not known, and not zero. */
  priceSource: PriceSource | string | null
  discountBasisPoints?: number | null
  currency?: string | null
}

/** `isFree`: somebody said that it costs nothing. */
export function isFree(source: string | null | undefined): boolean {
  return typeof source === 'string' && source.endsWith('-free')
}

/** `tariffOf`: the tariff that a session is priced by: discounted, or free; null where none was set. */
export function tariffOf({
  tariff,
  priceSource,
  discountBasisPoints,
  currency,
}: PriceTerms): Tariff | null {
  if (isFree(priceSource)) return freeTariff(currency || tariff?.currency || 'GBP')
  if (!tariff || !discountBasisPoints) return tariff
  return discounted(tariff, discountBasisPoints)
}

/** `freeTariff`: costs nothing, and says so in one line. */
export function freeTariff(currency: string): Tariff {
  return {
    currency,
    elements: [{ name: 'Free of charge', components: [{ type: 'flat', rateMicros: 0 }] }],
    taxBasisPoints: 0,
    taxIncluded: true,
  }
}

/** `discounted`: every price of a tariff less so much, rounded to the millionth. */
export function discounted(tariff: Tariff, discountBasisPoints: number): Tariff {
  const less = (amount: number) =>
    roundHalfUp(amount, 10_000 - Math.min(10_000, Math.max(0, discountBasisPoints)), 10_000)
  const lessOrNone = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? amount : less(amount)
  return {
    ...tariff,
    elements: tariff.elements.map((element) => ({
      ...element,
      components: element.components.map((component) => ({
        ...component,
        rateMicros: less(component.rateMicros),
      })),
    })),
    minMinor: lessOrNone(tariff.minMinor),
    maxMinor: lessOrNone(tariff.maxMinor),
  }
}
