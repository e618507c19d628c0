import { faultOf, situations, type Fault, type FaultSeverity, type Situation } from '../faults'

/** What an alert is about. The word is stored; what people read comes from `domain/faults`. */
export const incidentKinds = [
  'offline',
  'overheating',
  'power-loss',
  'lock',
  'ground',
  'over-current',
  'fault',
  'no-energy',
  'starts-fail',
  'connector-stuck',
  'flapping',
  'meter-implausible',
  'clock-wrong',
  'firmware-failed',
  'never-connected',
  'site-power-lost',
  'communication',
  'card-reader',
  'vehicle',
  'identity-changed',
  'budget',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** Short enough for a list, a subject line and a bell. */
export const titleOfKind: Readonly<Record<IncidentKind, string>> = {
  offline: 'Offline',
  'site-power-lost': 'Power or internet lost at the site',
  overheating: 'Overheating',
  'power-loss': 'Power loss',
  lock: 'Plug or cable lock',
  ground: 'Earth fault',
  'over-current': 'Over-current',
  fault: 'Charger fault',
  communication: 'Communication',
  'card-reader': 'Card reader',
  vehicle: 'Vehicle',
  'no-energy': 'Charging without energy',
  'starts-fail': 'Starts fail',
  'connector-stuck': 'Plug left in',
  flapping: 'Connection comes and goes',
  'meter-implausible': 'Meter readings do not fit',
  'clock-wrong': 'Clock is wrong',
  'firmware-failed': 'Firmware update failed',
  'never-connected': 'Never connected',
  'identity-changed': 'Another device answers',
  budget: 'Budget',
}

export const severities: readonly FaultSeverity[] = ['urgent', 'fault', 'notice']

/** `reaches`: whether a severity is at least as grave as the least one a person wants to hear of. */
export function reaches(severity: FaultSeverity, least: FaultSeverity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least)
}

/** The words of an incident, as they are kept with it. */
export type Words = {
  kind: IncidentKind
  family: string
  severity: FaultSeverity
  title: string
  sentence: string
  steps: readonly string[]
}

export type Report = {
  status: string
  errorCode: string | null
  vendorErrorCode: string | null
  info: string | null
}

/**
 * `wordsOfReport`: what a status report says is wrong; null where it says that nothing is. `code` tells two faults of
 * one kind apart where they are two things to do.
 */
export function wordsOfReport(report: Report): (Words & { code: string }) | null {
  const seen = faultOf(report)
  if (!seen)
    return report.status === 'Faulted'
      ? { ...wordsOf('faulted', 'fault'), code: situations.faulted.code }
      : null
  const kind = kindOf(seen)
  const title = kind === 'fault' && seen.family ? seen.family : titleOfKind[kind]
  return {
    kind,
    family: seen.family ?? 'Charger hardware',
    severity: seen.severity,
    title,
    sentence: seen.sentence,
    steps: seen.steps,
    code: seen.code,
  }
}

export function wordsOf(situation: Situation, kind: IncidentKind): Words {
  const { family, severity, sentence, steps } = situations[situation]
  return {
    kind,
    family: family ?? 'Charger hardware',
    severity,
    title: titleOfKind[kind],
    sentence,
    steps,
  }
}

const byCode: Readonly<Record<string, IncidentKind>> = {
  CX015: 'power-loss',
  GroundFailure: 'ground',
  CX002: 'ground',
  CX011: 'ground',
  OverCurrentFailure: 'over-current',
  CX004: 'over-current',
}

function kindOf({ code, family }: Fault): IncidentKind {
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined
  if (known) return known
  switch (family) {
    case 'Overheating':
      return 'overheating'
    case 'Plug or lock':
      return 'lock'
    case 'Communication':
      return 'communication'
    case 'Card reader':
      return 'card-reader'
    case 'Vehicle':
      return 'vehicle'
    case 'Power':
    case 'Electrical safety':
    case 'Charger hardware':
    case 'Emergency stop':
    case null:
      return 'fault'
  }
}
