import { reaches, type IncidentKind } from './incident'
import type { FaultSeverity } from './faults'

/** What a person wants to be told of; who has never said so gets `usualWishes`. */
export type NoticeWishes = {
  bell: boolean
  email: boolean
  minSeverity: FaultSeverity
  /** Empty: all. */
  kinds: readonly string[]
  siteIds: readonly number[]
  /** `HH:MM` in `timezone`; both or none. */
  quietFrom: string | null
  quietUntil: string | null
  timezone: string
}

export const usualWishes: Omit<NoticeWishes, 'timezone'> = {
  bell: true,
  email: true,
  minSeverity: 'fault',
  kinds: [],
  siteIds: [],
  quietFrom: null,
  quietUntil: null,
}

export type Noticed = {
  severity: FaultSeverity
  kind: IncidentKind | string
  siteId: number | null
}

/** `wants`: whether an incident is one of those the person wants to hear of, by whatever way. */
export function wants(wishes: NoticeWishes, incident: Noticed): boolean {
  if (!reaches(incident.severity, wishes.minSeverity)) return false
  if (wishes.kinds.length > 0 && !wishes.kinds.includes(incident.kind)) return false
  if (wishes.siteIds.length === 0) return true
  return incident.siteId !== null && wishes.siteIds.includes(incident.siteId)
}

/**
 * `mailDue`: when a mail may reach the person: now, or when the quiet hours they are in have ended. Danger does not
 * wait. A night over which the clocks change is as long as the clock on the wall says.
 */
export function mailDue(wishes: NoticeWishes, severity: FaultSeverity, now: Date): Date {
  if (severity === 'urgent') return now
  const from = minutesOf(wishes.quietFrom)
  const until = minutesOf(wishes.quietUntil)
  if (from === null || until === null || from === until) return now
  const wall = wallMinutes(now, wishes.timezone)
  const isQuiet = from < until ? wall >= from && wall < until : wall >= from || wall < until
  if (!isQuiet) return now
  const minutes = (until - wall + 1440) % 1440
  const end = startOfMinute(now).getTime() + minutes * 60_000
  // An hour more or less where the clocks change meanwhile: look at the wall again.
  const offBy = (until - wallMinutes(new Date(end), wishes.timezone) + 1440 + 720) % 1440
  return new Date(end + (offBy - 720) * 60_000)
}

function startOfMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000)
}

function minutesOf(text: string | null): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text ?? '')
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

function wallMinutes(at: Date, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return part('hour') * 60 + part('minute')
}
