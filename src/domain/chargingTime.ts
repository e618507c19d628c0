import { idleW, type EnergySample } from './tariff/timeline'

/**
 * `chargingSecondsOf`: how long energy flowed: the stretches between two readings in which the register rose faster than
 * standby. `points` ascend by `at` and carry cumulative Wh (`pricePoints`); a session with no reading but its own start
 * and stop flowed all the time or never.
 */
export function chargingSecondsOf(points: readonly EnergySample[]): number {
  let ms = 0
  for (let index = 1; index < points.length; index++) {
    const [before, here] = [points[index - 1]!, points[index]!]
    const span = here.at.getTime() - before.at.getTime()
    const rise = here.energyWh - before.energyWh
    // Wh × 3,600,000 ÷ ms = W
    if (rise > 0 && rise * 3_600_000 > idleW * span) ms += span
  }
  return Math.round(ms / 1000)
}
