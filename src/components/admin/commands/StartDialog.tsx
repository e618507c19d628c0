'use client'

import { useEffect, useState } from 'react'

import { statusLook } from '@/domain/connector'
import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { ConfirmDialog } from './ConfirmDialog'
import type { Wish } from './send'
import { nameOf } from './useChargerActions'

type Card = { uid: string; label: string }

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
  const cards = useCards(allowed.cards)
  const chosen = board.connectors.find((connector) => connector.number === connectorId)

  return (
    <ConfirmDialog
      canSend={idTag.trim() !== ''}
      confirm="Start"
      onClose={onClose}
      send={() =>
        send({ action: 'RemoteStartTransaction', payload: { connectorId, idTag: idTag.trim() } })
      }
      title={`Start a charge at ${board.name}`}
    >
      {board.connectors.length > 1 && (
        <label className="cpms-field">
          Connector
          <select
            className="cpms-input"
            onChange={(event) => setConnector(Number(event.target.value))}
            value={connectorId}
          >
            {board.connectors.map((connector) => (
              <option key={connector.id} value={connector.number}>
                {nameOf(connector)} · {statusLook(connector.status).label}
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
          list="cpms-cards"
          maxLength={20}
          name="idTag"
          onChange={(event) => setIdTag(event.target.value)}
          placeholder={cards.length > 0 ? 'Choose or type a card number' : 'Card number (UID)'}
          value={idTag}
        />
        <datalist id="cpms-cards">
          {cards.map((card) => (
            <option key={card.uid} value={card.uid}>
              {card.label}
            </option>
          ))}
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

type CardDoc = { uid?: unknown; label?: unknown; driver?: { name?: unknown } | number | null }

function useCards(isAllowed: boolean): Card[] {
  const [cards, setCards] = useState<Card[]>([])
  useEffect(() => {
    if (!isAllowed) return
    const query = 'limit=100&depth=1&sort=-updatedAt&where[status][equals]=active'
    fetch(`/api/rfid-cards?${query}`, { credentials: 'include' })
      .then((response) =>
        response.ok ? (response.json() as Promise<{ docs: CardDoc[] }>) : { docs: [] },
      )
      .then(({ docs }) => setCards(docs.flatMap(toCard)))
      .catch(() => {})
  }, [isAllowed])
  return cards
}

function toCard(doc: CardDoc): Card[] {
  // Whoever sees a part of a card's number only cannot start with it; typing the whole of it works.
  if (typeof doc.uid !== 'string' || doc.uid.includes('•')) return []
  const driver = typeof doc.driver === 'object' ? doc.driver?.name : null
  const words = [doc.label, driver].filter(
    (word): word is string => typeof word === 'string' && word !== '',
  )
  return [{ uid: doc.uid, label: words.join(' · ') }]
}
