import { readSiteNames } from '@/db/queries/siteNames'

import { viewerOf, type Looking } from './viewer'

export type CardImportPage = {
  sites: { id: number; name: string }[]
  /** Whoever runs some sites only has to say which one manages the cards. */
  demandsSite: boolean
}

/** `loadCardImport`: null for whoever may not add cards. */
export async function loadCardImport(looking: Looking): Promise<CardImportPage | null> {
  const viewer = await viewerOf(looking)
  const scope = viewer?.scope('rfid-cards', 'create')
  if (!viewer || !scope || scope.kind === 'none') return null
  return { sites: await readSiteNames(viewer.sql, scope), demandsSite: scope.kind !== 'all' }
}
