import { isCurrency } from '../money'

/**
 * A tariff in the shape of OCPI 2.2.1: elements with price components and restrictions. At an instant, the price of each
 * dimension is that of the first element that applies then and has it. All numbers are integers: Wh, seconds, millionths
 * of the major unit, basis points.
 */
export type Tariff = {
  currency: string
  /** IANA zone of the site; needed where a restriction speaks of time, day or date. */
  timezone?: string | null
  elements: readonly TariffElement[]
  taxBasisPoints: number
  /** Whether the rates are with tax. */
  taxIncluded: boolean
  /** What a session with energy costs at least and at most, tax included. */
  minMinor?: number | null
  maxMinor?: number | null
}

export type TariffElement = {
  /** What people call it: "Night rate". */
  name?: string | null
  components: readonly PriceComponent[]
  restrictions?: Restrictions | null
}

/** energy per kWh · time per minute between start and stop · flat per session · parking per idle minute after the charge. */
export type ComponentType = 'energy' | 'time' | 'flat' | 'parking'

export type PriceComponent = {
  type: ComponentType
  rateMicros: number
  /** Billed in steps of so many Wh or seconds; the last step is billed whole. */
  stepSize?: number | null
  /** Idle time that costs nothing; parking only. */
  graceSeconds?: number | null
  /** Where it differs from the tariff's. */
  taxBasisPoints?: number | null
}

/** All that are given must hold. Lower bounds belong to the element, upper ones no more. */
export type Restrictions = {
  /** `HH:mm` on the site's clock; an end not after the start is on the next day, and such a night belongs to the day it begins on. */
  startTime?: string | null
  endTime?: string | null
  /** 1 Monday … 7 Sunday. */
  days?: readonly number[] | null
  /** `YYYY-MM-DD`, the end excluded. */
  startDate?: string | null
  endDate?: string | null
  minWh?: number | null
  maxWh?: number | null
  /** Power of the charge, in W: the mean between two readings of the meter. */
  minPowerW?: number | null
  maxPowerW?: number | null
  minDurationSeconds?: number | null
  maxDurationSeconds?: number | null
}

export type LedgerKind = ComponentType | 'minimum' | 'maximum'

/**
 * One line of a receipt. `amountMinor` is before tax; amount + tax is what is paid. `quantity × rateMicros`, rounded
 * once, is the amount with tax where `taxIncluded`, else without: the total can be recomputed from the lines alone.
 */
export type LedgerLine = {
  kind: LedgerKind
  quantity: number
  /** What the quantity counts; rates are per kWh, per minute, per session. */
  unit: 'Wh' | 's' | 'session'
  rateMicros: number
  amountMinor: number
  taxMinor: number
  from: Date
  until: Date
  taxBasisPoints: number
  taxIncluded: boolean
  /** Position of the element in the tariff; −1 for minimum and maximum. */
  element: number
}

/** `checkTariff`: why a tariff cannot price anything, as a sentence; null where it can. */
export function checkTariff(tariff: Tariff): string | null {
  if (!isCurrency(tariff.currency)) return 'The tariff has no currency.'
  if (!isCount(tariff.taxBasisPoints)) return 'The tax rate of the tariff cannot be read.'
  if (!tariff.elements.some((element) => element.components.length > 0))
    return 'The tariff has no price in it.'
  if (!isCountOrNone(tariff.minMinor) || !isCountOrNone(tariff.maxMinor))
    return 'The minimum or maximum price of the tariff cannot be read.'
  if ((tariff.minMinor ?? 0) > (tariff.maxMinor ?? Infinity))
    return 'The minimum price of the tariff is above its maximum.'
  for (const { components } of tariff.elements)
    for (const component of components) {
      if (!isCount(component.rateMicros))
        return `The ${component.type} price of the tariff cannot be read.`
      if (!isCountOrNone(component.stepSize) || !isCountOrNone(component.graceSeconds))
        return `The step or grace time of the ${component.type} price cannot be read.`
      if (!isCountOrNone(component.taxBasisPoints))
        return 'A tax rate of the tariff cannot be read.'
    }
  return null
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isCountOrNone(value: unknown): boolean {
  return value === undefined || value === null || isCount(value)
}
