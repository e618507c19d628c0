import type { Sql } from '@/db/pool'
import { readZones } from '@/db/queries/reportPlaces'
import {
  readNetworkZone,
  type PlaceFilter,
  type SessionFilter,
} from '@/db/queries/sessionsForReport'
import { readPeriod } from './period'
import type { ReportParams, ReportScope } from './report'

export function placesOf(params: ReportParams, scope: ReportScope): PlaceFilter {
  return {
    rows: scope.rows,
    people: scope.people,
    charger: params.charger ?? null,
    site: params.site ?? null,
    region: params.region ?? null,
    operator: params.operator ?? null,
    driver: params.driver ?? null,
    fleet: params.fleet ?? null,
    priceGroup: params.priceGroup ?? null,
  }
}

/** What the statements of a report are asked with, from what people asked for. */
export async function readSessionFilter(sql: Sql, params: ReportParams, scope: ReportScope) {
  const zone = await readNetworkZone(sql)
  const found = await readZones(sql, scope.rows, { site: params.site, charger: params.charger })
  const zones = found.length > 0 ? found : [zone]
  const period = readPeriod(params.from, params.to, zones)
  const filter: SessionFilter = {
    ...placesOf(params, scope),
    from: period.from,
    to: period.to,
    localDays: period.localDays,
    status: params.status ?? null,
  }
  return { zone, zones, period, filter }
}
