/**
 * Tomorrow at noon, UTC: for tests that turn the clock by hand. Ahead of the database's own clock, which fills in what
 * they leave out, and at an hour when nobody's quiet hours are.
 */
export function tomorrowAtNoon(): Date {
  const dayMs = 86_400_000
  return new Date((Math.floor(Date.now() / dayMs) + 1.5) * dayMs)
}
