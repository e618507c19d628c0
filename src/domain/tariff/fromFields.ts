import { microsOfMinor } from '../money'
import type { PriceComponent, Tariff } from './types'

/** The simple fields of the Tariffs collection; null is "not charged for", 0 is "free, and meant so". */
export type TariffFields = {
  currency: string
  /** Per kWh, in millionths of the major unit. */
  energyRateMicros?: number | null
  /** Per minute between start and stop. */
  timeRateMicros?: number | null
  sessionFeeMinor?: number | null
  /** Per idle minute after the charge, once `idleGraceMinutes` have passed. */
  idleRateMicros?: number | null
  idleGraceMinutes?: number | null
  taxBasisPoints?: number | null
  taxIncluded?: boolean | null
  timezone?: string | null
}

/**
 * `fromFields`: the tariff that the simple form means. With no price at all it has no elements, so that every session
 * of it needs review: nothing is free by an empty form.
 */
export function fromFields(fields: TariffFields): Tariff {
  const components: PriceComponent[] = []
  const add = (
    type: PriceComponent['type'],
    rateMicros: number | null | undefined,
    more: Partial<PriceComponent> = {},
  ) => {
    if (rateMicros !== null && rateMicros !== undefined)
      components.push({ type, rateMicros, ...more })
  }
  const fee = fields.sessionFeeMinor
  // A fee of 0 beside another price is the form's way of saying there is none; alone it is a free tariff.
  const isOnlyPrice = fields.energyRateMicros == null && fields.timeRateMicros == null
  if (fee !== 0 || isOnlyPrice) add('flat', fee == null ? fee : microsOfMinor(fee, fields.currency))
  add('energy', fields.energyRateMicros)
  add('time', fields.timeRateMicros)
  add('parking', fields.idleRateMicros, { graceSeconds: (fields.idleGraceMinutes ?? 0) * 60 })
  return {
    currency: fields.currency,
    timezone: fields.timezone ?? null,
    elements: components.length > 0 ? [{ components, restrictions: null }] : [],
    taxBasisPoints: fields.taxBasisPoints ?? 0,
    taxIncluded: fields.taxIncluded ?? true,
  }
}
