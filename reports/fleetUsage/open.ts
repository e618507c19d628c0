import { fleetRowsMost, readFleetSessions, type FleetDimension } from '@/db/queries/fleetSessions'
import { readPlaceNames } from '@/db/queries/reportPlaces'
import { readSessionTotals } from '@/db/queries/sessionsForReport'
import { openSnapshot } from '@/db/snapshot'
import { sessionTotalsOf } from '../chargingSessions/totals'
import { filterWords } from '../filterWords'
import { readSessionFilter } from '../sessionFilter'
import {
  ReportProblem,
  type Column,
  type Report,
  type ReportDeps,
  type ReportParams,
  type ReportScope,
  type Row,
  type Totals,
} from '../report'

const titles: Record<FleetDimension, string | null> = {
  fleet: null,
  vehicle: 'Vehicle',
  driver: 'Driver',
  card: 'Card',
}

/** Reports > Fleet Usage: what each fleet charged, and which of its vehicles, drivers or cards. */
export async function openFleetUsage(
  params: ReportParams,
  scope: ReportScope,
  { pool }: ReportDeps,
): Promise<Report> {
  const dimension = dimensionOf(params)
  const snapshot = await openSnapshot(pool)
  try {
    const { sql } = snapshot
    const { zone, period, filter: sessions } = await readSessionFilter(sql, params, scope)
    const filter = { ...sessions, isOfFleets: true as const }
    const names = await readPlaceNames(sql, params)
    let reading: Promise<Row[]> | null = null
    const all = () =>
      (reading ??= readFleetSessions(sql, zone, filter, dimension).then((rows) => {
        if (rows.length > fleetRowsMost)
          throw new ReportProblem('Too many lines: choose one fleet, or fewer days.')
        return rows.map((row) => [
          row.fleet,
          ...(dimension === 'fleet' ? [] : [row.name ?? 'None']),
          row.sessions,
          row.chargingSeconds,
          row.energyWh,
          row.costMinor,
          row.taxMinor,
          row.currency,
        ])
      }))
    let totals: Promise<Totals> | null = null
    const readTotals = async (): Promise<Totals> => {
      const found = await readSessionTotals(sql, zone, filter)
      const { rows: count, ...rest } = sessionTotalsOf(found)
      return { ...rest, rows: (await all()).length, sums: { ...rest.sums, sessions: count } }
    }
    return {
      kind: 'fleetUsage',
      title: 'Fleet Usage',
      subtitle: filterWords(names, params),
      period,
      columns: columnsOf(dimension),
      async *rows() {
        yield await all()
      },
      page: async ({ limit, offset }) => (await all()).slice(offset, offset + limit),
      totals: () => (totals ??= readTotals()),
      countUpTo: async (most) => Math.min(most, (await all()).length),
      charts: () => Promise.resolve([]),
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

function dimensionOf({ groupBy = 'driver' }: ReportParams): FleetDimension {
  if (groupBy === 'none') return 'fleet'
  if (groupBy in titles) return groupBy as FleetDimension
  throw new ReportProblem('Fleet usage is by fleet, vehicle, driver or card.')
}

function columnsOf(dimension: FleetDimension): Column[] {
  const title = titles[dimension]
  return [
    { key: 'fleet', title: 'Fleet', format: 'text', width: 24 },
    ...(title ? [{ key: 'name', title, format: 'text' as const, width: 24 }] : []),
    { key: 'sessions', title: 'Sessions', format: 'integer', width: 9, isSummed: true },
    {
      key: 'chargingSeconds',
      title: 'Charging time',
      format: 'seconds',
      width: 12,
      isSummed: true,
    },
    { key: 'energyWh', title: 'Energy (kWh)', format: 'energy', width: 12, isSummed: true },
    { key: 'costMinor', title: 'Cost', format: 'money', width: 11, isSummed: true },
    { key: 'taxMinor', title: 'of it tax', format: 'money', width: 10, isSummed: true },
    { key: 'currency', title: 'Currency', format: 'text', width: 6 },
  ]
}
