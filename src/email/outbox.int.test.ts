import { createElement } from 'react'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readUndelivered, retryMail } from '@/db/queries/mails'
import { sendWaitingMail } from '@/jobs/definitions/sendOutboxMail'
import type { JobContext } from '@/jobs/job'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { startSmtp, type SmtpCatcher } from '@/tests/helpers/smtp'
import { tomorrowAtNoon } from '@/tests/helpers/clock'
import { enqueueMail } from './outbox'
import { toHtml, toText } from './render'
import { createSender, messageIdOf, type Sender } from './send'
import { TicketMail } from './templates/ticket'

/**
 * FT-23 by a real conversation with a mail server that refuses, stalls, changes its mind and hangs up. Guarantees: one
 * mail per key; nothing is lost; a person sees what is refused; who gets one twice (only after a cut before the 250)
 * can tell by the Message-ID; without a server mails are files of our own user.
 */
let database: TestDatabase
let smtp: SmtpCatcher
let sender: Sender
let now = tomorrowAtNoon()
let context: JobContext
const dataDir = mkdtempSync(join(tmpdir(), 'cpms-mail-'))

const senderTo = (smtpUrl: string | null, timeoutMs = 1_000) =>
  createSender({
    smtpUrl,
    from: 'CITA EV <noreply@cpms.test>',
    host: 'cpms.test',
    dataDir,
    timeoutMs,
  })

