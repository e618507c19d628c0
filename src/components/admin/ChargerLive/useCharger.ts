'use client'

import { useEffect, useRef, useState } from 'react'

import type { ChargerBoard } from '@/panel/chargerPage'

import type { LiveEvent } from '../live/connection'
import { useLive, useReread } from '../live/LiveContext'
import { applyEvent, applyTicks, rereadKinds } from './applyEvent'

const keptEvents = 60
/** An event's time is the fact's; its commit, and so our reading, may be this much later. */
const marginMs = 2_000

/**
 * The charger as the page's server read it, moved on by what happens. A page that is read again starts over from there;
 * events that came while it was on its way are laid upon it.
 */
export function useCharger(read: ChargerBoard): ChargerBoard {
  const [board, setBoard] = useState(read)
  const recent = useRef<LiveEvent[]>([])
  const reread = useReread()

  useEffect(() => {
    const from = new Date(read.readAt).getTime() - marginMs
    const later = recent.current.filter((event) => new Date(event.at).getTime() >= from)
    setBoard(later.reduce(applyEvent, read))
  }, [read])

  useLive({
    onEvent(event) {
      if (event.chargerId !== read.id) return
      recent.current = [...recent.current, event].slice(-keptEvents)
      setBoard((before) => applyEvent(before, event))
      const isNewCommand =
        event.kind === 'command.changed' &&
        !board.commands.some((command) => command.id === event.body.commandId)
      const isNewConnector =
        event.kind === 'connector.status' &&
        event.body.connectorId !== 0 &&
        !board.connectors.some((connector) => connector.number === event.body.connectorId)
      if (rereadKinds.has(event.kind) || isNewCommand || isNewConnector) reread()
    },
    onTicks: (ticks) => setBoard((before) => applyTicks(before, ticks)),
    onReturn: reread,
  })
  return board
}
