import type { CollectionAfterChangeHook } from 'payload'

import { announceTicket } from '@/db/queries/tickets'
import { requestSql } from '@/db/requestSql'
import { scopeOf, staffOf } from '../access/whoAsks'
import { idOf } from '../access/fieldByPolicy'

type Ticket = {
  id: number
  number: number
  status: 'open' | 'waiting' | 'resolved'
  charger?: unknown
  site?: unknown
  assignedTo?: unknown
  reporter?: unknown
}

/** `tellOfTicket`: a new ticket, one given to somebody, one that is resolved: a line in the outbox, for mails and webhooks. */
export const tellOfTicket: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const ticket = doc as Ticket
  const before = previousDoc as Partial<Ticket> | undefined
  const what =
    operation === 'create'
      ? null
      : idOf(ticket.assignedTo) !== idOf(before?.assignedTo) && idOf(ticket.assignedTo) !== null
        ? 'assigned'
        : ticket.status === 'resolved' && before?.status !== 'resolved'
          ? 'resolved'
          : 'changed'
  await announceTicket(await requestSql(req), {
    kind: what === null ? 'ticket.created' : 'ticket.changed',
    ticketId: ticket.id,
    chargerId: idOf(ticket.charger),
    siteId: idOf(ticket.site),
    body: {
      number: ticket.number,
      status: ticket.status,
      byUser: staffOf(req)?.id ?? null,
      ...(what === null ? {} : { what }),
    },
  })
}

/**
 * `tellOfReply`: a reply goes to the other side of the ticket, and the ticket waits for it: an answer of those who work
 * on it waits for the reporter, a word of the reporter opens it again. A note among staff changes nothing.
 */
export const tellOfReply: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation !== 'create') return
  const reply = doc as { id: number; ticket: unknown; internal?: boolean | null }
  const ticketId = idOf(reply.ticket)
  if (ticketId === null) return
  const ticket = (await req.payload.findByID({
    collection: 'tickets',
    id: ticketId,
    depth: 0,
    req,
  })) as Ticket
  const me = staffOf(req)?.id ?? null
  const isReporter = me !== null && idOf(ticket.reporter) === me
  const isWorking = !isReporter && (await scopeOf(req, 'tickets', 'update')).kind !== 'none'
  const status = reply.internal ? ticket.status : isWorking ? 'waiting' : 'open'
  if (status !== ticket.status)
    await req.payload.update({
      collection: 'tickets',
      id: ticketId,
      data: { status },
      depth: 0,
      req,
    })
  await announceTicket(await requestSql(req), {
    kind: 'ticket.replied',
    ticketId,
    chargerId: idOf(ticket.charger),
    siteId: idOf(ticket.site),
    body: {
      number: ticket.number,
      replyId: reply.id,
      internal: reply.internal === true,
      status,
      byUser: me,
    },
  })
}
