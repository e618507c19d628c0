'use client'

import { useState } from 'react'

import { statusLook } from '@/domain/connector'
import { worstFirst, worstOf } from '@/domain/siteStatus'
import type { MapSite } from '@/panel/siteMap'

import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'
import { countsOf, isPlaced } from './clusters'

const pageSize = 60

type Props = { sites: readonly MapSite[]; onSelect: (siteId: number) => void }

/** The same sites as words, the worst first: for the keyboard, for a phone, and for sites that have no place yet. */
export function SiteList({ sites, onSelect }: Props) {
  const [limit, setLimit] = useState(pageSize)
  const sorted = sites
    .map((site) => ({ site, worst: worstOf(countsOf(site)) }))
    .sort((a, b) => severity(a.worst) - severity(b.worst) || a.site.name.localeCompare(b.site.name))
  const unplaced = sites.filter((site) => !isPlaced(site)).length
  return (
    <>
      {unplaced > 0 && (
        <p className="cpms-note">
          {unplaced === 1 ? 'One site is' : `${whole(unplaced)} sites are`} not on the map: give{' '}
          {unplaced === 1 ? 'it' : 'them'} a latitude and a longitude.
        </p>
      )}
      <ul className="cpms-map-sites">
        {sorted.slice(0, limit).map(({ site, worst }) => (
          <li key={site.id}>
            <button
              className="cpms-map-site"
              data-site={site.id}
              onClick={() => onSelect(site.id)}
              type="button"
            >
              <span className="cpms-list-text">
                <strong>{site.name}</strong>
                <span className="cpms-muted">{site.address}</span>
              </span>
              <WorstPill chargers={site.chargers} worst={worst} />
            </button>
          </li>
        ))}
      </ul>
      {sorted.length > limit && (
        <button className="cpms-button" onClick={() => setLimit(limit + pageSize)} type="button">
          Show more ({whole(sorted.length - limit)} left)
        </button>
      )}
      {sites.length === 0 && (
        <p className="cpms-muted">
          No site matches. <GoTo to="/admin/collections/sites">All sites</GoTo>
        </p>
      )}
    </>
  )
}

/** The worst state there and how many have it; all of them when all are well. */
function WorstPill({ chargers, worst }: { chargers: MapSite['chargers']; worst: string | null }) {
  if (worst === null) return <span className="cpms-muted">no chargers</span>
  const look = statusLook(worst)
  const count = chargers.filter(([, status]) => status === worst).length
  return (
    <span className="cpms-pill" data-live data-tone={look.tone}>
      <Icon name={look.icon} />
      {chargers.length === 1 ? look.label : `${look.label} ${count}/${chargers.length}`}
    </span>
  )
}

const severity = (worst: string | null) =>
  worst === null ? worstFirst.length : worstFirst.indexOf(worst as (typeof worstFirst)[number])
