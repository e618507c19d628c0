'use client'

import './access.css'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import type { Approved, ChargerAccess } from '@/panel/chargerTabs'

import { sentenceOf } from '../commands/send'
import { Icon } from '../ui/Icon'
import { ApprovedList } from './ApprovedList'

type Patch = {
  visibility?: 'public' | 'private'
  approvedDrivers?: number[]
  approvedFleets?: number[]
  approvedCards?: number[]
}

const modes = [
  {
    value: 'public',
    icon: 'pin',
    label: 'Public',
    consequence: 'Visible on the app’s map and usable by anyone.',
  },
  {
    value: 'private',
    icon: 'lock',
    label: 'Private Mode',
    consequence: 'Hidden; only these people, groups and cards.',
  },
] as const

/** Saved as it is clicked: there is nothing to forget to save. */
export function AccessBoard({
  access: read,
  mayChange,
}: {
  access: ChargerAccess
  mayChange: boolean
}) {
  const [access, setAccess] = useState(read)
  const [isSaving, setSaving] = useState(false)
  const router = useRouter()
  useEffect(() => setAccess(read), [read])

  async function save(patch: Patch, next: ChargerAccess, done: string): Promise<void> {
    const before = access
    setAccess(next)
    setSaving(true)
    const response = await fetch(`/api/chargers/${access.id}?depth=0`, {
      method: 'PATCH',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(patch),
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    setSaving(false)
    if (response?.ok) {
      toast.success(done)
      router.refresh()
      return
    }
    setAccess(before)
    toast.error(sentenceOf(body) ?? 'It was not saved. Check your connection and try again.')
  }

  const list = (
    key: 'drivers' | 'fleets' | 'cards',
    field: 'approvedDrivers' | 'approvedFleets' | 'approvedCards',
  ) => ({
    chosen: access[key],
    disabled: !mayChange || isSaving,
    onChange: (chosen: Approved[], done: string) =>
      void save({ [field]: chosen.map(({ id }) => id) }, { ...access, [key]: chosen }, done),
  })
  const isPrivate = access.visibility === 'private'
  const isOpen = access.drivers.length + access.fleets.length + access.cards.length === 0
  return (
    <>
      <fieldset className="cpms-modes" disabled={!mayChange || isSaving}>
        <legend>Who may use {access.name}?</legend>
        {modes.map(({ value, icon, label, consequence }) => (
          <label className="cpms-mode" key={value}>
            <input
              checked={access.visibility === value}
              name="mode"
              onChange={() =>
                void save(
                  { visibility: value },
                  { ...access, visibility: value },
                  `${access.name}: ${label}`,
                )
              }
              type="radio"
              value={value}
            />
            <span>
              <strong>
                <Icon name={icon} /> {label}
              </strong>
              <span className="cpms-muted">{consequence}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {!mayChange && <p className="cpms-muted">Your role may look at this, not change it.</p>}
      {isPrivate && isOpen && (
        <p className="cpms-note">
          The three lists are empty, so <strong>every active card of the network</strong> can still
          charge here; the app does not show the charger. Name somebody, and only who is named can.
        </p>
      )}
      {isPrivate ? (
        <div className="cpms-grid">
          <ApprovedList
            {...list('drivers', 'approvedDrivers')}
            about="Each with all of his or her cards."
            kind="driver"
            title="Approved users"
          />
          <ApprovedList
            {...list('fleets', 'approvedFleets')}
            about="Fleets: their drivers, cards and cars."
            kind="fleet"
            title="Approved groups"
          />
          <ApprovedList
            {...list('cards', 'approvedCards')}
            about="Single cards, whoever holds them."
            kind="card"
            title="Approved cards"
          />
        </div>
      ) : (
        !isOpen && (
          <p className="cpms-muted">
            People, groups and cards that were approved are kept and count again in Private Mode.
          </p>
        )
      )}
    </>
  )
}
