import { sendWaitingMail } from '@/jobs/definitions/sendOutboxMail'
import { mailTicketNews } from '@/jobs/definitions/mailTickets'
import { createSender } from '@/email/send'
import type { JobContext } from '@/jobs/job'
import { startApp, type App, type Person } from '@/tests/helpers/app'
import { startSmtp, type SmtpCatcher } from '@/tests/helpers/smtp'

/**
 * A7 from the first word to the mail: an owner asks, an operator answers, each hears of the other once and of nothing
 * that is not theirs; what is internal stays so on every way out.
 */
let app: App
let smtp: SmtpCatcher
let context: JobContext
let owner: Person
let operator: Person
let technician: Person
let foreign: Person
let siteA: number
let charger: number
let sessionId: number

beforeAll(async () => {
  app = await startApp()
  smtp = await startSmtp()
  context = { pool: app.pool, now: () => new Date(), log: { info: () => {}, warn: () => {} } }
  const made = async (collection: 'sites' | 'chargers', data: object) =>
    Number((await app.payload.create({ collection, data: data as never, depth: 0 })).id)
  siteA = await made('sites', { name: 'Site A', timezone: 'Europe/London' })
  const siteB = await made('sites', { name: 'Site B', timezone: 'Europe/London' })
  charger = await made('chargers', { name: 'Bay 3', identity: 'SECRET-IDENTITY', site: siteA })
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into sessions (status, charger_id, connector_number, site_id, started_at, stopped_at, meter_start_wh, start_key)
     values ('ended', $1, 1, $2, now(), now(), 0, 'k') returning id`,
    [charger, siteA],
  )
  sessionId = rows[0]!.id
  await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [siteA] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [siteA] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [siteA] }])
  foreign = await app.person('foreign', [{ role: 'operator', scope: 'sites', sites: [siteB] }])
  await mailTicketNews(context, 'http://localhost:3000')
})
afterAll(async () => {
  await smtp?.close()
  await app?.close()
})

const words = (text: string) => ({
  root: {
    type: 'root',
    format: '',
    indent: 0,
    version: 1,
    direction: 'ltr',
    children: [
      {
        type: 'paragraph',
        format: '',
        indent: 0,
        version: 1,
        direction: 'ltr',
        textFormat: 0,
        children: [
          { type: 'text', text, format: 0, detail: 0, mode: 'normal', style: '', version: 1 },
        ],
      },
    ],
  },
})

async function mails(): Promise<{ to: string; raw: string }[]> {
  await mailTicketNews(context, 'http://localhost:3000')
  const sender = createSender({
    smtpUrl: smtp.url,
    from: 'noreply@cpms.test',
    host: 'cpms.test',
    dataDir: '/tmp',
  })
  await sendWaitingMail(context, sender)
  sender.close()
  return smtp.mails.splice(0).sort((a, b) => a.to.localeCompare(b.to))
}

const to = (list: { to: string }[]) => list.map((mail) => mail.to)

async function open(as: Person, over: object = {}) {
  const { status, body } = await app.call('POST', '/api/tickets?depth=0', {
    as,
    body: {
      subject: 'Bay 3 does not start',
      body: words('It says please wait.'),
      charger,
      ...over,
    },
  })
  expect(status).toBe(201)
  return body.doc as { id: number; number: number; status: string; site: number; reporter: number }
}

const reply = (as: Person, ticket: number, text: string, over: object = {}) =>
  app.call('POST', '/api/ticket-replies?depth=0', {
    as,
    body: { ticket, body: words(text), ...over },
  })

const statusOf = async (id: number) =>
  (await app.call('GET', `/api/tickets/${id}?depth=0`, { as: operator })).body['status']

test('a ticket has a number, a place and its reporter; those who look after the place get a mail', async () => {
  const ticket = await open(owner, { status: 'resolved', number: 7, reporter: operator.id })
  expect(ticket).toMatchObject({ status: 'open', site: siteA, reporter: owner.id })
  expect(ticket.number).toBeGreaterThan(1000)
  const sent = await mails()
  expect(to(sent)).toEqual([operator.email, technician.email])
  for (const part of [
    `[#${ticket.number}]`,
    'It says please wait.',
    'Bay 3',
    `/admin/collections/tickets/${ticket.id}`,
  ])
    expect(sent[0]!.raw.replace(/=\r\n/g, '')).toContain(part)
  expect(sent[0]!.raw).not.toContain('SECRET-IDENTITY')
  expect(await mails()).toEqual([])
})

