import { randomBytes } from 'node:crypto'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { readDeliveries } from '@/db/queries/webhooks'
import { makeNetwork, type Network } from '@/tests/helpers/network'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { tomorrowAtNoon } from '@/tests/helpers/clock'
import { sendWhatWebhooksWant } from './definitions/sendWebhooks'
import type { JobContext } from './job'

/**
 * Webhooks against a receiver that checks what it gets as ours would have to: signed, in order, once where it says 2xx,
 * again and again where it does not, never to an address inside (SEC-36), never along a redirect.
 */
process.env.PAYLOAD_SECRET = randomBytes(32).toString('hex')
const secret = 'a secret of the receiver'

let database: TestDatabase
let network: Network
let now = tomorrowAtNoon()
let context: JobContext
let receiver: Server
let port: number
let answers: number[]
let heard: { headers: IncomingMessage['headers']; body: string; path: string }[]

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  context = { pool: database.pool, now: () => now, log: { info: () => {}, warn: () => {} } }
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ headers: request.headers, body, path: request.url ?? '' })
      const status = answers.length > 1 ? answers.shift()! : (answers[0] ?? 200)
      if (status === 0) return
      response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {})
      response.end('thank you')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  port = (receiver.address() as AddressInfo).port
})
beforeEach(async () => {
  answers = [200]
  heard = []
  await database.pool.query('delete from webhooks')
  await run()
  heard = []
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await database?.close()
})

const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
const run = (allowsPrivate = true) =>
  sendWhatWebhooksWant(context, { allowsPrivate, timeoutMs: 400 })

async function webhook(
  over: { url?: string; events?: string[]; site?: number; active?: boolean } = {},
) {
  const { seal } = await import('@/platform/seal')
  const { rows } = await database.pool.query<{ id: number }>(
    'insert into webhooks (name, url, secret, site_id, active) values ($1, $2, $3, $4, $5) returning id',
    [
      'Hook',
      over.url ?? `http://127.0.0.1:${port}/hook?a=b`,
      seal(secret, 'webhook'),
      over.site ?? null,
      over.active ?? true,
    ],
  )
  const { id } = rows[0]!
  for (const [order, event] of (over.events ?? ['alert.opened', 'session.ended']).entries())
    await database.pool.query(
      'insert into webhooks_events ("order", parent_id, value) values ($1, $2, $3)',
      [order, id, event],
    )
  return id
}

async function tell(kind: string, body: object, site = network.siteA, charger = network.chargerA) {
  await database.pool.query(
    'insert into telemetry.events (at, kind, charger_id, site_id, body) values ($1, $2, $3, $4, $5)',
    [now, kind, charger, site, JSON.stringify(body)],
  )
}
const opened = () => tell('alert.changed', { what: 'opened', alertId: 7, title: 'Overheating' })

test('what was asked for is posted once, signed, with the names of the place', async () => {
  await webhook()
  await opened()
  await tell('alert.changed', { what: 'repeated', alertId: 7 })
  await tell('connector.status', { status: 'Faulted' })
  await Promise.all([run(), run(), run()])
  await run()
  expect(heard).toHaveLength(1)
  const [message] = heard
  expect(JSON.parse(message!.body)).toMatchObject({
    type: 'alert.opened',
    at: now.toISOString(),
    charger: { id: network.chargerA, name: 'KP-A' },
    site: { id: network.siteA, name: 'Site A' },
    data: { alertId: 7, title: 'Overheating' },
  })
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
    String(message!.headers['x-cpms-signature']),
  )!
  expect(Number(seconds)).toBe(now.getTime() / 1000)
  expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${message!.body}`).digest('hex'))
  expect(message!.headers).toMatchObject({ 'x-cpms-event': 'alert.opened' })
  expect(message!.path).toBe('/hook?a=b')
})

test('a webhook of one site hears of that site only, one that is off of nothing', async () => {
  await webhook({ site: network.siteB })
  await webhook({ active: false })
  await opened()
  await tell('session.ended', { reason: 'Local' }, network.siteB, network.chargerB)
  await run()
  expect(heard.map((one) => (JSON.parse(one.body) as { type: string }).type)).toEqual([
    'session.ended',
  ])
})

test('what happened before it was made is not told', async () => {
  await opened()
  await run()
  await webhook()
  await run()
  expect(heard).toEqual([])
})

test('a receiver that fails is asked again later, in order, each time newly signed, under the same name', async () => {
  const id = await webhook()
  answers = [500, 200]
  await opened()
  await tell('session.ended', { n: 2 })
  await run()
  expect(heard).toHaveLength(1)
  later(29)
  await run()
  expect(heard).toHaveLength(1)
  later(2)
  await run()
  expect(heard.map((one) => one.headers['x-cpms-event'])).toEqual([
    'alert.opened',
    'alert.opened',
    'session.ended',
  ])
  expect(heard[0]!.headers['x-cpms-delivery']).toBe(heard[1]!.headers['x-cpms-delivery'])
  expect(heard[0]!.headers['x-cpms-signature']).not.toBe(heard[1]!.headers['x-cpms-signature'])
  expect(await readDeliveries(database.pool, id, 10)).toMatchObject([
    { kind: 'session.ended', status: 200, tries: 1 },
    { kind: 'alert.opened', status: 200, tries: 2, error: null },
  ])
})

test('it is given up after twenty tries, and what came of it stays to be seen', async () => {
  const id = await webhook()
  answers = [503]
  await opened()
  for (let i = 0; i < 25; i++) {
    await run()
    later(6 * 3600 + 1)
  }
  expect(heard).toHaveLength(20)
  expect(await readDeliveries(database.pool, id, 10)).toMatchObject([
    { tries: 20, status: 503, error: expect.stringContaining('given up') },
  ])
})

test('SEC-36 a redirect is not followed', async () => {
  const id = await webhook()
  answers = [302]
  await opened()
  await run()
  expect(heard.map((one) => one.path)).toEqual(['/hook?a=b'])
  expect(await readDeliveries(database.pool, id, 10)).toMatchObject([
    { status: 302, error: expect.stringContaining('redirects are not followed') },
  ])
})

test('a receiver that never answers costs its time and holds up nobody else', async () => {
  await webhook()
  answers = [0, 200]
  await opened()
  const startedAt = Date.now()
  await run()
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  later(31)
  await run()
  expect(heard).toHaveLength(2)
})

test.each(['127.0.0.1', 'localhost', '0x7f000001', '[::ffff:127.0.0.1]', '2130706433'])(
  'SEC-36 %s is refused for good, and nothing arrives',
  async (host) => {
    const id = await webhook({ url: `http://${host}:${port}/` })
    await opened()
    await run(false)
    expect(heard).toEqual([])
    expect(await readDeliveries(database.pool, id, 10)).toMatchObject([
      {
        status: null,
        failedAt: expect.any(String),
        error: expect.stringMatching(/inside this network/),
      },
    ])
  },
)
