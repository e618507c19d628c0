import { readNetworkZone } from '@/db/queries/sessionsForReport'
import { dayIn } from '@/domain/period'
import { entryOf } from '#reports/catalogue'
import { viewerOf, type Looking } from '../viewer'

export type ReportPageStart = {
  title: string
  about: string
  mayRun: boolean
  maySeePeople: boolean
  /** By the network's own calendar. */
  today: string
}

/** `loadReportPage`: what a report's page must know before it asks for the report itself. */
export async function loadReportPage(looking: Looking, slug: string): Promise<ReportPageStart> {
  const entry = entryOf(slug)
  const viewer = await viewerOf(looking)
  const zone = viewer ? await readNetworkZone(viewer.sql) : 'UTC'
  return {
    title: entry?.title ?? 'Report',
    about: entry?.about ?? '',
    mayRun: viewer?.can('reports', 'run') ?? false,
    maySeePeople:
      viewer !== null &&
      viewer.fullScope('reports', 'run').kind !== 'none' &&
      viewer.can('drivers', 'read'),
    today: dayIn(viewer?.now ?? new Date(), zone),
  }
}
