'use client'

import type { DefaultCellComponentProps } from 'payload'

import { Icon, type IconName } from '../ui/Icon'

const looks: Readonly<Record<string, { tone: string; icon: IconName; label: string }>> = {
  active: { tone: 'green', icon: 'check', label: 'Active' },
  blocked: { tone: 'red', icon: 'lock', label: 'Blocked' },
  lost: { tone: 'amber', icon: 'question', label: 'Lost' },
  expired: { tone: 'grey', icon: 'clock', label: 'Expired' },
}

/** Whether a card is taken: word, icon and colour. */
export function CardStatus({ status }: { status: string }) {
  const look = looks[status]
  return (
    <span className="cpms-pill" data-tone={look?.tone ?? 'grey'}>
      <Icon name={look?.icon ?? 'question'} />
      {look?.label ?? status}
    </span>
  )
}

export function CardStatusCell({ cellData }: DefaultCellComponentProps) {
  return <CardStatus status={String(cellData)} />
}
