import { fromFields, type TariffFields } from './fromFields'
import { priceSession, type Price } from './price'

export type Example = {
  energyWh: number
  minutes: number
  /** Clock time of the start, `HH:MM`, for prices that hold at some hours; noon where none is given. */
  startsAt?: string
}

/** What the worked example says unless somebody asks for another. */
export const usualExample: Example = { energyWh: 20_000, minutes: 45 }

/** A Wednesday in winter: no change of the clocks is near, so a minute is a minute. */
const midnight = Date.UTC(2026, 0, 14)

/**
 * `priceExample`: what one charge would cost under a tariff as the form says it, by the same function that prices every
 * session. Energy comes evenly over the minutes.
 */
export function priceExample(
  fields: TariffFields,
  { energyWh, minutes, startsAt = '12:00' }: Example,
): Price {
  const [hour = 12, minute = 0] = startsAt.split(':').map(Number)
  const start = midnight + (hour * 60 + minute) * 60_000
  const startedAt = new Date(start)
  const stoppedAt = new Date(start + minutes * 60_000)
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
