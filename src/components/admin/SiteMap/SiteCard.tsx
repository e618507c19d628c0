'use client'

import { useEffect, useRef, useState } from 'react'

import { worstFirst } from '@/domain/siteStatus'
import type { MapSite, SiteCharger, SiteChargers } from '@/panel/siteMap'

import { sentenceOf } from '../commands/send'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { StatusPill } from '../ui/StatusPill'
import { kW } from '../ui/words'

type Props = { site: MapSite; region: string | null; onClose: () => void }

/** One site with its chargers as pills; their states move with the map's. */
export function SiteCard({ site, region, onClose }: Props) {
  const { card, problem } = useCard(site.id, site.chargers.length)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [site.id])
  const now = new Map(site.chargers)
  const chargers = (card?.chargers ?? [])
    .map((charger) => ({ ...charger, status: now.get(charger.id) ?? charger.status }))
    .sort(
      (a, b) => severity(a) - severity(b) || a.name.localeCompare(b.name, 'en', { numeric: true }),
    )
  return (
    <section
      aria-label={site.name}
      className="cpms-map-card"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <button className="cpms-button" data-kind="quiet" onClick={onClose} type="button">
        ← All sites
      </button>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {site.name}
        </h2>
        <p className="cpms-muted">{[site.address, region].filter(Boolean).join(' · ')}</p>
      </div>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {!card && !problem && <div className="cpms-skeleton" />}
      {card && chargers.length === 0 && <p className="cpms-muted">No chargers here yet.</p>}
      <ul className="cpms-list">
        {chargers.map((charger) => (
          <li key={charger.id}>
            <span className="cpms-list-text">
              <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
              <span className="cpms-muted">
                {charger.powerW !== null && charger.status === 'Charging' ? (
                  `${kW(charger.powerW)} kW now`
                ) : (
                  <>
                    last seen <Ago at={charger.lastSeenAt} timezone={card?.timezone ?? null} />
                  </>
                )}
              </span>
            </span>
            <StatusPill isLive status={charger.status} />
          </li>
        ))}
      </ul>
      <div className="cpms-row">
        <GoTo className="cpms-button" to={`/admin/collections/sites/${site.id}`}>
          Open site
        </GoTo>
      </div>
    </section>
  )
}

/** Read when the card opens, and again when the number of its chargers changes. */
function useCard(siteId: number, chargers: number) {
  const [card, setCard] = useState<SiteChargers | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const left = new AbortController()
    setCard((before) => (before?.siteId === siteId ? before : null))
    setProblem(null)
    fetch(`/api/map?site=${siteId}`, { credentials: 'include', signal: left.signal })
      .then(async (response) => {
        const body: unknown = await response.json().catch(() => null)
        if (response.ok) setCard(body as SiteChargers)
        else setProblem(sentenceOf(body) ?? 'The chargers could not be read.')
      })
      .catch(() => {
        if (!left.signal.aborted) setProblem('The server did not answer. Check your connection.')
      })
    return () => left.abort()
  }, [siteId, chargers])
  return { card, problem }
}

const severity = ({ status }: SiteCharger) =>
  worstFirst.indexOf(status as (typeof worstFirst)[number])
