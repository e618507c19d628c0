import {
  cellEnd,
  countSessions,
  readSessionDays,
  readSessionTotals,
  sessionLinesSql,
  sessionPageSql,
  type SessionFilter,
} from '@/db/queries/sessionsForReport'
import { readPlaceNames } from '@/db/queries/reportPlaces'
import type { Sql } from '@/db/pool'
import { openSnapshot } from '@/db/snapshot'
import { filterWords } from '../filterWords'
import { readSessionFilter } from '../sessionFilter'
import type {
  Cell,
  Chart,
  Report,
  ReportDeps,
  ReportParams,
  ReportScope,
  Row,
  Totals,
} from '../report'
import { columns } from './columns'
import { sessionTotalsOf } from './totals'

/** Reports > Charging Sessions: every session that began in the period, those under way with what they have so far. */
export async function openChargingSessions(
  params: ReportParams,
  scope: ReportScope,
  { pool }: ReportDeps,
): Promise<Report> {
  const snapshot = await openSnapshot(pool)
  try {
    const { sql } = snapshot
    const { zone, period, filter } = await readSessionFilter(sql, params, scope)
    const names = await readPlaceNames(sql, params)
    let totals: Promise<Totals> | null = null
    return {
      kind: 'chargingSessions',
      title: 'Charging Sessions',
      subtitle: filterWords(names, params),
      period,
      columns,
      async *rows() {
        const { text, values } = sessionLinesSql(zone, filter)
        for await (const batch of snapshot.stream(text, values))
          yield batch.map(([line]) => rowOf(line as string))
      },
      page: (part) => readSessionPage(sql, { zone, filter }, part),
      totals: () => (totals ??= readSessionTotals(sql, zone, filter).then(sessionTotalsOf)),
      countUpTo: (most) => countSessions(sql, zone, filter, most),
      charts: async () => {
        const days = (period.to.getTime() - period.from.getTime()) / 86_400_000
        const unit = days > 92 ? 'month' : 'day'
        return chartsOf(await readSessionDays(sql, zone, filter, unit), unit)
      },
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

/** Some rows for the screen, newest first; a row carries the session's id after its columns. */
async function readSessionPage(
  sql: Sql,
  asked: { zone: string; filter: SessionFilter },
  page: { limit: number; offset: number },
): Promise<Row[]> {
  const { text, values } = sessionPageSql(asked.zone, asked.filter, page)
  const { rows } = await sql.query<Row>({ text, values, rowMode: 'array' } as never)
  return rows
}

const areNumbers = columns.map(
  ({ format }) => format !== 'text' && format !== 'instant' && format !== 'day',
)

/** A line as Postgres wrote it, as the cells of its columns. */
function rowOf(line: string): Cell[] {
  const cells: Cell[] = line.split(cellEnd)
  for (let index = 0; index < cells.length; index++)
    if (cells[index] === '') cells[index] = null
    else if (areNumbers[index]) cells[index] = Number(cells[index])
  return cells
}

function chartsOf(
  rows: readonly {
    day: string
    sessions: number
    energyWh: number
    costMinor: number | null
    currency: string | null
  }[],
  unit: 'day' | 'month',
): Chart[] {
  const labels = [...new Set(rows.map(({ day }) => day))]
  const energy = new Map<string, number>()
  const sessions = new Map<string, number>()
  for (const row of rows) {
    energy.set(row.day, (energy.get(row.day) ?? 0) + row.energyWh)
    sessions.set(row.day, (sessions.get(row.day) ?? 0) + row.sessions)
  }
  return [
    {
      title: unit === 'day' ? 'Energy per day' : 'Energy per month',
      labels,
      series: [
        {
          key: 'energyWh',
          title: 'Energy',
          format: 'energy',
          values: labels.map((day) => energy.get(day) ?? 0),
        },
        {
          key: 'sessions',
          title: 'Sessions',
          format: 'integer',
          values: labels.map((day) => sessions.get(day) ?? 0),
        },
      ],
    },
  ]
}
