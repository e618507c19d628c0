import { once } from 'node:events'
import { Client } from 'rpc-websockets'
import WebSocket from 'ws'

import { channels } from '@/db/channels'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import {
  giveGrant,
  makeNetwork,
  makePerson,
  signToken,
  type Network,
} from '@/tests/helpers/network'

import { startLive, type Live } from './main'

/**
 * The live channel by the door that browsers use: rpc-websockets' own client for those who behave, raw `ws` for those
 * who do not. Guarantees SEC-19, SEC-32, SEC-33: nobody hears what is not theirs, and no frame ends the process.
 */

const secret = 'a secret of the panel for this test 0123456789'
const origin = 'http://localhost:3000'

let database: TestDatabase
let network: Network
let live: Live
const open: { close(): void }[] = []

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  live = await startLive({
    pool: database.pool,
    connectionString: database.url,
    host: '127.0.0.1',
    port: 0,
    publicUrl: origin,
    payloadSecret: secret,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
})

afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

afterAll(async () => {
  await live.close()
  await database.close()
})

type Heard = { id: number; kind: string; siteId: number; body: Record<string, unknown> }

/** A well-behaved listener; resolves once its position is fixed, so that what is written afterwards is heard. */
async function listener(
  token: string,
): Promise<{ client: Client; heard: Heard[]; ticks: number[]; closed: Promise<number> }> {
  const client = new Client(`ws://127.0.0.1:${live.port}/live`, {
    reconnect: false,
    headers: { Cookie: `payload-token=${token}` },
    origin,
  })
  const heard: Heard[] = []
  const ticks: number[] = []
  client.on('event', (event: Heard) => heard.push(event))
  client.on('meter', ({ ticks: all }: { ticks: { session: number }[] }) =>
    ticks.push(...all.map((tick) => tick.session)),
  )
  const closed = new Promise<number>((resolve) =>
    client.on('close', (code: number) => resolve(code)),
  )
  await new Promise<void>((resolve, reject) => {
    client.on('open', resolve)
    client.on('error', reject)
  })
  open.push({ close: () => client.close() })
  await client.call('ping')
  return { client, heard, ticks, closed }
}

async function tell(
  siteId: number,
  chargerId: number,
  kind = 'charger.status',
  body: object = { status: 'Faulted' },
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    'insert into telemetry.events (kind, charger_id, site_id, body) values ($1, $2, $3, $4) returning id',
    [kind, chargerId, siteId, JSON.stringify(body)],
  )
  await database.pool.query('select pg_notify($1, $2)', [channels.event, ''])
  return rows[0]!.id
}

const tellA = (kind?: string, body?: object) => tell(network.siteA, network.chargerA, kind, body)
const tellB = (kind?: string, body?: object) => tell(network.siteB, network.chargerB, kind, body)

async function until(what: () => boolean, withinMs = 4_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!what()) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The events of both sites, told in a row: when the last one is heard the others were heard or never will be. */
const ids = (heard: Heard[]) => heard.map((event) => event.id)

