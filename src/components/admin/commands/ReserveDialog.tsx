'use client'

import { useState } from 'react'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { useReread } from '../live/LiveContext'
import { save } from '../ui/save'
import { ConfirmDialog } from './ConfirmDialog'
import { ConnectorField } from './ConnectorField'
import { useCards } from './useCards'

const spans = [
  { minutes: 15, label: '15 minutes' },
  { minutes: 30, label: '30 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 120, label: '2 hours' },
  { minutes: 240, label: '4 hours' },
  { minutes: 720, label: '12 hours' },
] as const

/** Which connector is kept free, for whose card, and for how long. */
export function ReserveDialog({
  board,
  allowed,
  onClose,
}: {
  board: ChargerBoard
  allowed: AllowedHere
  onClose: () => void
}) {
  const reread = useReread()
  const best = board.connectors.find((connector) => connector.status === 'Available')
  const [connectorId, setConnector] = useState(best?.number ?? board.connectors[0]?.number ?? 0)
  const [card, setCard] = useState('')
  const [minutes, setMinutes] = useState(30)
  const cards = useCards(allowed.cards)
  const chosen = board.connectors.find((connector) => connector.number === connectorId)

  async function send(): Promise<string | null> {
    const saved = await save('POST', '/api/reservations', {
      charger: board.id,
      connectorId,
      card: Number(card),
      until: new Date(Date.now() + minutes * 60_000).toISOString(),
    })
    if (saved.kind === 'refused') return saved.why
    reread()
    return null
  }

  return (
    <ConfirmDialog
      canSend={card !== ''}
      confirm="Reserve"
      onClose={onClose}
      send={send}
      title={`Reserve ${board.name}`}
    >
      <ConnectorField any="Any of them" board={board} onChange={setConnector} value={connectorId} />
      <label className="cpms-field">
        For the card
        <select
          className="cpms-input"
          data-focus
          name="card"
          onChange={(event) => setCard(event.target.value)}
          value={card}
        >
          <option value="">Choose</option>
          {cards.map(({ id, uid, label }) => (
            <option key={id} value={id}>
              {[label, uid].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      </label>
      <label className="cpms-field">
        For how long
        <select
          className="cpms-input"
          onChange={(event) => setMinutes(Number(event.target.value))}
          value={minutes}
        >
          {spans.map((span) => (
            <option key={span.minutes} value={span.minutes}>
              {span.label}
            </option>
          ))}
        </select>
      </label>
      {chosen && chosen.status !== 'Available' && (
        <p className="cpms-note">This connector is not free; the charger will probably refuse.</p>
      )}
    </ConfirmDialog>
  )
}
