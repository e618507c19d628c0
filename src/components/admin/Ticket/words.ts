export const ticketStatus = {
  open: { label: 'Open', tone: 'amber', icon: 'ticket' },
  waiting: { label: 'Waiting for the reporter', tone: 'blue', icon: 'clock' },
  resolved: { label: 'Resolved', tone: 'green', icon: 'check' },
} as const

export const ticketPriority = { low: 'Low', normal: 'Normal', high: 'High' } as const

export type TicketStatus = keyof typeof ticketStatus
export type TicketPriority = keyof typeof ticketPriority
