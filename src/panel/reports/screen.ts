import { openReport } from '#reports/run'
import type { Chart, Column, Period, ReportDeps, Row, Totals } from '#reports/report'
import type { Asked } from './asked'

export type ReportPage = {
  report: string
  title: string
  subtitle: string
  period: Period
  columns: readonly Column[]
  rows: readonly Row[]
  totals: Totals
  charts: readonly Chart[]
  limit: number
  offset: number
}

/** `readPage`: what the screen shows of a report: some rows, and totals and charts of all of them. */
export async function readPage(asked: Asked, deps: ReportDeps): Promise<ReportPage> {
  const { entry, params, scope, limit, offset } = asked
  const report = await openReport(entry.kind, params, scope, deps)
  try {
    const totals = await report.totals()
    const charts = await report.charts()
    return {
      report: entry.slug,
      title: report.title,
      subtitle: report.subtitle,
      period: report.period,
      columns: report.columns,
      rows: await report.page({ limit, offset }),
      totals,
      charts,
      limit,
      offset,
    }
  } finally {
    await report.close()
  }
}
