import type { SiteMapRow } from '@/panel/siteMap'

/** `applyStatuses`: the map with chargers as they are now; sites of which nothing was heard stay the same objects. */
export function applyStatuses(map: SiteMapRow, heard: ReadonlyMap<number, string>): SiteMapRow {
  if (heard.size === 0) return map
  let isChanged = false
  const sites = map.sites.map((site) => {
    const isTouched = site.chargers.some(([id, status]) => (heard.get(id) ?? status) !== status)
    if (!isTouched) return site
    isChanged = true
    return {
      ...site,
      chargers: site.chargers.map(([id, status]): [number, string] => [
        id,
        heard.get(id) ?? status,
      ]),
    }
  })
  return isChanged ? { ...map, sites } : map
}

export type MapFilter = { status: string; region: string; operator: string }

export const noFilter: MapFilter = { status: '', region: '', operator: '' }

/** `filterSites`: a status keeps the chargers that have it, and the sites that have any. */
export function filterSites(sites: SiteMapRow['sites'], filter: MapFilter): SiteMapRow['sites'] {
  return sites.flatMap((site) => {
    if (filter.region && String(site.regionId) !== filter.region) return []
    if (filter.operator && String(site.operatorId) !== filter.operator) return []
    if (!filter.status) return [site]
    const chargers = site.chargers.filter(([, status]) => status === filter.status)
    return chargers.length > 0 ? [{ ...site, chargers }] : []
  })
}
