import '../Alerts/alerts.css'
import './ticket.css'

import type { Payload } from 'payload'

import { loadTicketCounts } from '@/panel/tickets'

import { ListIntro } from '../ListIntro'
import { TicketTabs } from './TicketTabs'

type Props = {
  id?: number | string
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  description?: string
}

/** Above the list: what it is, and the views one comes for. */
export async function TicketsIntro({ id, payload, user, description }: Props) {
  if (id !== undefined) return null
  const counts = await loadTicketCounts({ payload, user })
  return (
    <div className="cpms-block cpms-ticket-intro">
      <ListIntro description={description} />
      {counts && <TicketTabs counts={counts} userId={Number(user?.id)} />}
    </div>
  )
}
