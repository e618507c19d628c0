import { openChargingSessions } from './chargingSessions/open'
import { openEnergyUsage } from './energyUsage/open'
import { openFaultsUptime } from './faultsUptime/open'
import { openFleetUsage } from './fleetUsage/open'
import { openReliability } from './reliability/open'
import type { Report, ReportDeps, ReportKind, ReportParams, ReportScope } from './report'

type Opener = (params: ReportParams, scope: ReportScope, deps: ReportDeps) => Promise<Report>

const openers: Record<ReportKind, Opener> = {
  chargingSessions: openChargingSessions,
  energyUsage: openEnergyUsage,
  fleetUsage: openFleetUsage,
  faultsUptime: openFaultsUptime,
  reliability: openReliability,
}

/**
 * `openReport`: one report over one snapshot of the database, ready to be read. Holds a connection of `deps.pool` until
 * `close`. Throws `ReportProblem` with a sentence for people where the parameters cannot be used.
 */
export async function openReport(
  kind: ReportKind,
  params: ReportParams,
  scope: ReportScope,
  deps: ReportDeps,
): Promise<Report> {
  return openers[kind](params, scope, deps)
}
