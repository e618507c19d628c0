'use client'

import { toast } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'
import { useState, type ReactNode } from 'react'

import type { AllowedHere, ChargerBoard, ConnectorBoard } from '@/panel/chargerPage'

import { useReread } from '../live/LiveContext'
import type { MenuGroup, MenuItem } from '../ui/Menu'
import { LockDialog, UnlockDialog } from './CableDialogs'
import { ReserveDialog } from './ReserveDialog'
import { ResetDialog } from './ResetDialog'
import { sendCommand, type Wish } from './send'
import { StartDialog } from './StartDialog'

export type Send = (wish: Wish) => Promise<string | null>

type Open =
  | { kind: 'start' | 'reserve' }
  | { kind: 'reset'; type: 'Soft' | 'Hard' }
  | { kind: 'unlock' | 'lock'; connector: ConnectorBoard }

/** Sends a wish; null when it was taken, else why not. The story of it appears on the page by itself. */
export function useSend(chargerId: number): Send {
  const reread = useReread()
  const isElsewhere = /\/(ocpp-log|settings)$/.test(usePathname())
  return async (wish) => {
    const sent = await sendCommand(chargerId, wish)
    if (sent.kind === 'refused') return sent.why
    if (isElsewhere) toast.info('Asked. What comes of it stands on the Overview.')
    reread()
    return null
  }
}

export const nameOf = (connector: ConnectorBoard) =>
  connector.label || `Connector ${connector.number}`

/**
 * The common commands in the FAQ's words, grouped, as far as the person may give them here; and the dialog that is open.
 * Drawn as a menu in the head and as buttons on the tab.
 */
export function useChargerActions(
  board: ChargerBoard,
  allowed: AllowedHere,
): { groups: MenuGroup[]; dialog: ReactNode } {
  const [open, setOpen] = useState<Open | null>(null)
  const send = useSend(board.id)
  async function now(wish: Wish): Promise<void> {
    const problem = await send(wish)
    if (problem) toast.error(problem)
  }
  const groups = [
    {
      key: 'charge',
      title: 'Charge',
      items: chargeItems(board, allowed, setOpen, (wish) => void now(wish)),
    },
    ...board.connectors.map((connector) => ({
      key: `connector-${connector.number}`,
      title: nameOf(connector),
      items: cableItems(connector, allowed, setOpen, (wish) => void now(wish)),
    })),
    { key: 'reset', title: 'Restart', items: resetItems(allowed, setOpen) },
  ]
  const rest = { board, send, onClose: () => setOpen(null) }
  return {
    groups: groups.filter((group) => group.items.length > 0),
    dialog: (
      <>
        {open?.kind === 'start' && <StartDialog {...rest} allowed={allowed} />}
        {open?.kind === 'reserve' && (
          <ReserveDialog allowed={allowed} board={board} onClose={rest.onClose} />
        )}
        {open?.kind === 'reset' && <ResetDialog {...rest} type={open.type} />}
        {open?.kind === 'unlock' && <UnlockDialog {...rest} connector={open.connector} />}
        {open?.kind === 'lock' && <LockDialog {...rest} connector={open.connector} />}
      </>
    ),
  }
}

type Opener = (what: Open) => void
type Now = (wish: Wish) => void

function chargeItems(
  board: ChargerBoard,
  allowed: AllowedHere,
  open: Opener,
  now: Now,
): MenuItem[] {
  const start: MenuItem = {
    key: 'start',
    icon: 'play',
    label: 'Start',
    note: 'Begin a charge for a card',
    onSelect: () => open({ kind: 'start' }),
  }
  const running = board.connectors.filter((connector) => connector.session)
  const stops = running.map((connector): MenuItem => ({
    key: `stop-${connector.number}`,
    icon: 'stop',
    label: running.length > 1 ? `Stop ${nameOf(connector)}` : 'Stop',
    note: connector.session?.who
      ? `The charge of ${connector.session.who}`
      : 'The charge that is running',
    onSelect: () =>
      now({
        action: 'RemoteStopTransaction',
        payload: { transactionId: connector.session?.transactionId },
      }),
  }))
  const reserve: MenuItem = {
    key: 'reserve',
    icon: 'card',
    label: 'Reserve',
    note: 'Keep a connector free for a card',
    onSelect: () => open({ kind: 'reserve' }),
  }
  return [
    ...(allowed.start ? [start] : []),
    ...(allowed.stop ? stops : []),
    ...(allowed.reserve && allowed.cards ? [reserve] : []),
  ]
}

function cableItems(
  connector: ConnectorBoard,
  allowed: AllowedHere,
  open: Opener,
  now: Now,
): MenuItem[] {
  const { number } = connector
  const unlock: MenuItem = {
    key: `unlock-${number}`,
    icon: 'unlock',
    label: 'Unlock cable',
    note: 'For a cable that is stuck',
    onSelect: () => open({ kind: 'unlock', connector }),
  }
  const release: MenuItem = {
    key: `release-${number}`,
    icon: 'check',
    label: 'Unlock connector',
    note: 'Back in use',
    onSelect: () =>
      now({ action: 'ChangeAvailability', payload: { connectorId: number, type: 'Operative' } }),
  }
  const lock: MenuItem = {
    key: `lock-${number}`,
    icon: 'lock',
    label: 'Lock connector',
    note: 'Take it out of use',
    onSelect: () => open({ kind: 'lock', connector }),
  }
  const availability = connector.status === 'Unavailable' ? release : lock
  return [...(allowed.unlock ? [unlock] : []), ...(allowed.availability ? [availability] : [])]
}

function resetItems(allowed: AllowedHere, open: Opener): MenuItem[] {
  if (!allowed.reset) return []
  return [
    {
      key: 'soft',
      icon: 'restart',
      label: 'Soft Reset',
      note: 'Restarts the software, a quick refresh',
      onSelect: () => open({ kind: 'reset', type: 'Soft' }),
    },
    {
      key: 'hard',
      icon: 'power',
      label: 'Hard Reset',
      note: 'Restarts the entire charger, like turning it off and on',
      danger: true,
      onSelect: () => open({ kind: 'reset', type: 'Hard' }),
    },
  ]
}