describe('who hears what', () => {
  test('a super admin hears every site, an operator of site A never one of site B', async () => {
    const admin = await listener(
      (await makePerson(database.pool, secret, { role: 'super-admin' })).token,
    )
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    const told: number[] = []
    for (let i = 0; i < 10; i++) told.push(await tellB(), await tellA())
    await until(() => admin.heard.length === 20)
    await until(() => operator.heard.length === 10)
    expect(ids(admin.heard)).toEqual(told)
    expect(operator.heard.every((event) => event.siteId === network.siteA)).toBe(true)
  })

  test('a region reaches its sites, a single charger only itself', async () => {
    const { rows } = await database.pool.query<{ region_id: number }>(
      'select region_id from sites where id = $1',
      [network.siteB],
    )
    const regional = await listener(
      (
        await makePerson(database.pool, secret, {
          role: 'technician',
          regions: [rows[0]!.region_id],
        })
      ).token,
    )
    const single = await listener(
      (
        await makePerson(database.pool, secret, {
          role: 'technician',
          chargers: [network.chargerA],
        })
      ).token,
    )
    const [a, b] = [await tellA(), await tellB()]
    await until(() => regional.heard.length > 0 && single.heard.length > 0)
    expect(ids(regional.heard)).toEqual([b])
    expect(ids(single.heard)).toEqual([a])
  })

  test('alerts and tickets are heard where they may be read; a site owner hears that there is one, not what was seen', async () => {
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    const owner = await listener(
      (await makePerson(database.pool, secret, { role: 'site-owner', sites: [network.siteA] }))
        .token,
    )
    const news = { alertId: 7, what: 'opened', severity: 'urgent', title: 'Overheating', count: 1 }
    await tellB('alert.changed', news)
    const alert = await tellA('alert.changed', news)
    const ticket = await tellA('ticket.created', { ticketId: 9, number: 1001 })
    await until(() => operator.heard.length === 2 && owner.heard.length === 2)
    expect(ids(operator.heard)).toEqual([alert, ticket])
    expect(operator.heard[0]!.body).toMatchObject(news)
    expect(owner.heard.map((event) => event.body)).toEqual([
      { alertId: 7, what: 'opened', severity: 'urgent' },
      { ticketId: 9 },
    ])
  })

  test('nobody hears who is charging; a site owner hears states and no details, and no sessions', async () => {
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    const owner = await listener(
      (await makePerson(database.pool, secret, { role: 'site-owner', sites: [network.siteA] }))
        .token,
    )
    await tellA('session.started', { transactionId: 7, idTag: '04AA', driverId: 3 })
    await tellA('connector.status', {
      connectorId: 1,
      status: 'Faulted',
      info: 'E-7',
      vendorErrorCode: 'x',
    })
    await until(() => operator.heard.length === 2 && owner.heard.length === 1)
    expect(operator.heard[0]!.body).toEqual({ transactionId: 7 })
    expect(operator.heard[1]!.body).toMatchObject({ info: 'E-7' })
    expect(owner.heard[0]!.body).toEqual({ connectorId: 1, status: 'Faulted' })
  })

  test('meter figures follow the same scope', async () => {
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    // The first event makes the check of access recent; figures are dropped without one.
    await tellA()
    await until(() => operator.heard.length === 1)
    const tick = (session: number, charger: number, site: number) => ({
      session,
      charger,
      site,
      wh: 1,
      w: 1,
      soc: null,
      at: 'x',
    })
    await database.pool.query('select pg_notify($1, $2)', [
      channels.live,
      JSON.stringify([
        tick(1, network.chargerA, network.siteA),
        tick(2, network.chargerB, network.siteB),
      ]),
    ])
    await until(() => operator.ticks.length > 0)
    expect(operator.ticks).toEqual([1])
  })

  test('a topic narrows what is heard; one of others is refused and never heard', async () => {
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    await expect(
      operator.client.call('rpc.on', [`charger/${network.chargerB}`]),
    ).rejects.toMatchObject({ code: -32606 })
    await expect(operator.client.call('rpc.on', ['charger/999999'])).rejects.toMatchObject({
      code: -32606,
    })
    expect(await operator.client.call('rpc.on', [`charger/${network.chargerA}`])).toEqual({
      [`charger/${network.chargerA}`]: 'ok',
    })
    await tellB()
    const heard = await tellA()
    await until(() => operator.heard.length > 0)
    expect(ids(operator.heard)).toEqual([heard])
  })
})

describe('nothing is missed', () => {
  test('an event whose transaction commits after a later one is heard', async () => {
    const admin = await listener(
      (await makePerson(database.pool, secret, { role: 'super-admin' })).token,
    )
    const slow = await database.pool.connect()
    try {
      await slow.query('begin')
      const { rows } = await slow.query<{ id: number }>(
        `insert into telemetry.events (kind, charger_id, site_id) values ('charger.status', $1, $2) returning id`,
        [network.chargerA, network.siteA],
      )
      const later = await tellA()
      await until(() => admin.heard.length === 1)
      await slow.query('commit')
      await until(() => admin.heard.length === 2)
      expect(ids(admin.heard)).toEqual([later, rows[0]!.id])
    } finally {
      slow.release()
    }
  })

  test('the LISTEN connection is cut and events are heard again', async () => {
    const admin = await listener(
      (await makePerson(database.pool, secret, { role: 'super-admin' })).token,
    )
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cpms-live' and datname = current_database()`,
    )
    const told = await tellA()
    await until(() => admin.heard.length > 0)
    expect(ids(admin.heard)).toEqual([told])
  })

  test('`since` answers what happened after an event, in scope', async () => {
    const operator = await listener(
      (await makePerson(database.pool, secret, { role: 'operator', sites: [network.siteA] })).token,
    )
    const { lastEventId } = (await operator.client.call('ping')) as { lastEventId: number }
    const [, a] = [await tellB(), await tellA()]
    const answer = await operator.client.call('since', [lastEventId])
    expect(answer).toMatchObject({ events: [{ id: a }], lastEventId: a, isComplete: true })
    await expect(operator.client.call('since', ['x'])).rejects.toMatchObject({ code: -32602 })
  })
})

