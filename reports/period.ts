import { addDays, isDay, periodOf } from '@/domain/period'
import { ReportProblem, type Period } from './report'

/** A period as a report is asked for it; `localDays` where sites of several zones each have their own midnight. */
export type AskedPeriod = Period & { localDays: { from: string; until: string } | null }

const longestMs = 3 * 366 * 86_400_000

/**
 * `readPeriod`: two days (`2026-11-01`, the last one inside) by the clock of the sites' zones, or two exact instants (the
 * second one outside). Throws `ReportProblem`.
 */
export function readPeriod(from: string, to: string, zones: readonly string[]): AskedPeriod {
  const period = isDay(from) && isDay(to) ? days(from, to, zones) : instants(from, to, zones)
  const span = period.to.getTime() - period.from.getTime()
  if (!(span > 0)) throw new ReportProblem('The period ends before it begins: exchange the dates.')
  if (span > longestMs)
    throw new ReportProblem('A report covers three years at most: choose a shorter period.')
  return period
}

function days(from: string, to: string, zones: readonly string[]): AskedPeriod {
  if (to < from) throw new ReportProblem('The period ends before it begins: exchange the dates.')
  const each = zones.map((zone) => periodOf(from, to, zone))
  const [only, ...others] = zones
  if (only !== undefined && others.length === 0)
    return {
      from: each[0]!.from,
      to: each[0]!.until,
      zone: only,
      words: `${wordsOf(from, to)} (${only})`,
      localDays: null,
    }
  const least = Math.min(...each.map((one) => one.from.getTime()))
  const most = Math.max(...each.map((one) => one.until.getTime()))
  return {
    from: new Date(least),
    to: new Date(most),
    zone: null,
    words: `${wordsOf(from, to)} (each site’s own time)`,
    localDays: { from, until: addDays(to, 1) },
  }
}

function instants(from: string, to: string, zones: readonly string[]): AskedPeriod {
  const [start, end] = [new Date(from), new Date(to)]
  const isInstant = (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && new Date(text).getUTCFullYear() >= 1970
  if (!isInstant(from) || !isInstant(to))
    throw new ReportProblem(
      'from and to are days like 2026-11-28, or instants like 2026-11-28T10:00:00Z, both of one kind.',
    )
  const words = `${start.toISOString()} to ${end.toISOString()}`
  return {
    from: start,
    to: end,
    zone: zones.length === 1 ? zones[0]! : null,
    words,
    localDays: null,
  }
}

function wordsOf(from: string, to: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const [a, b] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)]
  return from === to ? format.format(a) : format.formatRange(a, b)
}
