import type { Sql } from '@/db/pool'
import {
  uptimeKinds,
  readUptime,
  type UptimeDimension,
  type UptimeFilter,
  type UptimeRow,
} from '@/db/queries/uptime'
import { bucketsOf } from '@/domain/period'
import { placesOf } from '../sessionFilter'
import { ReportProblem, type ReportParams, type ReportScope } from '../report'

export type UptimeUnit = 'whole' | 'month'

export type AskedUptime = {
  sql: Sql
  /** Zone of sites that name none. */
  zone: string
  /** All zones of the sites asked for. */
  zones: readonly string[]
  params: ReportParams
  scope: ReportScope
  now: Date
  isRapidOnly: boolean
}

export type UptimeLine = Omit<UptimeRow, 'bucket'> & { label: string }

const sums = ['chargers', ...uptimeKinds, 'faults'] as const

/** `unitOf` and `dimensionOf`: what a report of chargers may be asked to be split by. */
export function unitOf(params: ReportParams): UptimeUnit {
  const unit = params.unit ?? 'whole'
  if (unit === 'whole' || unit === 'month') return unit
  throw new ReportProblem('This report is by month or over the whole period.')
}

export function dimensionOf(params: ReportParams, usual: UptimeDimension): UptimeDimension {
  const dimension = params.groupBy ?? usual
  if (params.driver || params.fleet || params.priceGroup)
    throw new ReportProblem('This report is about chargers: take the filter by person away.')
  if (dimension === 'none' || dimension === 'site' || dimension === 'charger') return dimension
  throw new ReportProblem('This report is split by site or by charger.')
}

/** `eachZone`: the filter and the labels of its buckets, zone by zone: a month begins at each site's own midnight. */
export function* eachZone(
  asked: AskedUptime,
  unit: UptimeUnit,
): Generator<{ filter: UptimeFilter; labels: string[] }> {
  const { zone, zones, params, scope, now, isRapidOnly } = asked
  for (const one of zones) {
    const buckets = bucketsOf(unit === 'month' ? 'month' : 'day', params.from, params.to, one)
    const starts = unit === 'month' ? buckets.map(({ from }) => from) : [buckets[0]!.from]
    yield {
      labels: unit === 'month' ? buckets.map(({ label }) => label) : ['Whole period'],
      filter: {
        ...placesOf(params, scope),
        networkZone: zone,
        zone: one,
        bounds: [...starts, buckets.at(-1)!.until],
        now,
        isRapidOnly,
      },
    }
  }
}

/** `readLines`: the lines of all zones side by side, in the order of time, site and name. */
export async function readLines(
  asked: AskedUptime,
  unit: UptimeUnit,
  dimension: UptimeDimension,
): Promise<UptimeLine[]> {
  const lines = new Map<string, UptimeLine>()
  const rank = new Map<string, number>()
  for (const { filter, labels } of eachZone(asked, unit)) {
    for (const label of labels) if (!rank.has(label)) rank.set(label, rank.size)
    for (const { bucket, ...row } of await readUptime(asked.sql, filter, dimension)) {
      const label = labels[bucket - 1]
      if (label === undefined) continue
      const id = `${label}\n${row.key ?? ''}`
      const line = lines.get(id)
      if (!line) lines.set(id, { ...row, label })
      else for (const key of sums) line[key] += row[key]
    }
  }
  return [...lines.values()].sort(
    (a, b) =>
      rank.get(a.label)! - rank.get(b.label)! ||
      (a.site ?? '').localeCompare(b.site ?? '', 'en-GB') ||
      (a.name ?? '').localeCompare(b.name ?? '', 'en-GB') ||
      (a.key ?? 0) - (b.key ?? 0),
  )
}

/** `readWhole`: read apart, as one piece from end to end: what the lines must add up to. */
export async function readWhole(asked: AskedUptime): Promise<UptimeLine> {
  const [line] = await readLines(asked, 'whole', 'none')
  return line ?? nothing
}

const nothing: UptimeLine = {
  label: '',
  key: null,
  name: null,
  site: null,
  chargers: 0,
  working: 0,
  plugged: 0,
  faulted: 0,
  outOfUse: 0,
  offline: 0,
  unknown: 0,
  exempt: 0,
  closed: 0,
  faults: 0,
}
