import { z } from 'zod'

import {
  findOwnTicket,
  openTicket,
  ownTickets,
  publishedFaqs,
  replyToTicket,
  ticketMessages,
  type OwnTicket,
} from '@/db/queries/app/help'
import { findCharge } from '@/db/queries/app/charges'
import { findEvse } from '@/db/queries/app/locations'
import { plainText } from '@/domain/richText'
import { created, me, noContent, notFound, ok, operation } from '../operation'
import { id, instant } from '../shapes'

const Message = z
  .object({ at: instant, isMine: z.boolean(), text: z.string() })
  .meta({ id: 'Message' })
export const Ticket = z
  .object({
    id,
    number: z.int(),
    subject: z.string(),
    status: z
      .enum(['open', 'waiting', 'resolved'])
      .describe('waiting: for an answer of the driver.'),
    createdAt: instant,
    messages: z.array(Message),
  })
  .meta({ id: 'Ticket' })
const Faq = z
  .object({
    id,
    question: z.string(),
    text: z.string(),
    richText: z.unknown().describe('Lexical, as the panel keeps it.'),
  })
  .meta({ id: 'Faq' })

const Text = z.string().trim().min(3, 'says what happened').max(5_000)

type Said = { at: Date; isMine: boolean; body: unknown }

export function ticketView(row: OwnTicket, replies: readonly Said[]) {
  const first: Said = { at: row.createdAt, isMine: true, body: row.body }
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    messages: [first, ...replies].map(({ at, isMine, body }) => ({
      at: at.toISOString(),
      isMine,
      text: plainText(body),
    })),
  }
}

export const help = [
  operation({
    id: 'listFaqs',
    method: 'GET',
    path: '/faqs',
    tag: 'Help',
    summary: 'Questions and answers, as the operator wrote them',
    auth: 'none',
    ok: { status: 200, schema: z.object({ faqs: z.array(Faq) }).meta({ id: 'Faqs' }) },
    problems: [],
    async run(_input, { sql }) {
      const faqs = await publishedFaqs(sql)
      return ok({
        faqs: faqs.map(({ answer, ...faq }) => ({
          ...faq,
          text: plainText(answer),
          richText: answer,
        })),
      })
    },
  }),
  operation({
    id: 'listTickets',
    method: 'GET',
    path: '/tickets',
    tag: 'Help',
    summary: 'The tickets this driver opened',
    auth: 'driver',
    ok: {
      status: 200,
      schema: z
        .object({ tickets: z.array(Ticket.omit({ messages: true })) })
        .meta({ id: 'Tickets' }),
    },
    problems: [],
    async run(_input, context) {
      const rows = await ownTickets(context.sql, me(context).id)
      return ok({ tickets: rows.map((row) => ticketView(row, [])) })
    },
  }),
  operation({
    id: 'openTicket',
    method: 'POST',
    path: '/tickets',
    tag: 'Help',
    summary: 'Ask for help',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({
      subject: z.string().trim().min(3, 'says in one line what it is about').max(200),
      text: Text,
      evseId: id.optional(),
      sessionId: id.optional(),
    }),
    ok: { status: 201, schema: Ticket },
    problems: ['not-found'],
    async run({ body }, context) {
      const { sql } = context
      const driver = me(context)
      const evse = body.evseId ? await findEvse(sql, { id: body.evseId }, driver.id) : null
      if (body.evseId && !evse) return notFound('charger')
      const charge = body.sessionId ? await findCharge(sql, driver.id, body.sessionId) : null
      if (body.sessionId && !charge) return notFound('session')
      const ticket = await openTicket(sql, {
        driverId: driver.id,
        subject: body.subject,
        text: body.text,
        chargerRow: evse?.chargerRow ?? charge?.chargerRow ?? null,
        sessionRow: charge?.sessionId ?? null,
        siteRow: evse?.siteRow ?? null,
        priority: 'normal',
      })
      return created(ticketView(ticket, []))
    },
  }),
  operation({
    id: 'reportEvse',
    method: 'POST',
    path: '/evses/{id}/reports',
    tag: 'Help',
    summary: 'Report a charger that does not work',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({ text: Text }),
    ok: { status: 201, schema: Ticket },
    problems: ['not-found'],
    async run({ params, body }, context) {
      const driver = me(context)
      const evse = await findEvse(context.sql, { id: params['id']! }, driver.id)
      if (!evse) return notFound('charger')
      const ticket = await openTicket(context.sql, {
        driverId: driver.id,
        subject: `${evse.chargerName}: a driver reports a problem`,
        text: body.text,
        chargerRow: evse.chargerRow,
        sessionRow: null,
        siteRow: evse.siteRow,
        priority: 'normal',
      })
      return created(ticketView(ticket, []))
    },
  }),
  operation({
    id: 'listMessages',
    method: 'GET',
    path: '/tickets/{id}/messages',
    tag: 'Help',
    summary: 'A ticket with what was said',
    auth: 'driver',
    ok: { status: 200, schema: Ticket },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findOwnTicket(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('ticket')
      return ok(ticketView(row, await ticketMessages(context.sql, row.row)))
    },
  }),
  operation({
    id: 'addMessage',
    method: 'POST',
    path: '/tickets/{id}/messages',
    tag: 'Help',
    summary: 'Answer on a ticket',
    description: 'One that was resolved is open again.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({ text: z.string().trim().min(1, 'is empty').max(5_000) }),
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params, body }, context) {
      const row = await findOwnTicket(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('ticket')
      await replyToTicket(context.sql, row.row, body.text)
      return noContent
    },
  }),
]
