import { readNetworkZone } from '@/db/queries/sessionsForReport'
import { dayIn } from '@/domain/period'
import { entryOf } from '#reports/catalogue'
import type { Grouping, Unit } from '#reports/report'
import { viewerOf, type Looking } from '../viewer'

export type ReportPageStart = {
  title: string
  about: string
  mayRun: boolean
  /** Filters by person make sense here, and the person may use them. */
  maySeePeople: boolean
  maySeePriceGroups: boolean
  mayShare: boolean
  units: readonly Unit[]
  groupings: readonly Grouping[]
  /** By the network's own calendar. */
  today: string
}

/** `loadReportPage`: what a report's page must know before it asks for the report itself. */
export async function loadReportPage(looking: Looking, slug: string): Promise<ReportPageStart> {
  const entry = entryOf(slug)
  const viewer = await viewerOf(looking)
  const zone = viewer ? await readNetworkZone(viewer.sql) : 'UTC'
  const maySeePeople =
    entry?.isOfPeople === true &&
    viewer !== null &&
    viewer.fullScope('reports', 'run').kind !== 'none' &&
    viewer.can('drivers', 'read')
  return {
    title: entry?.title ?? 'Report',
    about: entry?.about ?? '',
    mayRun: viewer?.can('reports', 'run') ?? false,
    maySeePeople,
    mayShare: viewer?.can('share-links', 'create') ?? false,
    maySeePriceGroups: maySeePeople && viewer?.can('price-groups', 'read') === true,
    units: entry?.units ?? [],
    groupings: entry?.groupings ?? [],
    today: dayIn(viewer?.now ?? new Date(), zone),
  }
}
