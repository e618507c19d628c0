import type { Tariff } from '../tariff/types'
import type { Limit } from './chargeState'
import { estimate } from './estimate'

/** Card networks refuse less. */
const leastMinor = 100
/** What a charge draws where nothing is known of its connector, in W. */
const usualPowerW = 22_000

export type HoldQuestion = {
  tariff: Tariff
  limit: Limit
  maxPowerW: number | null
  /** Set aside where no limit says how much. */
  usualMinor: number
  at: Date
  timezone: string
}

/**
 * `holdFor`: what is set aside before a charge, in minor units: what its limit would cost and a tenth more; without one,
 * or where a limit of time could cost more than that, the usual amount.
 */
export function holdFor({
  at,
  limit,
  maxPowerW,
  tariff,
  timezone,
  usualMinor,
}: HoldQuestion): number {
  const powerW = maxPowerW || usualPowerW
  const costOf = (energyWh: number, seconds: number) =>
    estimate(tariff, { energyWh: Math.ceil(energyWh), seconds: Math.ceil(seconds), at, timezone })
      .totalMinor ?? usualMinor
  const costs: number[] = []
  if (limit.amountMinor !== null) costs.push(limit.amountMinor)
  if (limit.energyWh !== null) costs.push(costOf(limit.energyWh, (limit.energyWh / powerW) * 3600))
  if (limit.seconds !== null)
    costs.push(Math.min(usualMinor, costOf((powerW * limit.seconds) / 3600, limit.seconds)))
  if (costs.length === 0) return Math.max(leastMinor, usualMinor)
  // a charger that is told to stop still gives energy for some seconds
  return Math.max(leastMinor, Math.ceil((Math.min(...costs) * 11) / 10))
}

/** `costsNothing`: no component has a rate and nothing is the least. */
export function costsNothing({ elements, minMinor }: Tariff): boolean {
  return (
    !minMinor && elements.every(({ components }) => components.every((one) => one.rateMicros === 0))
  )
}
