/**
 * W7 by the door of reality: the real ocpp role, a socket that sends a thousand flapping status frames as fast as they
 * are answered, a mail server that counts. One incident, one mail, and the charger is answered all the while.
 */
import WebSocket from 'ws'

import { sendWaitingMail } from '@/jobs/definitions/sendOutboxMail'
import { mailDueAlerts } from '@/jobs/definitions/mailAlerts'
import { raiseWhatHappened } from '@/jobs/definitions/raiseIncidents'
import type { JobContext } from '@/jobs/job'
import { createSender } from '@/email/send'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'
import { makePerson } from './helpers/network'
import { startSmtp, type SmtpCatcher } from './helpers/smtp'

const frames = 1_000

let side: RunningChargerSide
let smtp: SmtpCatcher
let context: JobContext
let offsetMs = 0

beforeAll(async () => {
  side = await startChargerSide({
    chargers: 2,
    prefix: 'STORM',
    env: { OCPP_CALLS_PER_SECOND: '1000' },
  })
  smtp = await startSmtp()
  context = {
    pool: side.pool,
    now: () => new Date(Date.now() + offsetMs),
    log: { info: () => {}, warn: () => {} },
  }
  await side.pool.query('delete from users')
  await makePerson(side.pool, 'x'.repeat(32), { role: 'operator' })
  await raiseWhatHappened(context)
})
afterAll(async () => {
  await smtp?.close()
  await side?.close()
})

test('a storm of 1,000 flapping status frames makes one incident and one mail', async () => {
  const charger = side.chargers[0]!
  const socket = new WebSocket(`${side.role.url}/${charger.identity}`, ['ocpp1.6'], {
    headers: {
      Authorization: `Basic ${Buffer.from(`${charger.identity}:${charger.password}`).toString('base64')}`,
    },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const answers = new Map<string, (frame: unknown[]) => void>()
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as unknown[]
    if (frame[0] !== 2) answers.get(String(frame[1]))?.(frame)
  })
  let id = 0
  const call = (action: string, payload: object) =>
    new Promise<unknown[]>((resolve) => {
      const messageId = String(++id)
      answers.set(messageId, resolve)
      socket.send(JSON.stringify([2, messageId, action, payload]))
    })
  await call('BootNotification', { chargePointVendor: 'Storm', chargePointModel: 'AC11' })

  const sender = createSender({
    smtpUrl: smtp.url,
    from: 'noreply@cpms.test',
    host: 'cpms.test',
    dataDir: '/tmp',
  })
  const work = async () => {
    await raiseWhatHappened(context)
    await mailDueAlerts(context, 'http://localhost:3000')
    await sendWaitingMail(context, sender)
  }
  const startedAt = Date.now()
  for (let i = 0; i < frames; i++) {
    const isFaulted = i % 2 === 0
    const answer = await call('StatusNotification', {
      connectorId: 1,
      status: isFaulted ? 'Faulted' : 'Available',
      errorCode: isFaulted ? 'ConnectorLockFailure' : 'NoError',
      timestamp: new Date().toISOString(),
    })
    expect(answer[0]).toBe(3)
    if (i % 100 === 99) await work()
  }
  const tookMs = Date.now() - startedAt
  await work()

  const { rows: alerts } = await side.pool.query<{ kind: string; count: number; status: string }>(
    'select kind, count, status from alerts',
  )
  expect(alerts).toMatchObject([{ kind: 'lock', status: 'open' }])
  expect(alerts[0]!.count).toBe(frames / 2)
  expect(smtp.mails).toHaveLength(1)
  const [mail] = smtp.mails
  expect(mail!.head).toMatch(/^subject: Fault: Plug or cable lock at charger \d+/im)
  expect(mail!.raw).not.toContain(charger.password)
  expect(mail!.raw).not.toContain(charger.identity)

  offsetMs = 3 * 60_000
  await work()
  const { rows: after } = await side.pool.query('select status, auto_resolved from alerts')
  expect(after).toEqual([{ status: 'resolved', auto_resolved: true }])
  expect(smtp.mails).toHaveLength(1)
  process.stdout.write(`${frames} flapping frames answered and judged in ${tookMs} ms\n`)

  socket.close()
  sender.close()
})
