'use client'

import './map.css'

import dynamic from 'next/dynamic'
import { useMemo, useRef, useState } from 'react'

import { GoTo } from '../ui/GoTo'
import { filterSites, type MapFilter } from './applyStatuses'
import { isPlaced } from './clusters'
import { MapFilters } from './MapFilters'
import { SiteCard } from './SiteCard'
import { SiteList } from './SiteList'
import { useSiteMap } from './useSiteMap'

const MapCanvas = dynamic(() => import('./MapCanvas'), {
  ssr: false,
  loading: () => <div className="cpms-map-loading">Drawing the map…</div>,
})

type Props = { styleUrl: string | null; filter: MapFilter; site: number | null }

/** The map, the list of the same sites beside it (below it on a phone), and the card of the site that was chosen. */
export function MapBoard({ styleUrl, filter: asked, site: askedSite }: Props) {
  const { map, problem } = useSiteMap()
  const [filter, setFilter] = useState(asked)
  const [selectedId, select] = useState<number | null>(askedSite)
  const opener = useRef<HTMLElement | null>(null)
  const shown = useMemo(() => (map ? filterSites(map.sites, filter) : []), [map, filter])
  const placed = useMemo(() => shown.filter(isPlaced), [shown])
  const selected = map?.sites.find((site) => site.id === selectedId)

  function choose(siteId: number): void {
    if (document.activeElement instanceof HTMLElement) opener.current = document.activeElement
    select(siteId)
    remember(filter, siteId)
  }
  function close(): void {
    select(null)
    remember(filter, null)
    const before = opener.current
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`[data-site="${selectedId}"]`)
      const target = before?.isConnected ? before : row
      target?.focus()
    })
  }
  function change(next: MapFilter): void {
    setFilter(next)
    remember(next, selectedId)
  }

  if (problem && !map) {
    return (
      <p className="cpms-problem" role="alert">
        {problem}
      </p>
    )
  }
  if (!map) return <div className="cpms-skeleton cpms-map-frame" />
  if (map.sites.length === 0) {
    return (
      <div className="cpms-empty">
        <h2>No sites yet</h2>
        <p>Add a site with its latitude and longitude: it appears here with its chargers.</p>
        <GoTo className="cpms-button" data-kind="primary" to="/admin/collections/sites/create">
          Add a site
        </GoTo>
      </div>
    )
  }
  return (
    <>
      <MapFilters filter={filter} map={map} onChange={change} />
      <div className="cpms-map-frame">
        <div className="cpms-map">
          <MapCanvas
            fitKey={`${filter.status} ${filter.region} ${filter.operator}`}
            onSelect={choose}
            selectedId={selectedId}
            sites={placed}
            styleUrl={styleUrl}
          />
        </div>
        <aside aria-label="Sites" className="cpms-map-side">
          {selected ? (
            <SiteCard
              onClose={close}
              region={map.regions.find(({ id }) => id === selected.regionId)?.name ?? null}
              site={selected}
            />
          ) : (
            <SiteList onSelect={choose} sites={shown} />
          )}
        </aside>
      </div>
    </>
  )
}

/** In the address, so that it can be sent to somebody; nothing is loaded anew. */
function remember(filter: MapFilter, site: number | null): void {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({
    ...filter,
    site: site === null ? '' : String(site),
  }))
    if (value) query.set(name, value)
  const text = query.toString()
  window.history.replaceState(null, '', `${window.location.pathname}${text ? `?${text}` : ''}`)
}
