import { addDays, dayIn, periodOf, type Day } from './period'

export const frequencies = ['daily', 'weekly', 'monthly'] as const
export type Frequency = (typeof frequencies)[number]

export type IssuePeriod = {
  /** First and last day, both inside. */
  fromDay: Day
  toDay: Day
  from: Date
  /** First instant that is not in it. */
  to: Date
}

/** `periodAround`: the day, the week (from Monday) or the month of a zone that an instant lies in. */
export function periodAround(frequency: Frequency, at: Date, zone: string): IssuePeriod {
  const day = dayIn(at, zone)
  const [fromDay, toDay] = edges(frequency, day)
  const { from, until } = periodOf(fromDay, toDay, zone)
  return { fromDay, toDay, from, to: until }
}

function edges(frequency: Frequency, day: Day): [Day, Day] {
  if (frequency === 'daily') return [day, day]
  if (frequency === 'weekly') {
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
    return [addDays(day, -weekday), addDays(day, 6 - weekday)]
  }
  const first = `${day.slice(0, 7)}-01`
  return [first, addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1)]
}

/** `dueAt`: when a period is issued: at a full hour of the morning after it, by the clock of the zone. */
export function dueAt(period: IssuePeriod, hour: number, zone: string): Date {
  const after = addDays(period.toDay, 1)
  const { from, until } = periodOf(after, after, zone)
  // A day of a clock change is an hour shorter or longer; never later than that day.
  return new Date(Math.min(from.getTime() + hour * 3_600_000, until.getTime() - 1))
}

/**
 * `duePeriods`: the periods to issue now, oldest first: those after `lastTo` (or, of a schedule that has issued nothing,
 * from the one that `createdAt` lies in) whose hour has come; at most `most`, the rest at the next turn.
 */
export function duePeriods(
  schedule: {
    frequency: Frequency
    hour: number
    zone: string
    createdAt: Date
    lastTo: Date | null
  },
  now: Date,
  most = 40,
): IssuePeriod[] {
  const due: IssuePeriod[] = []
  const { frequency, zone, hour } = schedule
  let next = periodAround(frequency, schedule.lastTo ?? schedule.createdAt, zone)
  while (due.length < most && dueAt(next, hour, zone) <= now) {
    due.push(next)
    next = periodAround(frequency, next.to, zone)
  }
  return due
}

/** `nextIssue`: when the next report of a schedule is made. */
export function nextIssue(schedule: {
  frequency: Frequency
  hour: number
  zone: string
  createdAt: Date
  lastTo: Date | null
}): { at: Date; period: IssuePeriod } {
  const period = periodAround(
    schedule.frequency,
    schedule.lastTo ?? schedule.createdAt,
    schedule.zone,
  )
  return { at: dueAt(period, schedule.hour, schedule.zone), period }
}

const month = (day: Day) => format(day, { month: 'long', year: 'numeric' })

/** `periodWords`: `November 2026`, `23 to 29 November 2026`, `28 November 2026`. */
export function periodWords({ fromDay, toDay }: { fromDay: Day; toDay: Day }): string {
  const long = { day: 'numeric', month: 'long', year: 'numeric' } as const
  if (fromDay === toDay) return format(fromDay, long)
  const [first, last] = edges('monthly', fromDay)
  if (fromDay === first && toDay === last) return month(fromDay)
  if (fromDay.slice(0, 7) === toDay.slice(0, 7))
    return `${Number(fromDay.slice(8))} to ${format(toDay, long)}`
  return `${format(fromDay, long)} to ${format(toDay, long)}`
}

function format(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' })
}
