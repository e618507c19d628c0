'use client'

import 'maplibre-gl/dist/maplibre-gl.css'

import { useTheme } from '@payloadcms/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Map as MapView, Marker, NavigationControl, type MapRef } from 'react-map-gl/maplibre'

import { statusLook } from '@/domain/connector'
import { worstFirst } from '@/domain/siteStatus'

import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'
import { bundledStyle } from './basemap'
import { boundsOf, clusterSites, type Marker as OnMap, type PlacedSite } from './clusters'

type Props = {
  sites: readonly PlacedSite[]
  styleUrl: string | null
  selectedId: number | null
  /** Changes when the view should show all of the sites anew. */
  fitKey: string
  onSelect: (siteId: number) => void
}

type View = { bounds: [number, number, number, number]; zoom: number }

const wholeCountry: [number, number, number, number] = [-8.5, 49.8, 2, 59.5]
const padding = 60
const closestFit = 12
/** The plain map has nothing to show nearer than this but one's own sites. */
const closestPlainFit = 7.5
/** From here on there is room for names. */
const namesFromZoom = 8

export default function MapCanvas({ sites, styleUrl, selectedId, fitKey, onSelect }: Props) {
  const { theme } = useTheme()
  const ref = useRef<MapRef>(null)
  const [view, setView] = useState<View | null>(null)
  const [hasNoTiles, setNoTiles] = useState(false)
  const clusters = useMemo(() => clusterSites(sites), [sites])
  const markers = useMemo(() => (view ? clusters(view) : []), [clusters, view])
  const isOwn = styleUrl === null || hasNoTiles
  const style = useMemo(
    () => (isOwn ? bundledStyle(theme === 'dark' ? 'dark' : 'light') : styleUrl),
    [isOwn, theme, styleUrl],
  )
  const closest = isOwn ? closestPlainFit : closestFit
  const first = useRef(boundsOf(sites) ?? wholeCountry)
  const shown = useRef(sites)
  useEffect(() => {
    shown.current = sites
  })

  const fitted = useRef(fitKey)
  useEffect(() => {
    if (fitted.current === fitKey) return
    fitted.current = fitKey
    const bounds = boundsOf(shown.current)
    if (bounds) ref.current?.fitBounds(bounds, { padding, maxZoom: closest })
  }, [fitKey, closest])

  useEffect(() => {
    const site = shown.current.find((one) => one.id === selectedId)
    const map = ref.current
    if (!site || !map) return
    const { longitude, latitude } = site
    const isSeen = map.getBounds().contains([longitude, latitude])
    if (!isSeen || map.getZoom() < closest)
      map.easeTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), closest) })
  }, [selectedId, closest])

  function look(): void {
    const map = ref.current
    if (!map) return
    const bounds = map.getBounds()
    // a little more than is seen, so that a drag brings markers along
    const [w, s, e, n] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    const [dx, dy] = [(e - w) / 3, (n - s) / 3]
    setView({ bounds: [w - dx, s - dy, e + dx, n + dy], zoom: map.getZoom() })
  }

  function open(marker: OnMap): void {
    if (marker.kind === 'site') return onSelect(marker.site.id)
    const { longitude, latitude, expandsAt } = marker
    ref.current?.easeTo({ center: [longitude, latitude], zoom: Math.min(expandsAt + 0.3, 16) })
  }

  return (
    <>
      <MapView
        attributionControl={{ compact: true }}
        dragRotate={false}
        initialViewState={{
          bounds: first.current,
          fitBoundsOptions: { padding, maxZoom: closest },
        }}
        mapStyle={style}
        maxZoom={isOwn ? 14 : 19}
        minZoom={1.5}
        onError={() => {
          if (!isOwn && !ref.current?.isStyleLoaded()) setNoTiles(true)
        }}
        onLoad={look}
        onMoveEnd={look}
        onZoom={() => {
          const zoom = ref.current?.getZoom() ?? 0
          if (view && Math.round(zoom) !== Math.round(view.zoom)) look()
        }}
        pitchWithRotate={false}
        ref={ref}
        style={{ position: 'absolute', inset: 0 }}
        touchPitch={false}
      >
        <NavigationControl position="top-right" showCompass={false} />
        {inTabOrder(markers).map((marker) => (
          <Marker key={marker.key} latitude={marker.latitude} longitude={marker.longitude}>
            <MapMarker
              isSelected={marker.kind === 'site' && marker.site.id === selectedId}
              marker={marker}
              onOpen={() => open(marker)}
              withName={(view?.zoom ?? 0) >= namesFromZoom}
            />
          </Marker>
        ))}
      </MapView>
      {hasNoTiles && (
        <p className="cpms-map-note" role="status">
          The map server does not answer: this is the plain map.
        </p>
      )}
    </>
  )
}

type MarkerProps = { marker: OnMap; withName: boolean; isSelected: boolean; onOpen: () => void }

function MapMarker({ marker, withName, isSelected, onOpen }: MarkerProps) {
  const look = statusLook(marker.worst)
  const isSite = marker.kind === 'site'
  const story = marker.worst === null ? '' : `: ${sayCounts(marker.counts)}`
  const place = isSite ? marker.site.name : `${marker.sites} sites`
  const words = `${whole(marker.total)} ${marker.total === 1 ? 'charger' : 'chargers'} at ${place}${story}`
  const root = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    // MapLibre calls its own box a button as well; ours is the one that does something. It says so after this effect.
    const timer = setTimeout(() => {
      const box = root.current?.closest('.maplibregl-marker')
      box?.removeAttribute('role')
      box?.removeAttribute('aria-label')
    })
    return () => clearTimeout(timer)
  }, [])
  return (
    <span className="cpms-marker-box" ref={root}>
      <button
        aria-label={words}
        aria-pressed={isSite ? isSelected : undefined}
        className="cpms-marker"
        data-kind={marker.kind}
        data-size={marker.total >= 100 ? 'large' : undefined}
        data-tone={marker.worst === null ? 'grey' : look.tone}
        onClick={(event) => {
          event.stopPropagation()
          onOpen()
        }}
        title={words}
        type="button"
      >
        <Icon name={marker.worst === null ? 'pin' : look.icon} />
        <span>{whole(marker.total)}</span>
      </button>
      {isSite && withName && (
        <span aria-hidden="true" className="cpms-marker-name">
          {marker.site.name}
        </span>
      )}
    </span>
  )
}

/** "2 faulted, 3 offline, 10 charging", what needs somebody first. */
export function sayCounts(counts: Readonly<Partial<Record<string, number>>>): string {
  return worstFirst
    .filter((status) => (counts[status] ?? 0) > 0)
    .map((status) => `${whole(counts[status] ?? 0)} ${statusLook(status).label.toLowerCase()}`)
    .join(', ')
}

/** From north to south, as one reads. What is worst lies on top where two touch, by its tone in the stylesheet. */
function inTabOrder(markers: OnMap[]): OnMap[] {
  return [...markers].sort((a, b) => b.latitude - a.latitude || a.longitude - b.longitude)
}
