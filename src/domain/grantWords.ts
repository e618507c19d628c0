import type { Role } from './policy'
import { holds } from './scope'

export const roleNames: Readonly<Record<Role, string>> = {
  'super-admin': 'Super Admin',
  operator: 'Operator',
  technician: 'Technician',
  'site-owner': 'Site Owner',
  driver: 'Driver',
  anonymous: 'Anonymous',
}

export type SaidGrant = {
  role: Role
  scope: 'all' | 'regions' | 'sites' | 'chargers'
  /** Of the regions, sites or chargers: the first few, and how many there are. */
  names: readonly string[]
  count: number
  from: Date | null
  until: Date | null
}

export type GrantState = 'now' | 'later' | 'over'

export function grantState(grant: Pick<SaidGrant, 'from' | 'until'>, now: Date): GrantState {
  if (holds(grant, now)) return 'now'
  return grant.from && grant.from > now ? 'later' : 'over'
}

/**
 * `sayGrant`: "Operator · Leeds Dock, until 31 Dec 2026": who, where, for how long. Dates in `timezone`; a grant that
 * ends at midnight ends with the day before.
 */
export function sayGrant(grant: SaidGrant, now: Date, timezone: string): string {
  const words = [`${roleNames[grant.role]} · ${placeOf(grant)}`]
  const state = grantState(grant, now)
  if (state === 'later') words.push(`from ${day(grant.from!, timezone)}`)
  if (state === 'over' && grant.until) words.push(`ended ${lastDay(grant.until, timezone)}`)
  else if (grant.until) words.push(`until ${lastDay(grant.until, timezone)}`)
  return words.join(', ')
}

function placeOf({ scope, names, count }: SaidGrant): string {
  if (scope === 'all') return 'whole network'
  if (names.length === 0) return `no ${scope}`
  const shown = names.slice(0, 3)
  const rest = Math.max(count, names.length) - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

function lastDay(until: Date, timezone: string): string {
  return day(new Date(until.getTime() - 1), timezone)
}

function day(at: Date, timezone: string): string {
  return at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: timezone,
  })
}
