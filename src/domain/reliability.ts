import { evseStatus } from './app/evse'
import { connectorStatuses } from './connector'

/** `The Public Charge Point Regulations 2023`, regulation 7: a rapid charge point has 50 kW or more. */
export const rapidFromW = 50_000
/** What the network has to reach on average in a calendar year, in hundredths of a percent. */
export const requiredHundredths = 9_900

/**
 * How a stretch of time counts, by OCPI's words as regulation 7 (3) and (4) uses them: available, charging and reserved are
 * `working`; inoperative (`outOfUse`) and out of order (`faulted`) are not; blocked (`plugged`: a car that does not charge) and
 * `unknown` are not measured.
 */
export type TimeKind = 'working' | 'plugged' | 'faulted' | 'outOfUse' | 'unknown'

/** `timeKindOf`: from the word of a connector whose charger is connected. */
export function timeKindOf(word: string | null): TimeKind {
  switch (evseStatus(word, true)) {
    case 'AVAILABLE':
    case 'CHARGING':
    case 'RESERVED':
      return 'working'
    case 'BLOCKED':
      return 'plugged'
    case 'OUTOFORDER':
      return 'faulted'
    case 'INOPERATIVE':
      return 'outOfUse'
    case 'UNKNOWN':
      return 'unknown'
  }
}

/** The words of each kind; SQL is made from them. */
export const wordsOfKind = (kind: TimeKind): string[] =>
  connectorStatuses.filter((word) => timeKindOf(word) === kind)

/** `shareHundredths`: a part of a whole in hundredths of a percent, rounded down: 98.999 % is not yet 99 %. Null of nothing. */
export function shareHundredths(part: number, whole: number): number | null {
  return whole > 0 ? Math.floor((part * 10_000) / whole) : null
}

export const exemptReasons = [
  { value: 'power', label: 'Power cut by the network operator' },
  { value: 'site', label: 'The site was closed or could not be reached' },
  { value: 'works', label: 'Works by others' },
  { value: 'damage', label: 'Vandalism or accident' },
  { value: 'weather', label: 'Flood, storm or other force of nature' },
  { value: 'other', label: 'Something else' },
] as const

/** A clock time of a day as `HH:MM`; `24:00` ends a day. */
export const isClock = (text: unknown): text is string =>
  typeof text === 'string' && /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)
