import { announceTicket } from '../tickets'
import type { Sql } from '../../pool'

export type OwnTicket = {
  row: number
  id: string
  number: number
  subject: string
  status: 'open' | 'waiting' | 'resolved'
  createdAt: Date
  body: unknown
}

const columns = `t.id as row, t.public_id as id, t.number::int, t.subject, t.status::text, t.created_at as "createdAt", t.body`

export async function ownTickets(sql: Sql, driverId: number): Promise<OwnTicket[]> {
  const { rows } = await sql.query<OwnTicket>(
    `select ${columns} from tickets t where t.driver_id = $1 and t.reporter_id is null order by t.created_at desc limit 100`,
    [driverId],
  )
  return rows
}

/** Only what the driver opened himself: staff may write about a driver without him reading it. */
export async function findOwnTicket(
  sql: Sql,
  driverId: number,
  publicId: string,
): Promise<OwnTicket | null> {
  const { rows } = await sql.query<OwnTicket>(
    `select ${columns} from tickets t where t.public_id = $2 and t.driver_id = $1 and t.reporter_id is null`,
    [driverId, publicId],
  )
  return rows[0] ?? null
}

export async function ticketMessages(
  sql: Sql,
  ticketRow: number,
): Promise<{ at: Date; isMine: boolean; body: unknown }[]> {
  const { rows } = await sql.query<{ at: Date; isMine: boolean; body: unknown }>(
    `select created_at as at, author_id is null as "isMine", body from ticket_replies
      where ticket_id = $1 and not coalesce(internal, false) order by created_at, id limit 500`,
    [ticketRow],
  )
  return rows
}

/** Plain text as the editor of the panel keeps it. */
export function lexical(text: string): unknown {
  const node = { format: '', indent: 0, version: 1, direction: 'ltr' }
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => ({
    ...node,
    type: 'paragraph',
    textFormat: 0,
    children: paragraph
      .split('\n')
      .flatMap((line, index) => [
        ...(index > 0 ? [{ type: 'linebreak', version: 1 }] : []),
        { type: 'text', text: line, format: 0, style: '', mode: 'normal', detail: 0, version: 1 },
      ]),
  }))
  return { root: { ...node, type: 'root', children: paragraphs } }
}

export type NewTicket = {
  driverId: number
  subject: string
  text: string
  chargerRow: number | null
  sessionRow: number | null
  siteRow: number | null
  priority: 'normal' | 'high'
}

export async function openTicket(sql: Sql, ticket: NewTicket): Promise<OwnTicket> {
  const { rows } = await sql.query<OwnTicket>(
    `insert into tickets as t (number, subject, body, driver_id, charger_id, session_id, site_id, status, priority)
     values (nextval('telemetry.ticket_numbers'), $1, $2, $3, $4, $5, $6, 'open', $7::enum_tickets_priority)
     returning ${columns}`,
    [
      ticket.subject,
      JSON.stringify(lexical(ticket.text)),
      ticket.driverId,
      ticket.chargerRow,
      ticket.sessionRow,
      ticket.siteRow,
      ticket.priority,
    ],
  )
  const made = rows[0]!
  await announceTicket(sql, {
    kind: 'ticket.created',
    ticketId: made.row,
    chargerId: ticket.chargerRow,
    siteId: ticket.siteRow,
    body: { number: made.number, status: made.status, byUser: null },
  })
  return made
}

/** A word of the driver opens his ticket again. */
export async function replyToTicket(sql: Sql, ticketRow: number, text: string): Promise<void> {
  const { rows } = await sql.query<{ id: number }>(
    'insert into ticket_replies (ticket_id, body, internal) values ($1, $2, false) returning id',
    [ticketRow, JSON.stringify(lexical(text))],
  )
  const { rows: tickets } = await sql.query<{
    number: number
    chargerId: number | null
    siteId: number | null
  }>(
    `update tickets set status = 'open', updated_at = now() where id = $1
     returning number::int, charger_id as "chargerId", site_id as "siteId"`,
    [ticketRow],
  )
  const ticket = tickets[0]!
  await announceTicket(sql, {
    kind: 'ticket.replied',
    ticketId: ticketRow,
    chargerId: ticket.chargerId,
    siteId: ticket.siteId,
    body: {
      number: ticket.number,
      replyId: rows[0]!.id,
      internal: false,
      status: 'open',
      byUser: null,
    },
  })
}

export async function noteDispute(
  sql: Sql,
  dispute: { sessionRow: number; driverId: number; ticketRow: number },
): Promise<void> {
  await sql.query(
    'insert into app.disputes (session_id, driver_id, ticket_id) values ($1, $2, $3)',
    [dispute.sessionRow, dispute.driverId, dispute.ticketRow],
  )
}

export async function publishedFaqs(
  sql: Sql,
): Promise<{ id: string; question: string; answer: unknown }[]> {
  const { rows } = await sql.query<{ id: string; question: string; answer: unknown }>(
    'select public_id as id, question, answer from faqs where published order by "order", id limit 200',
  )
  return rows
}
