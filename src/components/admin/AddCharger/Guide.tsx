'use client'

import './addCharger.css'

import { useState } from 'react'

import type { AddChargerPage } from '@/panel/addCharger'

import { GoTo } from '../ui/GoTo'
import { ChargerForm, type Made } from './ChargerForm'
import { InstallerSheet } from './InstallerSheet'
import { WaitForIt } from './WaitForIt'

/** `site`: where one comes from, chosen beforehand; empty where nowhere in particular. */
type Props = { page: AddChargerPage; identity: string; site: string }

/** Three steps on one page: what it is, what to type into it, waiting until it is there. */
export function Guide({ page, identity, site }: Props) {
  const [made, setMade] = useState<Made | null>(null)
  const [turn, setTurn] = useState(0)
  if (page.sites.length === 0) {
    return (
      <div className="cpms-empty">
        <h2>A charger stands at a site</h2>
        <p>There is none yet that you may add to.</p>
        <GoTo className="cpms-button" data-kind="primary" to="/admin/collections/sites/create">
          Add a site first
        </GoTo>
      </div>
    )
  }
  if (!made) {
    return (
      <ChargerForm
        identity={turn === 0 ? identity : ''}
        key={turn}
        onMade={setMade}
        site={site}
        sites={page.sites}
        url={page.url}
      />
    )
  }
  return (
    <div className="cpms-page">
      <InstallerSheet made={made} url={page.url} />
      <WaitForIt made={made} />
      <div className="cpms-row cpms-noprint">
        <GoTo
          className="cpms-button"
          data-kind="primary"
          to={`/admin/collections/chargers/${made.id}`}
        >
          Open {made.name}
        </GoTo>
        <button
          className="cpms-button"
          onClick={() => {
            setMade(null)
            setTurn(turn + 1)
          }}
          type="button"
        >
          Add another
        </button>
      </div>
    </div>
  )
}
