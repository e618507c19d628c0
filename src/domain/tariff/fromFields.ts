import { microsOfMinor } from '../money'
import type { PriceComponent, Restrictions, Tariff, TariffElement } from './types'

type Amount = number | null | undefined

/** The prices of a row of the form; null is "not charged for" (or: by a later row), 0 is "free, and meant so". */
export type PriceFields = {
  /** Per kWh, in millionths of the major unit. */
  energyRateMicros?: Amount
  /** Per minute between start and stop. */
  timeRateMicros?: Amount
  sessionFeeMinor?: Amount
  /** Per idle minute after the charge, once `idleGraceMinutes` have passed. */
  idleRateMicros?: Amount
  idleGraceMinutes?: Amount
}

export type ElementFields = PriceFields & {
  name?: string | null
  startTime?: string | null
  endTime?: string | null
  days?: readonly string[] | null
  startDate?: string | null
  endDate?: string | null
  minWh?: Amount
  maxWh?: Amount
  minPowerW?: Amount
  maxPowerW?: Amount
  minMinutes?: Amount
  maxMinutes?: Amount
}

/** The fields of the Tariffs collection. */
export type TariffFields = PriceFields & {
  currency: string
  taxBasisPoints?: Amount
  taxIncluded?: boolean | null
  timezone?: string | null
  minMinor?: Amount
  maxMinor?: Amount
  energyStepWh?: Amount
  timeStepSeconds?: Amount
  elements?: readonly ElementFields[] | null
}

/**
 * `fromFields`: the tariff that the form means: the rows of "Other prices" in their order, the plain prices last. With
 * no price at all it has no elements, so that every session of it needs review: nothing is free by an empty form.
 */
export function fromFields(fields: TariffFields): Tariff {
  const elements: TariffElement[] = (fields.elements ?? []).map((row) => ({
    ...(row.name ? { name: row.name } : {}),
    components: componentsOf(row, fields),
    restrictions: restrictionsOf(row),
  }))
  const plain = componentsOf(withoutEmptyFee(fields), fields)
  if (plain.length > 0) elements.push({ components: plain, restrictions: null })
  return {
    currency: fields.currency,
    timezone: fields.timezone ?? null,
    elements,
    taxBasisPoints: fields.taxBasisPoints ?? 0,
    taxIncluded: fields.taxIncluded ?? true,
    ...given('minMinor', fields.minMinor),
    ...given('maxMinor', fields.maxMinor),
  }
}

/** A fee of 0 beside another price is the form's way of saying there is none; alone it is a free tariff. */
function withoutEmptyFee(fields: TariffFields): PriceFields {
  const isOnlyPrice = fields.energyRateMicros == null && fields.timeRateMicros == null
  return fields.sessionFeeMinor === 0 && !isOnlyPrice
    ? { ...fields, sessionFeeMinor: null }
    : fields
}

function componentsOf(prices: PriceFields, tariff: TariffFields): PriceComponent[] {
  const components: PriceComponent[] = []
  const add = (
    type: PriceComponent['type'],
    rateMicros: Amount,
    more: Partial<PriceComponent> = {},
  ) => {
    if (rateMicros !== null && rateMicros !== undefined)
      components.push({ type, rateMicros, ...more })
  }
  const fee = prices.sessionFeeMinor
  const inSteps = given('stepSize', tariff.timeStepSeconds)
  add('flat', fee == null ? fee : microsOfMinor(fee, tariff.currency))
  add('energy', prices.energyRateMicros, given('stepSize', tariff.energyStepWh))
  add('time', prices.timeRateMicros, inSteps)
  add('parking', prices.idleRateMicros, {
    graceSeconds: (prices.idleGraceMinutes ?? 0) * 60,
    ...inSteps,
  })
  return components
}

const dayNumbers: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
}

function restrictionsOf(row: ElementFields): Restrictions | null {
  const inSeconds = (minutes: Amount) => (minutes == null ? minutes : minutes * 60)
  const days = (row.days ?? []).map((day) => dayNumbers[day] ?? 0).sort()
  const restrictions: Restrictions = {
    ...given('startTime', row.startTime || null),
    ...given('endTime', row.endTime || null),
    ...(days.length > 0 ? { days } : {}),
    ...given('startDate', row.startDate || null),
    ...given('endDate', row.endDate || null),
    ...given('minWh', row.minWh),
    ...given('maxWh', row.maxWh),
    ...given('minPowerW', row.minPowerW),
    ...given('maxPowerW', row.maxPowerW),
    ...given('minDurationSeconds', inSeconds(row.minMinutes)),
    ...given('maxDurationSeconds', inSeconds(row.maxMinutes)),
  }
  return Object.keys(restrictions).length > 0 ? restrictions : null
}

/** The member, where there is a value: equal tariffs keep equal hashes when the form learns a new field. */
function given<K extends string, V>(name: K, value: V | null | undefined): { [k in K]?: V } {
  return value === null || value === undefined ? {} : ({ [name]: value } as { [k in K]?: V })
}
