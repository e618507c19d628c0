import { Icon } from '../ui/Icon'
import { ticketStatus, type TicketStatus } from './words'

export function TicketStatusPill({ status }: { status: TicketStatus }) {
  const { label, tone, icon } = ticketStatus[status] ?? ticketStatus.open
  return (
    <span className="cpms-pill" data-tone={tone}>
      <Icon name={icon} />
      {label}
    </span>
  )
}
