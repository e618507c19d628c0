import Supercluster from 'supercluster'

import { addCounts, countAll, worstOf, type StatusCounts } from '@/domain/siteStatus'
import type { MapSite } from '@/panel/siteMap'

export type PlacedSite = MapSite & { latitude: number; longitude: number }

type Shown = { counts: StatusCounts; sites: number }
type OnMap = {
  key: string
  longitude: number
  latitude: number
  counts: StatusCounts
  worst: string | null
  total: number
}

/** What is drawn at one place: a site, or several that would lie upon each other at this zoom. */
export type Marker =
  | (OnMap & { kind: 'site'; site: PlacedSite })
  | (OnMap & { kind: 'cluster'; sites: number; expandsAt: number })

export type Clusters = (view: {
  bounds: [number, number, number, number]
  zoom: number
}) => Marker[]

const radiusPx = 52
/** From here on every site stands for itself. */
const closestZoom = 14

export const isPlaced = (site: MapSite): site is PlacedSite =>
  site.latitude !== null && site.longitude !== null

export function countsOf(site: MapSite): StatusCounts {
  const counts: Record<string, number> = {}
  for (const [, status] of site.chargers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** `clusterSites`: an index of the sites, to be asked for what a view shows. A cluster counts the chargers of its sites. */
export function clusterSites(sites: readonly PlacedSite[]): Clusters {
  const byId = new Map(sites.map((site) => [site.id, site]))
  const index = new Supercluster<Shown & { id: number }, Shown>({
    radius: radiusPx,
    maxZoom: closestZoom,
    map: ({ counts }) => ({ counts, sites: 1 }),
    reduce: (sum, one) => {
      sum.counts = addCounts(sum.counts, one.counts)
      sum.sites += one.sites
    },
  })
  index.load(
    sites.map((site) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [site.longitude, site.latitude] },
      properties: { id: site.id, counts: countsOf(site), sites: 1 },
    })),
  )
  return ({ bounds, zoom }) =>
    index.getClusters(bounds, Math.round(zoom)).flatMap((feature): Marker[] => {
      const [longitude = 0, latitude = 0] = feature.geometry.coordinates
      const { properties } = feature
      const rest = {
        longitude,
        latitude,
        counts: properties.counts,
        worst: worstOf(properties.counts),
        total: countAll(properties.counts),
      }
      if ('cluster_id' in properties) {
        const { cluster_id: id, sites } = properties
        const expandsAt = index.getClusterExpansionZoom(id)
        return [{ ...rest, kind: 'cluster', key: `cluster-${id}`, sites, expandsAt }]
      }
      const site = byId.get(properties.id)
      return site ? [{ ...rest, kind: 'site', key: `site-${site.id}`, site }] : []
    })
}

/** The smallest box around all sites: `[west, south, east, north]`; null without any. */
export function boundsOf(sites: readonly PlacedSite[]): [number, number, number, number] | null {
  if (sites.length === 0) return null
  const longitudes = sites.map((site) => site.longitude)
  const latitudes = sites.map((site) => site.latitude)
  return [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ]
}
