import type { ProfilePeriod, ProfileUnit, Recurrence } from '@/domain/chargingProfile'

export const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

export const purposeWords: Readonly<Record<string, string>> = {
  ChargePointMaxProfile: 'The whole charger',
  TxDefaultProfile: 'Every charge',
  TxProfile: 'The charge that is running',
}

export const stateWords: Readonly<Record<string, { label: string; tone: string }>> = {
  draft: { label: 'Draft', tone: 'quiet' },
  sent: { label: 'Sent', tone: 'waiting' },
  accepted: { label: 'In force', tone: 'good' },
  refused: { label: 'Refused', tone: 'bad' },
  cleared: { label: 'Cleared', tone: 'quiet' },
  replaced: { label: 'Replaced', tone: 'quiet' },
}

/** "7.4 kW", "16 A" */
export function limitWords(limit: number, unit: ProfileUnit): string {
  return unit === 'W' ? `${Number((limit / 1000).toFixed(2))} kW` : `${limit} A`
}

/** "22:00", of a week "Mon 22:00" */
export function fromWords(minute: number, recurrence: Recurrence): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const time = `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`
  return recurrence === 'weekly' ? `${days[Math.floor(minute / 1440)]} ${time}` : time
}

/** "at most 7.4 kW", "from 00:00 at most 11 kW, from 07:00 at most 3.7 kW" */
export function scheduleWords(
  periods: readonly ProfilePeriod[],
  unit: ProfileUnit,
  recurrence: Recurrence,
): string {
  const most = ({ limit, phases }: ProfilePeriod) =>
    (limit === 0 ? 'no charging' : `at most ${limitWords(limit, unit)}`) +
    (phases === null ? '' : phases === 1 ? ' on one phase' : ` on ${phases} phases`)
  if (recurrence === 'always') return periods.map(most).join('')
  return periods
    .map((period) => `from ${fromWords(period.fromMinute, recurrence)} ${most(period)}`)
    .join(', ')
}
