'use client'

import { useLive, useReread } from '../live/LiveContext'

/** Reads the page again when somebody else answers. */
export function TicketLive({ id }: { id: number }) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind.startsWith('ticket.') && event.body['ticketId'] === id) reread()
    },
  })
  return null
}