beforeAll(async () => {
  database = await testDatabase()
  context = { pool: database.pool, now: () => now, log: { info: () => {}, warn: () => {} } }
})
beforeEach(async () => {
  await database.pool.query('truncate telemetry.mails cascade')
  smtp = await startSmtp()
  sender = senderTo(smtp.url)
})
afterEach(async () => {
  sender.close()
  await smtp.close()
})
afterAll(async () => {
  await database?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
const mail = (key: string, over = {}) => ({
  key,
  to: 'ann@example.test',
  subject: 'Überhitzung · Bay 3',
  html: '<p>Hello</p>',
  text: 'Hello',
  ...over,
})

async function enqueue(key: string, over = {}): Promise<boolean> {
  const isNew = await enqueueMail(database.pool, mail(key, over))
  await database.pool.query(
    'update telemetry.mails set next_try_at = $1 where key = $2 and tries = 0',
    [now, key],
  )
  return isNew
}

const send = () => sendWaitingMail(context, sender)

async function row(key: string) {
  const { rows } = await database.pool.query<{
    id: number
    tries: number
    sent_at: Date | null
    failed_at: Date | null
    next_try_at: Date
    last_error: string | null
    html: string | null
  }>('select * from telemetry.mails where key = $1', [key])
  return rows[0]!
}

test('one mail per key, sent once, by however many workers; only its envelope stays', async () => {
  expect(await enqueue('a')).toBe(true)
  expect(await enqueue('a')).toBe(false)
  await Promise.all(Array.from({ length: 5 }, send))
  expect(smtp.mails).toMatchObject([
    { from: 'noreply@cpms.test', to: 'ann@example.test', messageId: messageIdOf('a', 'cpms.test') },
  ])
  expect(await row('a')).toMatchObject({ sent_at: now, html: null, last_error: null })
  later(90_000)
  await send()
  expect(smtp.mails).toHaveLength(1)
})

test('nobody there: it waits, longer each time but never longer than a day, and goes out when the server is back', async () => {
  const { url } = smtp
  await smtp.close()
  await enqueue('b')
  await enqueue('b2')
  await send()
  expect(await row('b')).toMatchObject({ tries: 1, sent_at: null, failed_at: null })
  expect((await row('b')).last_error).toContain('ECONNREFUSED')
  // the others are not tried against the same wall
  expect(await row('b2')).toMatchObject({ tries: 0 })
  const pauses: number[] = []
  for (let i = 0; i < 13; i++) {
    const due = (await row('b')).next_try_at
    pauses.push((due.getTime() - now.getTime()) / 1000)
    now = due
    await database.pool.query(`delete from telemetry.mails where key = 'b2'`)
    await send()
  }
  expect(pauses.slice(0, 4)).toEqual([30, 60, 120, 240])
  expect(Math.max(...pauses)).toBe(86_400)
  now = (await row('b')).next_try_at
  sender.close()
  smtp = await startSmtp()
  sender = senderTo(smtp.url)
  await send()
  expect(url).not.toBe(smtp.url)
  expect(smtp.mails).toHaveLength(1)
  expect(await row('b')).toMatchObject({ sent_at: now })
})

test('451 is tried again and then taken, once', async () => {
  smtp.moods = ['busy', 'takes']
  await enqueue('c')
  await send()
  expect(smtp.mails).toHaveLength(0)
  expect(await row('c')).toMatchObject({ last_error: expect.stringContaining('451') })
  later(31)
  await send()
  expect(smtp.mails).toHaveLength(1)
})

test('451 to one does not hold up the next', async () => {
  smtp.moods = ['busy', 'takes']
  await enqueue('c1')
  await enqueue('c2')
  await send()
  expect(smtp.mails).toMatchObject([{ messageId: messageIdOf('c2', 'cpms.test') }])
})

test('550 is final, shown with the words of the server, and a person may try again', async () => {
  smtp.moods = ['refuses']
  await enqueue('d', { to: 'gone@example.test' })
  await send()
  later(90_000)
  await send()
  expect(smtp.connections).toBe(1)
  const { mails } = await readUndelivered(database.pool, 10)
  expect(mails).toMatchObject([
    {
      to: 'gone@example.test',
      error: expect.stringContaining('550 5.1.1 no such mailbox'),
      isKept: true,
    },
  ])
  smtp.moods = ['takes']
  expect(await retryMail(database.pool, mails[0]!.id, now)).toBe(true)
  await send()
  expect(smtp.mails).toHaveLength(1)
  expect(await retryMail(database.pool, mails[0]!.id, now)).toBe(false)
})

test('SEC-42 cut after the content and before the 250: at most one more, with the same Message-ID', async () => {
  smtp.moods = ['cuts-before-250', 'takes']
  await enqueue('e')
  await send()
  later(31)
  await send()
  later(90_000)
  await send()
  expect(smtp.mails.map((one) => one.messageId)).toEqual(
    Array(2).fill(messageIdOf('e', 'cpms.test')),
  )
})

test('SEC-42 a server that says 250 and is gone has taken it: it is not sent again', async () => {
  smtp.moods = ['takes-and-cuts']
  await enqueue('f')
  await send()
  later(90_000)
  await send()
  expect(smtp.mails).toHaveLength(1)
})

test.each(['silent', 'cuts-at-once'] as const)(
  'a server that is %s costs its time and no mail',
  async (mood) => {
    smtp.moods = [mood, 'takes']
    await enqueue(`g-${mood}`)
    const startedAt = Date.now()
    await send()
    expect(Date.now() - startedAt).toBeLessThan(2_500)
    expect(await row(`g-${mood}`)).toMatchObject({ sent_at: null, failed_at: null, tries: 1 })
    later(31)
    await send()
    expect(smtp.mails).toHaveLength(1)
  },
)

test('a worker that dies while it sends leaves the mail to the next one', async () => {
  await enqueue('h')
  await database.pool.query(
    `update telemetry.mails set tries = 1, next_try_at = $1::timestamptz + interval '120 s' where key = 'h'`,
    [now],
  )
  await send()
  expect(smtp.mails).toHaveLength(0)
  later(121)
  await send()
  expect(smtp.mails).toHaveLength(1)
})

test('SEC-40 what stands in a name adds no header, and a subject is one line', async () => {
  await enqueue('i', {
    subject: 'Bay 3\r\nBcc: all@example.test\u001b[31m\u202Egnp.exe',
    to: 'ann@example.test',
  })
  await send()
  const [caught] = smtp.mails
  expect(caught!.head).not.toMatch(/^bcc:/im)
  expect(caught!.raw).not.toContain('\u001b')
  expect(caught!.head.match(/^subject:/gim)).toHaveLength(1)
  expect(caught!.head).toMatch(/^auto-submitted: auto-generated/im)
})

test.each(['ann@example.test, bob@example.test', 'ann@example.test\r\nRCPT TO:<bob@example.test>'])(
  'SEC-40 %j is not two people',
  async (to) => {
    await enqueue('j', { to })
    await send()
    expect(smtp.mails.filter((one) => one.to === 'bob@example.test')).toEqual([])
  },
)

test('without a server a mail is a file that only our own user can read, and it is listed', async () => {
  await enqueue('k')
  await sendWaitingMail(context, senderTo(null))
  const [file] = readdirSync(join(dataDir, 'mail'))
  expect(file).toMatch(/\.eml$/)
  const path = join(dataDir, 'mail', file!)
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(statSync(join(dataDir, 'mail')).mode & 0o077).toBe(0)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(/^To: ann@example.test/m)
  expect(text).toContain('Hello')
  const { mails } = await readUndelivered(database.pool, 10)
  expect(mails).toMatchObject([{ error: expect.stringContaining(file!) }])
})

test('SEC-40 html and text of a mail say the same, and markup in names is text', async () => {
  const letter = createElement(TicketMail, {
    who: '<script>alert(1)</script>',
    subject: '{{7*7}} "><img src=x onerror=alert(1)>',
    text: 'first line\n<b>second</b>',
  })
  const html = toHtml(letter)
  expect(html).not.toMatch(/<script|<img|<b>/)
  expect(html).toContain('&#60;script&#62;')
  const text = toText(letter)
  for (const part of [
    '<script>alert(1)</script> wrote:',
    'first line\n<b>second</b>',
    'Open the ticket: https://',
  ])
    expect(text).toContain(part)
})
