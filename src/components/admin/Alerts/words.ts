import type { IconName } from '../ui/Icon'

export type Severity = 'urgent' | 'fault' | 'notice'

export const severityLooks: Readonly<
  Record<Severity, { tone: 'red' | 'amber' | 'grey'; icon: IconName; label: string; means: string }>
> = {
  urgent: {
    tone: 'red',
    icon: 'warning',
    label: 'Urgent',
    means: 'Danger, or out of service: look at it at once.',
  },
  fault: { tone: 'amber', icon: 'cross', label: 'Fault', means: 'Out of service until it clears.' },
  notice: { tone: 'grey', icon: 'dot', label: 'Notice', means: 'Charging goes on; good to know.' },
}

export const stateWords = { open: 'Open', acknowledged: 'Being looked at', resolved: 'Resolved' }

/** What happened to an alert, in its history. */
export const actionWords: Readonly<Record<string, string>> = {
  acknowledged: 'took it on',
  assigned: 'gave it away',
  resolved: 'resolved it',
  reopened: 'It happened again',
  note: 'noted',
}
