'use client'

import type { DefaultCellComponentProps } from 'payload'

import { TicketStatusPill } from '../Ticket/TicketStatusPill'
import type { TicketStatus } from '../Ticket/words'

export function TicketStatusCell({ cellData }: DefaultCellComponentProps) {
  return <TicketStatusPill status={cellData as TicketStatus} />
}
