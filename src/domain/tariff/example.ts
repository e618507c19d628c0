import { fromFields, type TariffFields } from './fromFields'
import { priceSession, type Price } from './price'

export type Example = { energyWh: number; minutes: number }

/** What the worked example says unless somebody asks for another. */
export const usualExample: Example = { energyWh: 20_000, minutes: 45 }

/** A winter noon: no change of the clocks is near, so a minute is a minute. */
const noon = Date.UTC(2026, 0, 14, 12)

/**
 * `priceExample`: what one charge would cost under the simple form of a tariff, by the same function that prices every
 * session. Energy comes evenly over the minutes.
 */
export function priceExample(fields: TariffFields, { energyWh, minutes }: Example): Price {
  const startedAt = new Date(noon)
  const stoppedAt = new Date(noon + minutes * 60_000)
  return priceSession({
    samples: [
      { at: startedAt, energyWh: 0 },
      { at: stoppedAt, energyWh },
    ],
    startedAt,
    stoppedAt,
    tariff: fromFields(fields),
    now: stoppedAt,
    timezone: 'UTC',
  })
}
