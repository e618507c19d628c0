import type { Sql } from '@/db/pool'
import { energyRowsMost, readEnergyUsage, type EnergyDimension } from '@/db/queries/energyUsage'
import { bucketsOf, type BucketUnit } from '@/domain/period'
import { placesOf } from '../sessionFilter'
import {
  ReportProblem,
  type ReportParams,
  type ReportScope,
  type Row,
  type Totals,
} from '../report'

export type Asked = {
  sql: Sql
  /** Zone of sites that name none. */
  zone: string
  /** All zones of the sites asked for. */
  zones: readonly string[]
  params: ReportParams
  scope: ReportScope
}

type Line = { label: string; key: number | null; name: string; energyWh: number; sessions: number }

/** `readSteps`: the steps of all zones side by side: 1 July is one line, whichever instant it begins at each site. */
export async function readSteps(
  asked: Asked,
  unit: BucketUnit,
  dimension: EnergyDimension,
): Promise<Row[]> {
  const { sql, zone, zones, params, scope } = asked
  const lines = new Map<string, Line>()
  const labels = new Set<string>()
  for (const one of zones) {
    const buckets = bucketsOf(unit, params.from, params.to, one)
    for (const { label } of buckets) labels.add(label)
    const bounds = [...buckets.map(({ from }) => from), buckets.at(-1)!.until]
    const filter = { ...placesOf(params, scope), networkZone: zone, zone: one, bounds }
    for (const { bucket, key, name, energyWh, sessions } of await readEnergyUsage(
      sql,
      filter,
      dimension,
    )) {
      const { label } = buckets[bucket - 1]!
      const id = `${label}\n${key ?? ''}`
      const line = lines.get(id) ?? { label, key, name: name ?? '', energyWh: 0, sessions: 0 }
      line.energyWh += energyWh
      line.sessions += sessions
      lines.set(id, line)
    }
    if (lines.size > energyRowsMost)
      throw new ReportProblem(
        `More than ${energyRowsMost.toLocaleString('en-GB')} lines: choose longer steps, fewer days or one site.`,
      )
  }
  // Where there is one line per step, one in which nothing flowed is there too.
  if (dimension === 'none')
    return [...labels].map((label) => {
      const line = lines.get(`${label}\n`)
      return [label, line?.energyWh ?? 0, line?.sessions ?? 0]
    })
  const rank = new Map([...labels].map((label, index) => [label, index]))
  return [...lines.values()]
    .sort(
      (a, b) =>
        rank.get(a.label)! - rank.get(b.label)! ||
        a.name.localeCompare(b.name, 'en-GB') ||
        (a.key ?? 0) - (b.key ?? 0),
    )
    .map(({ label, name, energyWh, sessions }) => [
      label,
      name || (dimension === 'priceGroup' ? 'No group' : 'Not known'),
      energyWh,
      sessions,
    ])
}

/** `readWhole`: read apart, as one step from end to end: what the steps must add up to. */
export async function readWhole(asked: Asked, rows: number): Promise<Totals> {
  const { sql, zone, zones, params, scope } = asked
  let energyWh = 0
  let sessions = 0
  for (const one of zones) {
    const days = bucketsOf('day', params.from, params.to, one)
    const bounds = [days[0]!.from, days.at(-1)!.until]
    const filter = { ...placesOf(params, scope), networkZone: zone, zone: one, bounds }
    for (const row of await readEnergyUsage(sql, filter, 'none')) {
      energyWh += row.energyWh
      sessions += row.sessions
    }
  }
  return { rows, sums: { energyWh, sessions }, money: [], notes: [] }
}
