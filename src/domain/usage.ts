/** What the words of the dashboard mean, once. */

/** A charger counts as proven while its last charge is younger: online says that it answers, not that it charges. */
export const provenDays = 7

const daySeconds = 86_400

/** `shareOf`: 0 to 1; null where there is nothing to be a part of. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null
}

/** `utilisation`: the share of their time that connectors were in use, over whole days and a part of today. */
export function utilisation(usedSeconds: number, connectors: number, days: number): number | null {
  return shareOf(usedSeconds, connectors * days * daySeconds)
}
