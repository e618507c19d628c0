import { priceSession, type Price } from '../tariff/price'
import type { Tariff } from '../tariff/types'

/** `estimate`: what a charge would cost, by the one pricing function: so much energy, flowing evenly for so long. */
export function estimate(
  tariff: Tariff,
  asked: { energyWh: number; seconds: number; at: Date; timezone: string },
): Price {
  const stoppedAt = new Date(asked.at.getTime() + asked.seconds * 1000)
  return priceSession({
    samples: [
      { at: asked.at, energyWh: 0 },
      { at: stoppedAt, energyWh: asked.energyWh },
    ],
    startedAt: asked.at,
    stoppedAt,
    tariff,
    now: stoppedAt,
    timezone: asked.timezone,
  })
}
