import type { EnergyDimension } from '@/db/queries/energyUsage'
import { readPlaceNames } from '@/db/queries/reportPlaces'
import { openSnapshot } from '@/db/snapshot'
import { isDay } from '@/domain/period'
import { filterWords } from '../filterWords'
import { readSessionFilter } from '../sessionFilter'
import {
  ReportProblem,
  type Report,
  type ReportDeps,
  type ReportParams,
  type ReportScope,
  type Row,
  type Totals,
} from '../report'
import { chartOf } from './chart'
import { columnsOf } from './columns'
import { readSteps, readWhole } from './steps'

const longestHoursMs = 93 * 86_400_000

function dimensionOf({ groupBy = 'none' }: ReportParams): EnergyDimension {
  if (groupBy === 'fleet' || groupBy === 'vehicle' || groupBy === 'card')
    throw new ReportProblem(
      'Energy usage is split by charger, site, region, operator, driver or price group; the rest is in Fleet Usage.',
    )
  return groupBy
}

/**
 * Reports > Energy Usage (S6): energy by hour, day, week or month of the sites' own calendar, when it flowed by the
 * meters' readings. `groupBy` splits each step by place or person.
 */
export async function openEnergyUsage(
  params: ReportParams,
  scope: ReportScope,
  { pool }: ReportDeps,
): Promise<Report> {
  const unit = params.unit ?? 'day'
  const dimension = dimensionOf(params)
  if (unit === 'whole') throw new ReportProblem('Energy usage is by hour, day, week or month.')
  if (!isDay(params.from) || !isDay(params.to))
    throw new ReportProblem('Energy usage is by whole days: from and to are days like 2026-11-28.')
  const snapshot = await openSnapshot(pool)
  try {
    const { sql } = snapshot
    const { zone, zones, period } = await readSessionFilter(sql, params, scope)
    if (unit === 'hour' && period.to.getTime() - period.from.getTime() > longestHoursMs)
      throw new ReportProblem('By hour for three months at most: choose days, or less time.')
    const names = await readPlaceNames(sql, params)
    const asked = { sql, zone, zones, params, scope }
    let reading: Promise<Row[]> | null = null
    const all = () => (reading ??= readSteps(asked, unit, dimension))
    let totals: Promise<Totals> | null = null
    return {
      kind: 'energyUsage',
      title: 'Energy Usage',
      subtitle: filterWords(names, params),
      period,
      columns: columnsOf(unit, dimension),
      async *rows() {
        const rows = await all()
        for (let at = 0; at < rows.length; at += 4_000) yield rows.slice(at, at + 4_000)
      },
      page: async ({ limit, offset }) => (await all()).slice(offset, offset + limit),
      totals: () => (totals ??= all().then((rows) => readWhole(asked, rows.length))),
      countUpTo: async (most) => Math.min(most, (await all()).length),
      charts: async () => [chartOf(await all(), unit, dimension !== 'none')],
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}
