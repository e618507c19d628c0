'use client'

import { useState } from 'react'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { ConfirmDialog } from './ConfirmDialog'
import { ConnectorField } from './ConnectorField'
import type { Wish } from './send'
import { useCards } from './useCards'

const action = 'RemoteStartTransaction'
const ready = ['Preparing', 'Available', 'SuspendedEV', 'Finishing', 'Reserved']

/** Which connector, and which card the charge is for: OCPP starts nothing without one. */
export function StartDialog({
  board,
  allowed,
  send,
  onClose,
}: {
  board: ChargerBoard
  allowed: AllowedHere
  send: (wish: Wish) => Promise<string | null>
  onClose: () => void
}) {
  const free = board.connectors.filter((connector) => !connector.session)
  const best =
    ready.map((status) => free.find((connector) => connector.status === status)).find(Boolean) ??
    free[0]
  const [connectorId, setConnector] = useState(best?.number ?? board.connectors[0]?.number ?? 1)
  const [idTag, setIdTag] = useState('')
  const [picked, setPicked] = useState('')
  const cards = useCards(allowed.cards)
  const hidden = cards.filter(({ uid }) => uid === null)
  const chosen = board.connectors.find((connector) => connector.number === connectorId)

  return (
    <ConfirmDialog
      canSend={idTag.trim() !== '' || picked !== ''}
      confirm="Start"
      onClose={onClose}
      send={() =>
        send(
          picked
            ? { action, payload: { connectorId }, card: Number(picked) }
            : { action, payload: { connectorId, idTag: idTag.trim() } },
        )
      }
      title={`Start a charge at ${board.name}`}
    >
      {board.connectors.length > 1 && (
        <ConnectorField board={board} onChange={setConnector} value={connectorId} />
      )}
      {hidden.length > 0 && (
        <label className="cpms-field">
          Card
          <select
            className="cpms-input"
            onChange={(event) => setPicked(event.target.value)}
            value={picked}
          >
            <option value="">Type its number below</option>
            {hidden.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="cpms-field">
        RFID card the charge is for
        <input
          autoComplete="off"
          data-focus
          className="cpms-input"
          disabled={picked !== ''}
          list="cpms-cards"
          maxLength={20}
          name="idTag"
          onChange={(event) => setIdTag(event.target.value)}
          placeholder={cards.length > 0 ? 'Choose or type a card number' : 'Card number (UID)'}
          value={idTag}
        />
        <datalist id="cpms-cards">
          {cards.map(
            ({ id, uid, label }) =>
              uid !== null && (
                <option key={id} value={uid}>
                  {label}
                </option>
              ),
          )}
        </datalist>
      </label>
      {chosen?.session && (
        <p className="cpms-note">
          A charge is running on this connector; the charger will probably refuse.
        </p>
      )}
      {chosen?.status === 'Available' && (
        <p className="cpms-muted">
          Nothing is plugged in yet. The charger waits for the cable after it accepts.
        </p>
      )}
    </ConfirmDialog>
  )
}
