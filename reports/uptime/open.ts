import type { Sql } from '@/db/pool'
import { readPlaceNames } from '@/db/queries/reportPlaces'
import type { UptimeDimension } from '@/db/queries/uptime'
import { openSnapshot } from '@/db/snapshot'
import { isDay } from '@/domain/period'
import { filterWords } from '../filterWords'
import { readSessionFilter } from '../sessionFilter'
import {
  ReportProblem,
  type Column,
  type Report,
  type ReportDeps,
  type ReportKind,
  type ReportParams,
  type ReportScope,
  type Row,
  type Totals,
} from '../report'
import { dimensionOf, unitOf, type AskedUptime, type UptimeUnit } from './steps'

export type UptimeReport = {
  kind: ReportKind
  title: string
  isRapidOnly: boolean
  usual: UptimeDimension
  columns(unit: UptimeUnit, dimension: UptimeDimension): Column[]
  rows(asked: AskedUptime, unit: UptimeUnit, dimension: UptimeDimension): Promise<Row[]>
  totals(asked: AskedUptime, rows: number): Promise<Totals>
  subtitle?(sql: Sql): Promise<string>
}

/** `openUptime`: what the reports on how chargers do have in common: whole days, places, one snapshot. */
export async function openUptime(
  own: UptimeReport,
  params: ReportParams,
  scope: ReportScope,
  { pool, now }: ReportDeps,
): Promise<Report> {
  const unit = unitOf(params)
  const dimension = dimensionOf(params, own.usual)
  if (!isDay(params.from) || !isDay(params.to))
    throw new ReportProblem('This report is by whole days: from and to are days like 2026-11-28.')
  const snapshot = await openSnapshot(pool)
  try {
    const { sql } = snapshot
    const { zone, zones, period } = await readSessionFilter(sql, params, scope)
    const names = await readPlaceNames(sql, params)
    const asked = { sql, zone, zones, params, scope, now, isRapidOnly: own.isRapidOnly }
    let reading: Promise<Row[]> | null = null
    const all = () => (reading ??= own.rows(asked, unit, dimension))
    let totals: Promise<Totals> | null = null
    return {
      kind: own.kind,
      title: own.title,
      subtitle: filterWords(names, params),
      period,
      columns: own.columns(unit, dimension),
      async *rows() {
        const rows = await all()
        for (let at = 0; at < rows.length; at += 4_000) yield rows.slice(at, at + 4_000)
      },
      page: async ({ limit, offset }) => (await all()).slice(offset, offset + limit),
      totals: () => (totals ??= all().then((rows) => own.totals(asked, rows.length))),
      countUpTo: async (most) => Math.min(most, (await all()).length),
      charts: () => Promise.resolve([]),
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

/** The columns that say what a line is about. */
export function namesOf(unit: UptimeUnit, dimension: UptimeDimension): Column[] {
  return [
    {
      key: 'bucket',
      title: unit === 'month' ? 'Month' : 'Period',
      format: 'day',
      width: 12,
    },
    ...(dimension === 'none'
      ? []
      : [{ key: 'site', title: 'Site', format: 'text' as const, width: 22 }]),
    ...(dimension === 'charger'
      ? [{ key: 'charger', title: 'Charger', format: 'text' as const, width: 20 }]
      : []),
  ]
}

export const namesIn = (
  line: { label: string; site: string | null; name: string | null },
  dimension: UptimeDimension,
): (string | null)[] => [
  line.label,
  ...(dimension === 'none' ? [] : [line.site]),
  ...(dimension === 'charger' ? [line.name] : []),
]
