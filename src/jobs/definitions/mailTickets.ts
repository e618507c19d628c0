import { createElement } from 'react'

import { readFeed } from '../../db/queries/feed'
import { readReachable } from '../../db/queries/alertMails'
import { networkName } from '../../db/queries/mails'
import type { EventRow } from '../../db/queries/readEvents'
import { readEmails, readTicketForMail, type TicketInMail } from '../../db/queries/tickets'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { plainText } from '../../domain/richText'
import { isInside, rolesAt, scopeFor } from '../../domain/scope'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { TicketMail, ticketSubject, type TicketMailProps } from '../../email/templates/ticket'
import type { JobContext, JobDefinition } from '../job'

const feedName = 'tickets'
const eventsAtOnce = 500
/** A mail is a notice; who wrote more is read in the panel. */
const longestText = 4_000

/** `mailTickets`: who opens, answers, hands over or closes a ticket, the others on it hear of it by mail, once. */
export function mailTickets(publicUrl: string): JobDefinition {
  return {
    name: 'mailTickets',
    expression: '*/5 * * * * *',
    run: (context) => mailTicketNews(context, publicUrl),
  }
}

export async function mailTicketNews(context: JobContext, publicUrl: string): Promise<void> {
  for (let hasMore = true; hasMore;) {
    hasMore = await withTransaction(context.pool, async (sql) => {
      const now = context.now()
      const piece = await readFeed(sql, feedName, { limit: eventsAtOnce, now })
      if (!piece) return false
      for (const event of piece.rows)
        if (event.kind.startsWith('ticket.')) await tell(sql, event, { publicUrl, now })
      return !piece.isDrained
    })
  }
}

type What = TicketMailProps['what']

async function tell(
  sql: Sql,
  event: EventRow,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<void> {
  const what = whatOf(event)
  const ticketId = event.body['ticketId']
  if (what === null || typeof ticketId !== 'number') return
  const number = (name: string) => {
    const value = event.body[name]
    return typeof value === 'number' ? value : null
  }
  const ticket = await readTicketForMail(sql, {
    ticketId,
    replyId: number('replyId'),
    byUser: number('byUser'),
  })
  if (!ticket) return
  const network = await networkName(sql)
  const text = plainText(what === 'replied' ? ticket.reply?.body : ticket.body)
  const props: TicketMailProps = {
    network,
    what,
    number: ticket.number,
    subject: ticket.subject,
    who: ticket.by,
    text: what === 'resolved' ? '' : text.slice(0, longestText),
    charger: ticket.chargerName,
    site: ticket.siteName,
    link: `${publicUrl}/admin/collections/tickets/${ticket.id}`,
  }
  const letter = createElement(TicketMail, props)
  for (const to of await recipientsOf(sql, ticket, what, now))
    await enqueueMail(sql, {
      key: `ticket/${ticket.id}/event/${event.id}/${to}`,
      to,
      subject: ticketSubject(props),
      html: toHtml(letter),
      text: toText(letter),
    })
}

function whatOf({ kind, body }: EventRow): What | null {
  if (kind === 'ticket.created') return 'opened'
  if (kind === 'ticket.replied') return 'replied'
  return body['what'] === 'assigned' || body['what'] === 'resolved' ? body['what'] : null
}

/** Nobody is told of what he did himself; an internal note never leaves those who work on the ticket (A7). */
async function recipientsOf(
  sql: Sql,
  ticket: TicketInMail,
  what: What,
  now: Date,
): Promise<string[]> {
  const { reporter, assignee, driverEmail, byUser } = ticket
  const isInternal = what === 'replied' && ticket.reply?.internal !== false
  const people: ({ id: number; email: string } | null)[] = []
  if (what === 'opened') people.push(...(await whoWorksOn(sql, ticket, now)))
  else if (what === 'assigned') people.push(assignee)
  else people.push(assignee, ...(isInternal ? [] : [reporter]))
  const emails = people.flatMap((one) => (one && one.id !== byUser ? [one.email] : []))
  // A driver who was helped has no login here and is told of answers alone.
  if (!isInternal && what === 'replied' && driverEmail && !reporter) emails.push(driverEmail)
  return [...new Set(emails)]
}

/** Those who look after the place and have not said that they want no mail; of a ticket without a place, Super Admins. */
async function whoWorksOn(
  sql: Sql,
  ticket: TicketInMail,
  now: Date,
): Promise<{ id: number; email: string }[]> {
  const place = { chargerId: ticket.chargerId, siteId: ticket.siteId, regionId: ticket.regionId }
  const hasPlace = place.chargerId !== null || place.siteId !== null
  const ids = (await readReachable(sql))
    .filter(({ wishes }) => wishes?.email !== false)
    .filter(({ grants }) => {
      if (!hasPlace) return rolesAt(grants, now)[0] === 'super-admin'
      const scope = scopeFor(grants, 'tickets', 'update', now)
      // Somebody for everything is told where nobody is nearer: by the assignment, not by each new ticket.
      return scope.kind === 'some' && isInside(scope, place)
    })
    .map(({ userId }) => userId)
  if (ids.length > 0 || !hasPlace) return readEmails(sql, ids)
  const everywhere = (await readReachable(sql))
    .filter(({ wishes, grants }) => {
      const scope = scopeFor(grants, 'tickets', 'update', now)
      return wishes?.email !== false && scope.kind === 'all'
    })
    .map(({ userId }) => userId)
  return readEmails(sql, everywhere)
}
