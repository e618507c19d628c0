import { zoneOf } from '../tariff/zone'

/** Off-peak hours by the clock on the wall of the charger's site; `until` before `from` runs over midnight. */
export type Window = { from: string; until: string }

const minuteMs = 60_000
const dayMinutes = 24 * 60

/** `minutesOf`: 01:30 → 90; null for what is no time of day. */
export function minutesOf(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

/** `isWindowOpen`: whether `now` lies in the window. No window is always open, and so is one from an hour to the same. */
export function isWindowOpen(window: Window | null, timezone: string, now: Date): boolean {
  if (!window) return true
  const [from, until] = [minutesOf(window.from), minutesOf(window.until)]
  if (from === null || until === null || from === until) return true
  const minute = wallMinute(timezone, now)
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

/** `nextOpening`: the first whole minute from `now` on at which the window is open. */
export function nextOpening(window: Window | null, timezone: string, now: Date): Date {
  if (isWindowOpen(window, timezone, now)) return now
  const first = Math.ceil(now.getTime() / minuteMs) * minuteMs
  // A day has at most 25 hours; the hour that spring leaves out may hold the opening, so minutes are tried one by one.
  for (let step = 0; step <= 2 * dayMinutes; step++) {
    const at = new Date(first + step * minuteMs)
    if (isWindowOpen(window, timezone, at)) return at
  }
  return now
}

function wallMinute(timezone: string, at: Date): number {
  const zone = zoneOf(timezone) ?? zoneOf('UTC')
  const wall = at.getTime() + (zone?.offsetAt(at.getTime()) ?? 0)
  return Math.floor(wall / minuteMs) % dayMinutes
}
