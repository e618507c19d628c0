import { readSitesOf, type SiteOf } from '@/db/queries/sitesOf'

import { viewerOf, type Looking } from './viewer'

export type { SiteOf } from '@/db/queries/sitesOf'

/** `loadSitesOf`: for the pages of regions and organisations; null for a stranger. */
export async function loadSitesOf(
  looking: Looking,
  of: { kind: 'region' | 'organisation'; id: number },
): Promise<SiteOf[] | null> {
  const viewer = await viewerOf(looking)
  return (
    viewer &&
    readSitesOf(viewer.sql, of, {
      sites: viewer.scope('sites', 'read'),
      chargers: viewer.scope('chargers', 'read'),
    })
  )
}
