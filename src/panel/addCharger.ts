import { readSiteChoices, type SiteChoice } from '@/db/queries/siteChoices'

import { ocppPublicUrl } from './settings'
import { viewerOf, type Looking } from './viewer'

export type { SiteChoice } from '@/db/queries/siteChoices'

export type AddChargerPage = { sites: SiteChoice[]; url: string }

/** `loadAddCharger`: where this person may put a charger; null where he may add none. */
export async function loadAddCharger(looking: Looking): Promise<AddChargerPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer?.can('chargers', 'create')) return null
  return {
    sites: await readSiteChoices(viewer.sql, viewer.scope('chargers', 'create')),
    url: ocppPublicUrl(),
  }
}
