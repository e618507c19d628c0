import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { channels } from '../channels'

export type TicketEvent = {
  kind: 'ticket.created' | 'ticket.replied' | 'ticket.changed'
  ticketId: number
  chargerId: number | null
  siteId: number | null
  body: {
    number: number
    /** Of a reply: its id, and whether only those who work on it see it. */
    replyId?: number
    internal?: boolean
    what?: 'assigned' | 'resolved' | 'changed'
    status: string
    byUser: number | null
  }
}

/** `announceTicket`: a line in the outbox, in the transaction of the change; mails and webhooks are made from it. */
export async function announceTicket(sql: Sql, event: TicketEvent): Promise<void> {
  await sql.query(
    'insert into telemetry.events (kind, charger_id, site_id, body) values ($1, $2, $3, $4)',
    [
      event.kind,
      event.chargerId,
      event.siteId,
      JSON.stringify({ ticketId: event.ticketId, ...event.body }),
    ],
  )
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}

export type TicketPerson = { id: number; name: string }

export type TicketReplyRow = {
  id: number
  at: string
  author: string | null
  isMine: boolean
  internal: boolean
  body: unknown
}

export type TicketDetail = {
  id: number
  number: number
  subject: string
  body: unknown
  status: 'open' | 'waiting' | 'resolved'
  priority: 'low' | 'normal' | 'high'
  createdAt: string
  chargerId: number | null
  chargerName: string | null
  chargerStatus: string | null
  sessionId: number | null
  alertId: number | null
  alertTitle: string | null
  alertStatus: string | null
  siteId: number | null
  siteName: string | null
  regionId: number | null
  timezone: string
  reporter: TicketPerson | null
  assignedTo: TicketPerson | null
  driver: TicketPerson | null
  replies: TicketReplyRow[]
}

/**
 * `readTicket`: all of one ticket's page in one statement; null where it is not in sight. What one opened or works on is
 * always in sight; notes among staff only where one may work on it.
 */
export async function readTicket(
  sql: Sql,
  id: number,
  options: { userId: number; read: Scope; work: Scope; people: Scope },
): Promise<TicketDetail | null> {
  const values: unknown[] = [id, options.userId]
  const columns = { charger: 't.charger_id', site: 't.site_id' }
  const inside = scopeSql(options.read, columns, values)
  const working = scopeSql(options.work, columns, values)
  const people = scopeSql(options.people, columns, values)
  const own =
    options.read.kind === 'none' ? 'false' : '(t.reporter_id = $2 or t.assigned_to_id = $2)'
  const ownWork = options.work.kind === 'none' ? 'false' : own
  const person = (alias: string) =>
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', coalesce(nullif(${alias}.name, ''), ${alias}.email)) end`
  const { rows } = await sql.query<{ ticket: TicketDetail }>(
    `select json_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'body', t.body, 'status', t.status,
        'priority', t.priority, 'createdAt', t.created_at, 'chargerId', t.charger_id, 'chargerName', ch.name,
        'chargerStatus', st.status, 'sessionId', t.session_id, 'alertId', t.alert_id, 'alertTitle', a.title,
        'alertStatus', a.status, 'siteId', t.site_id, 'siteName', si.name, 'regionId', si.region_id,
        'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
        'reporter', ${person('r')}, 'assignedTo', ${person('s')},
        'driver', case when ${people} then ${person('d')} end,
        'replies', coalesce((select json_agg(json_build_object('id', p.id, 'at', p.created_at,
             'author', (select coalesce(nullif(w.name, ''), w.email) from users w where w.id = p.author_id),
             'isMine', p.author_id is not distinct from $2, 'internal', coalesce(p.internal, false), 'body', p.body)
             order by p.created_at, p.id)
           from ticket_replies p
          where p.ticket_id = t.id and (not coalesce(p.internal, false) or ${working} or ${ownWork})), '[]')) as ticket
       from tickets t
       left join chargers ch on ch.id = t.charger_id
       left join charger_states st on st.id = ch.state_id
       left join sites si on si.id = t.site_id
       left join alerts a on a.id = t.alert_id
       left join users r on r.id = t.reporter_id
       left join users s on s.id = t.assigned_to_id
       left join drivers d on d.id = t.driver_id
      where t.id = $1 and (${inside} or ${own})`,
    values,
  )
  return rows[0]?.ticket ?? null
}

export type TicketInMail = {
  id: number
  number: number
  subject: string
  body: unknown
  reply: { body: unknown; internal: boolean } | null
  by: string
  byUser: number | null
  chargerId: number | null
  chargerName: string | null
  siteId: number | null
  siteName: string | null
  regionId: number | null
  reporter: { id: number; email: string } | null
  assignee: { id: number; email: string } | null
  driverEmail: string | null
}

/** What a mail about a ticket is made of. */
export async function readTicketForMail(
  sql: Sql,
  of: { ticketId: number; replyId: number | null; byUser: number | null },
): Promise<TicketInMail | null> {
  const { rows } = await sql.query<TicketInMail>(
    `select t.id, t.number, t.subject, t.body,
            (select json_build_object('body', p.body, 'internal', coalesce(p.internal, false))
               from ticket_replies p where p.id = $2 and p.ticket_id = t.id) as reply,
            coalesce((select coalesce(nullif(u.name, ''), u.email) from users u where u.id = $3), 'Somebody') as by,
            $3::int as "byUser", t.charger_id as "chargerId",
            case when lower(ch.name) = lower(ch.identity) then 'charger ' || ch.id else ch.name end as "chargerName",
            t.site_id as "siteId", si.name as "siteName", si.region_id as "regionId",
            case when r.id is not null then json_build_object('id', r.id, 'email', r.email) end as reporter,
            case when s.id is not null then json_build_object('id', s.id, 'email', s.email) end as assignee,
            d.email as "driverEmail"
       from tickets t
       left join chargers ch on ch.id = t.charger_id
       left join sites si on si.id = t.site_id
       left join users r on r.id = t.reporter_id
       left join users s on s.id = t.assigned_to_id
       left join drivers d on d.id = t.driver_id
      where t.id = $1`,
    [of.ticketId, of.replyId, of.byUser],
  )
  return rows[0] ?? null
}

export async function readEmails(
  sql: Sql,
  userIds: readonly number[],
): Promise<{ id: number; email: string }[]> {
  const { rows } = await sql.query<{ id: number; email: string }>(
    'select id, email from users where id = any($1::int[])',
    [userIds],
  )
  return rows
}

export type TicketCounts = { open: number; mine: number; waiting: number }

/** For the tabs of the list. */
export async function countTickets(
  sql: Sql,
  options: { userId: number; read: Scope },
): Promise<TicketCounts> {
  const values: unknown[] = [options.userId]
  const inside = scopeSql(options.read, { charger: 't.charger_id', site: 't.site_id' }, values)
  const { rows } = await sql.query<TicketCounts>(
    `select count(*) filter (where status = 'open')::int as open,
            count(*) filter (where status <> 'resolved' and assigned_to_id = $1)::int as mine,
            count(*) filter (where status = 'waiting')::int as waiting
       from tickets t where ${inside} or t.reporter_id = $1 or t.assigned_to_id = $1`,
    values,
  )
  return rows[0] ?? { open: 0, mine: 0, waiting: 0 }
}
