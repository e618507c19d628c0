/**
 * The gate: between two readings a meter may gain 0 ≤ ΔWh ≤ Pmax · Δt · 1.1. What does not pass is kept and shown, but
 * never billed (QUIRKS 43, 44).
 */
export type RegisterReading = { at: Date; energyWh: number }

export type Judgement =
  | { kind: 'plausible'; deltaWh: number }
  | { kind: 'quarantine'; reason: 'unreadable' | 'backwards' | 'too-fast' }

/** No single outlet gives more today (MCS aside); used where the connector's own limit is not known. */
export const defaultMaxPowerW = 400_000
/** Registers that count whole kWh step by so much at once. */
export const registerStepWh = 1000

/**
 * Readings may be stamped when they were sent, not when they were taken (a queue that empties at once): between two of
 * them at least a minute is granted, for a whole session an hour. Clocks of chargers lie more often than meters.
 */
const shortestGapMs = 60_000
const shortestSessionMs = 3_600_000

/** `energyLimitWh`: the most a connector can have given between two readings. */
export function energyLimitWh(durationMs: number, maxPowerW: number | null | undefined): number {
  const powerW = maxPowerW && maxPowerW > 0 ? maxPowerW : defaultMaxPowerW
  return (powerW * Math.max(durationMs, shortestGapMs) * 1.1) / 3_600_000 + registerStepWh
}

/** `sessionLimitWh`: the most it can have given in a session. */
export function sessionLimitWh(durationMs: number, maxPowerW: number | null | undefined): number {
  return energyLimitWh(Math.max(durationMs, shortestSessionMs), maxPowerW)
}

/** `judge`: whether a reading may follow the last one that was believed; the first one is believed if it is a number. */
export function judge(
  previous: RegisterReading | null,
  next: RegisterReading,
  maxPowerW: number | null = null,
): Judgement {
  if (!Number.isFinite(next.energyWh) || next.energyWh < 0)
    return { kind: 'quarantine', reason: 'unreadable' }
  if (!previous) return { kind: 'plausible', deltaWh: 0 }
  const deltaWh = next.energyWh - previous.energyWh
  if (deltaWh < 0) return { kind: 'quarantine', reason: 'backwards' }
  const durationMs = Math.abs(next.at.getTime() - previous.at.getTime())
  if (deltaWh > energyLimitWh(durationMs, maxPowerW))
    return { kind: 'quarantine', reason: 'too-fast' }
  return { kind: 'plausible', deltaWh }
}
