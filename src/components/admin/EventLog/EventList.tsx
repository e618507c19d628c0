'use client'

import { useState } from 'react'

import type { EventGroup, EventPage } from '@/panel/chargerTabs'

import { EventRow } from './EventRow'
import { useEvents } from './useEvents'

const groups: readonly { group: EventGroup; label: string }[] = [
  { group: 'all', label: 'Everything' },
  { group: 'faults', label: 'Faults' },
  { group: 'status', label: 'Status' },
  { group: 'connection', label: 'Connection' },
  { group: 'other', label: 'Firmware and security' },
]

type Props = {
  chargerId: number
  timezone: string
  connectors: { number: number; label: string | null }[]
  first: EventPage
}

export function EventList({ chargerId, timezone, connectors, first }: Props) {
  const [group, setGroup] = useState<EventGroup>('all')
  const [connector, setConnector] = useState('')
  const { docs, problem, more } = useEvents(chargerId, { group, connector }, first)
  const nameOf = (number: number | null) =>
    connectors.find((one) => one.number === number)?.label || `Connector ${number}`
  return (
    <>
      <div aria-label="Filter" className="cpms-row" role="group">
        {groups.map((one) => (
          <button
            aria-pressed={group === one.group}
            className="cpms-chip"
            key={one.group}
            onClick={() => setGroup(one.group)}
            type="button"
          >
            {one.label}
          </button>
        ))}
        {connectors.length > 1 && (
          <select
            aria-label="Connector"
            className="cpms-input"
            onChange={(event) => setConnector(event.target.value)}
            value={connector}
          >
            <option value="">Every connector</option>
            {connectors.map(({ number }) => (
              <option key={number} value={number}>
                {nameOf(number)}
              </option>
            ))}
            <option value="0">The charger itself</option>
          </select>
        )}
        <span className="cpms-muted">Times in {timezone}</span>
      </div>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {docs.length === 0 && !problem && (
        <p className="cpms-empty">
          {group === 'faults'
            ? 'No faults were reported.'
            : 'Nothing yet. Lines appear here as the charger reports them.'}
        </p>
      )}
      <ul className="cpms-lines">
        {docs.map((event) => (
          <EventRow
            event={event}
            key={event.key}
            timezone={timezone}
            where={
              event.kind !== 'status'
                ? null
                : event.connectorId === 0
                  ? 'Charger'
                  : nameOf(event.connectorId)
            }
          />
        ))}
      </ul>
      {more && (
        <div>
          <button className="cpms-button" onClick={() => void more()} type="button">
            Older entries
          </button>
        </div>
      )}
    </>
  )
}