describe('who is let in', () => {
  async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
    const socket = new WebSocket(`ws://127.0.0.1:${live.port}${path}`, { headers })
    open.push({ close: () => socket.terminate() })
    return new Promise((resolve) => {
      socket.on('error', () => {})
      socket.on('open', () => resolve(101))
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    })
  }

  test('SEC-32 no token 401, other paths and queries 400, a foreign Origin 403, signed in 101', async () => {
    const { token } = await makePerson(database.pool, secret, { role: 'super-admin' })
    const cookie = { Cookie: `payload-token=${token}`, Origin: origin }
    expect(await upgrade('/live', cookie)).toBe(101)
    expect(await upgrade('/live', { Authorization: `JWT ${token}` })).toBe(101)
    expect(await upgrade('/live', { Origin: origin })).toBe(401)
    expect(await upgrade('/live', { Cookie: cookie.Cookie })).toBe(401)
    expect(await upgrade('/live', { ...cookie, Origin: 'https://evil.test' })).toBe(403)
    for (const path of ['/', `/live?token=${token}`, '/live?socket_id=1', '/live/x', '/%E0%A4%A'])
      expect(await upgrade(path, cookie)).toBe(400)
  })

  test('SEC-19 a token of a login that ended, and one of nobody, are refused', async () => {
    const person = await makePerson(database.pool, secret, { role: 'super-admin' })
    await database.pool.query('delete from users_sessions where id = $1', [person.sessionId])
    expect(await upgrade('/live', { Authorization: `JWT ${person.token}` })).toBe(401)
    const forged = signToken('another secret', person)
    expect(await upgrade('/live', { Authorization: `JWT ${forged}` })).toBe(401)
  })
})

describe('who is shown out', () => {
  test('SEC-19 a login that ends closes its socket within 5 s, without anybody telling', async () => {
    const person = await makePerson(database.pool, secret, { role: 'super-admin' })
    const { closed, heard } = await listener(person.token)
    await database.pool.query('delete from users_sessions where id = $1', [person.sessionId])
    const from = Date.now()
    expect(await closed).toBe(1008)
    expect(Date.now() - from).toBeLessThan(5_000)
    // what was said before may have reached it while it was still signed in
    const known = heard.length
    await tellA()
    expect(heard.slice(known)).toEqual([])
  })

  test('SEC-33 a grant that is taken away, told by NOTIFY, silences at once and leaves the socket', async () => {
    const person = await makePerson(database.pool, secret, null)
    const grant = await giveGrant(database.pool, person.userId, {
      role: 'operator',
      sites: [network.siteA],
    })
    await giveGrant(database.pool, person.userId, { role: 'operator', sites: [network.siteB] })
    const { heard } = await listener(person.token)
    await tellA()
    await until(() => heard.length === 1)
    await database.pool.query('delete from grants_rels where parent_id = $1', [grant])
    await database.pool.query('select pg_notify($1, $2)', [channels.access, String(person.userId)])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tellA()
    const after = await tellB()
    await until(() => heard.length > 1)
    expect(ids(heard).slice(1)).toEqual([after])
  })
})

describe('SEC-32 frames that nobody should send', () => {
  async function raw(): Promise<{ socket: WebSocket; answers: { error?: { code: number } }[] }> {
    const { token } = await makePerson(database.pool, secret, {
      role: 'operator',
      sites: [network.siteA],
    })
    const socket = new WebSocket(`ws://127.0.0.1:${live.port}/live`, {
      headers: { Authorization: `JWT ${token}` },
    })
    const answers: { error?: { code: number } }[] = []
    socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString('utf8'))))
    socket.on('error', () => {})
    open.push({ close: () => socket.terminate() })
    await once(socket, 'open')
    return { socket, answers }
  }
  const call = (method: unknown, params?: unknown) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })

  test('each is answered with an error, the process lives, and after 20 the socket is closed with 1008', async () => {
    const { socket, answers } = await raw()
    const frames = [
      call('rpc.on', {}),
      call('rpc.on', 5),
      call('rpc.on', null),
      call('rpc.on', 'x'),
      call('rpc.on', [{}]),
      call('rpc.on', Array.from({ length: 10_000 }, (_, i) => `charger/${i}`).slice(0, 4_000)),
      call('rpc.on', ['__proto__']),
      call('__listMethods'),
      call('constructor'),
      call('__proto__'),
      call({ toString: 1 }),
      '[]',
      `[${Array.from({ length: 1000 }, () => call('ping')).join(',')}]`,
      'null',
      '"x"',
      '{',
      '{}',
      call('since', { lastEventId: -1 }),
    ]
    for (const [i, frame] of frames.entries()) {
      socket.send(frame)
      await until(() => answers.length === i + 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(answers.map((answer) => answer.error?.code)).toEqual(
      expect.arrayContaining([-32602, -32601, -32600, -32700]),
    )
    expect(answers.every((answer) => answer.error)).toBe(true)
    socket.send(call('nothing'))
    socket.send(call('nothing'))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1008)
    expect((await fetch(`http://127.0.0.1:${live.port}/healthz`)).status).toBe(200)
  })

  test('a flood of calls and a frame above 64 kB close the socket, not the process', async () => {
    const flood = await raw()
    for (let i = 0; i < 500; i++) flood.socket.send(call('ping'))
    expect(((await once(flood.socket, 'close')) as [number])[0]).toBe(1008)
    const big = await raw()
    big.socket.send('x'.repeat(70_000))
    expect(((await once(big.socket, 'close')) as [number])[0]).toBe(1009)
    expect((await fetch(`http://127.0.0.1:${live.port}/healthz`)).status).toBe(200)
  })
})
