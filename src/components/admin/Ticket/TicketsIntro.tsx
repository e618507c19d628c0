import '../Alerts/alerts.css'
import './ticket.css'

import type { Payload } from 'payload'

import { loadTicketCounts } from '@/panel/tickets'

import { TicketTabs } from './TicketTabs'

type Props = { payload: Payload; user?: { id: number | string; collection?: string } | null }

/** Above the list: the views one comes for. */
export async function TicketsIntro({ payload, user }: Props) {
  const counts = await loadTicketCounts({ payload, user })
  return counts && <TicketTabs counts={counts} userId={Number(user?.id)} />
}
