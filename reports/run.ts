import { openChargingSessions } from './chargingSessions/open'
import { openEnergyUsage } from './energyUsage/open'
import {
  ReportProblem,
  type Report,
  type ReportDeps,
  type ReportKind,
  type ReportParams,
  type ReportScope,
} from './report'

type Opener = (params: ReportParams, scope: ReportScope, deps: ReportDeps) => Promise<Report>

const openers: Partial<Record<ReportKind, Opener>> = {
  chargingSessions: openChargingSessions,
  energyUsage: openEnergyUsage,
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
  const open = openers[kind]
  if (!open) throw new ReportProblem(`There is no report called ${kind}.`)
  return open(params, scope, deps)
}
