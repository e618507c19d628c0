import { zoneOf } from './zone'

/** `instantAt`: the instant of a wall clock's "2026-11-28T18:30" in a zone, as ISO text; null for an empty one. */
export function instantAt(wall: string, timezone: string): string | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (wall === '' || Number.isNaN(asUtc)) return null
  const zone = zoneOf(timezone)
  const guess = asUtc - (zone?.offsetAt(asUtc) ?? 0)
  return new Date(asUtc - (zone?.offsetAt(guess) ?? 0)).toISOString()
}
