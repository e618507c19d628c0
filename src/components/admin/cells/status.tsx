'use client'

import type { DefaultCellComponentProps } from 'payload'

import { nameOfCommand, readPayload } from '../commands/words'
import { GoTo } from '../ui/GoTo'
import { Icon, type IconName } from '../ui/Icon'

type Look = { tone: string; icon: IconName; label: string }

const sessionLooks: Readonly<Record<string, Look>> = {
  charging: { tone: 'green', icon: 'bolt', label: 'Charging' },
  ended: { tone: 'grey', icon: 'check', label: 'Ended' },
  'needs-review': { tone: 'amber', icon: 'warning', label: 'Needs review' },
}

const commandLooks: Readonly<Record<string, Look>> = {
  queued: { tone: 'blue', icon: 'clock', label: 'Queued' },
  sent: { tone: 'blue', icon: 'arrow', label: 'Sent' },
  accepted: { tone: 'blue', icon: 'check', label: 'Accepted' },
  effective: { tone: 'green', icon: 'check', label: 'Done' },
  rejected: { tone: 'amber', icon: 'cross', label: 'Refused' },
  failed: { tone: 'red', icon: 'cross', label: 'Failed' },
  timeout: { tone: 'red', icon: 'clock', label: 'No answer' },
}

const reservationLooks: Readonly<Record<string, Look>> = {
  requested: { tone: 'blue', icon: 'clock', label: 'Requested' },
  accepted: { tone: 'violet', icon: 'card', label: 'Reserved' },
  used: { tone: 'green', icon: 'bolt', label: 'Used' },
  expired: { tone: 'grey', icon: 'clock', label: 'Expired' },
  cancelled: { tone: 'grey', icon: 'cross', label: 'Cancelled' },
  'cancelled-by-fault': { tone: 'red', icon: 'cross', label: 'Cancelled by a fault' },
  refused: { tone: 'amber', icon: 'cross', label: 'Refused' },
}

export function ReservationStateCell({ cellData }: DefaultCellComponentProps) {
  return <Pill look={reservationLooks[String(cellData)]} word={String(cellData)} />
}

export function SessionStatusCell({ cellData }: DefaultCellComponentProps) {
  return <Pill look={sessionLooks[String(cellData)]} word={String(cellData)} />
}

export function CommandStatusCell({ cellData, rowData }: DefaultCellComponentProps) {
  const isEnd = cellData === 'accepted' && (rowData as { isFinal?: unknown }).isFinal === true
  return (
    <Pill
      look={isEnd ? { ...commandLooks.accepted!, tone: 'green' } : commandLooks[String(cellData)]}
      word={String(cellData)}
    />
  )
}

/** What was asked, in the words of the buttons, as the way to its page. */
export function CommandNameCell({ cellData, rowData }: DefaultCellComponentProps) {
  const { id, payload } = rowData as { id: number; payload?: unknown }
  const given =
    typeof payload === 'string' || (typeof payload === 'object' && payload) ? payload : null
  return (
    <GoTo to={`/admin/collections/commands/${id}`}>
      {nameOfCommand(
        String(cellData),
        readPayload(given as string | Record<string, unknown> | null),
      )}
    </GoTo>
  )
}

function Pill({ look, word }: { look: Look | undefined; word: string }) {
  return (
    <span className="cpms-pill" data-tone={look?.tone ?? 'grey'}>
      <Icon name={look?.icon ?? 'question'} />
      {look?.label ?? word}
    </span>
  )
}
