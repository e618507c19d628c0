import type { Payload } from 'payload'
import { cache } from 'react'

import { readSiteChargers, type SiteChargers } from '@/db/queries/siteMap'
import { readChargerCounts, readSiteCard, type SiteCard } from '@/db/queries/sitePage'
import {
  isShared,
  readSitePricing,
  readTariffUse,
  type SitePricingRows,
  type TariffUse,
} from '@/db/queries/sitePricing'
import { isInside } from '@/domain/scope'

import { pageViewer } from './pageViewer'
import { viewerOf, type Looking } from './viewer'

export type { SiteTariff } from '@/db/queries/sitePricing'
export type SiteBoard = SiteCard & Omit<SiteChargers, 'siteId'> & { mayAddCharger: boolean }

/** `loadSite`: a site's page; null where it is not in sight. */
export async function loadSite(looking: Looking, siteId: number): Promise<SiteBoard | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const [card, chargers] = await Promise.all([
    readSiteCard(viewer.sql, siteId),
    readSiteChargers(viewer.sql, siteId, {
      chargers: viewer.scope('chargers', 'read'),
      sites: viewer.scope('sites', 'read'),
    }),
  ])
  if (!card || !chargers) return null
  const create = viewer.scope('chargers', 'create')
  const mayAddCharger = isInside(create, { siteId, regionId: card.regionId })
  return { ...card, ...chargers, mayAddCharger }
}

export type SitePricing = SitePricingRows & {
  /** Where the site's tariff holds besides here; null where it holds nowhere else. */
  sharedWith: TariffUse | null
  mayChange: boolean
}

/** `loadSitePricing`: for the Pricing tab; null for whoever is not shown prices. */
export async function loadSitePricing(
  looking: Looking,
  siteId: number,
): Promise<SitePricing | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const card = await readSiteCard(viewer.sql, siteId)
  const place = { siteId, regionId: card?.regionId ?? null }
  const may = (resource: 'sites' | 'tariffs', action: 'read' | 'update' | 'create') =>
    isInside(viewer.scope(resource, action), place)
  if (!card || !may('sites', 'read') || !may('tariffs', 'read')) return null
  const rows = await readSitePricing(viewer.sql, siteId)
  const use = rows.own && (await readTariffUse(viewer.sql, rows.own.id, siteId))
  return {
    ...rows,
    sharedWith: use && isShared(use) ? use : null,
    mayChange: may('sites', 'update') && may('tariffs', 'create'),
  }
}

/** `loadChargerCounts`: how many chargers each site has, as far as the reader of the list sees them. */
export const loadChargerCounts = cache(
  async (payload: Payload): Promise<ReadonlyMap<number, number>> => {
    const viewer = await pageViewer(payload)
    return viewer
      ? readChargerCounts(viewer.sql, viewer.scope('chargers', 'read'))
      : new Map<number, number>()
  },
)