test('an answer goes to the reporter and waits; his word goes to who has it and opens it again', async () => {
  const ticket = await open(owner)
  await mails()
  await app.call('PATCH', `/api/tickets/${ticket.id}`, {
    as: operator,
    body: { assignedTo: technician.id },
  })
  expect(to(await mails())).toEqual([technician.email])
  expect((await reply(technician, ticket.id, 'Please try again.')).status).toBe(201)
  expect(to(await mails())).toEqual([owner.email])
  expect(await statusOf(ticket.id)).toBe('waiting')
  expect((await reply(owner, ticket.id, 'It still does not.')).status).toBe(201)
  expect(to(await mails())).toEqual([technician.email])
  expect(await statusOf(ticket.id)).toBe('open')
  await app.call('PATCH', `/api/tickets/${ticket.id}`, {
    as: technician,
    body: { status: 'resolved' },
  })
  expect(to(await mails())).toEqual([owner.email])
})

test('an internal note is neither mailed to the reporter nor read by him, and changes no status', async () => {
  const ticket = await open(owner)
  await app.call('PATCH', `/api/tickets/${ticket.id}`, {
    as: operator,
    body: { assignedTo: technician.id },
  })
  await mails()
  expect((await reply(operator, ticket.id, 'He parks wrong.', { internal: true })).status).toBe(201)
  expect(to(await mails())).toEqual([technician.email])
  expect(await statusOf(ticket.id)).toBe('open')
  const seen = async (as: Person) =>
    (await app.call('GET', `/api/ticket-replies?where[ticket][equals]=${ticket.id}`, { as })).body
      .docs?.length
  expect([await seen(operator), await seen(owner)]).toEqual([1, 0])
  // what he calls internal is not
  const { body } = await reply(owner, ticket.id, 'Hello?', { internal: true, author: operator.id })
  expect(body.doc).toMatchObject({ author: owner.id })
  expect(body.doc?.['internal']).not.toBe(true)
})

test('outside the scope there is no ticket, no reply and no mail', async () => {
  const ticket = await open(owner)
  await mails()
  expect((await app.call('GET', `/api/tickets/${ticket.id}`, { as: foreign })).status).toBe(404)
  expect((await reply(foreign, ticket.id, 'x')).status).toBe(400)
  expect(
    (
      await app.call('PATCH', `/api/tickets/${ticket.id}`, {
        as: foreign,
        body: { status: 'resolved' },
      })
    ).status,
  ).toBe(404)
  expect(
    (await app.call('PATCH', `/api/tickets/${ticket.id}`, { as: owner, body: { subject: 'x' } }))
      .status,
  ).not.toBe(200)
  expect(await mails()).toEqual([])
})

test('a new ticket is about what one was looking at, as far as one may see it', async () => {
  const { prefilled } = await import('./prefill')
  const asked = async (as: Person, query: object) => {
    const user = await app.payload.findByID({ collection: 'users', id: as.id, depth: 0 })
    const req = {
      query,
      user: { ...user, collection: 'users' },
      payload: app.payload,
      context: {},
      headers: new Headers(),
    }
    return Promise.all(
      (['charger', 'session', 'subject'] as const).map((name) =>
        prefilled(name)({ req: req as never }),
      ),
    )
  }
  expect(await asked(operator, { session: String(sessionId) })).toEqual([
    charger,
    sessionId,
    undefined,
  ])
  expect(await asked(foreign, { session: String(sessionId) })).toEqual([
    undefined,
    sessionId,
    undefined,
  ])
  expect(await asked(operator, { charger: '5; drop table' })).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
