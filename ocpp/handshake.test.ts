import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'

import { WebSocket } from 'ws'

import {
  ask,
  authorization,
  closed,
  password,
  startWire,
  until,
  type Wire,
  type WireOptions,
} from '@/tests/helpers/wire'

import { defaultHandshakeLimits } from './handshake'

let wire: Wire
const start = async (options: WireOptions = {}) => (wire = await startWire(options))
afterEach(() => wire.stop())

type Upgrade = {
  path?: string
  headers?: Record<string, string>
  method?: string
  localAddress?: string
}

/** An upgrade as `http` makes it: the response, or the socket when it was upgraded. */
async function upgrade({
  path = '/ocpp/CP1',
  headers,
  method = 'GET',
  localAddress,
}: Upgrade = {}) {
  const request = httpRequest({
    port: wire.port,
    host: '127.0.0.1',
    path,
    method,
    localAddress,
    agent: false,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol': 'ocpp1.6',
      ...headers,
    },
  })
  request.on('upgrade', (_response, socket) => socket.destroy())
  request.end()
  const [response] = (await Promise.race([
    once(request, 'response'),
    once(request, 'upgrade'),
  ])) as [IncomingMessage]
  let body = ''
  if (response.statusCode !== 101)
    for await (const chunk of response.setEncoding('utf8')) body += String(chunk)
  return { status: response.statusCode, headers: response.headers, body }
}

/** Bytes as they are; the first line of what comes back, '' when it is only closed. */
async function raw(text: string): Promise<string> {
  const socket = await wire.tcp()
  let received = ''
  socket.on('data', (data: Buffer) => (received += data.toString()))
  socket.write(text, 'latin1')
  await once(socket, 'close')
  return received.split('\r\n')[0]!
}

const good = authorization('CP1')

describe('who gets in', () => {
  test.each([
    ['/ocpp/CP1'],
    ['/ocpp/CP1/'],
    ['/OCPP/cp1'],
    ['/ocpp/CP1/CP1'],
    ['/ocpp/ws://192.0.2.1/CP1'],
    ['/ocpp/CP%31'],
  ])('%s with its password', async (path) => {
    await start()
    expect((await upgrade({ path, headers: good })).status).toBe(101)
  })

  test('a user name in other case, an encoded identity, a password with colons', async () => {
    await start({ chargers: { 'RDAM|123': { password: 'a:b:c d e f g h i' } } })
    const path = '/ocpp/RDAM%7C123'
    const headers = authorization('rdam|123', 'a:b:c d e f g h i')
    expect((await upgrade({ path, headers })).status).toBe(101)
  })

  test('ocpp1.6 is agreed wherever it stands in the offer, and nothing else', async () => {
    await start()
    const socket = await wire.charger('CP1', { protocols: ['ocpp2.0.1', 'ocpp1.6'] })
    expect(socket.protocol).toBe('ocpp1.6')
    expect(await ask(socket, '[2,"1","Heartbeat",{}]')).toEqual([3, '1', {}])
  })
})

describe('who does not (SEC-01)', () => {
  test('all refusals that have to do with who it is look the same, and open nothing', async () => {
    await start({ chargers: { CP1: {}, CP2: { isDisabled: true } } })
    const answers = [
      await upgrade(),
      await upgrade({ headers: authorization('CP1', 'wrong') }),
      await upgrade({ headers: authorization('CP2') }),
      await upgrade({ path: '/ocpp/nobody', headers: authorization('nobody') }),
      await upgrade({ path: '/ocpp/CP2', headers: authorization('CP2') }),
      await upgrade({ headers: { Authorization: 'Bearer x' } }),
    ]
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401)
      expect(body).toBe('Unauthorized\n')
      expect(headers).toEqual(answers[0]!.headers)
    }
    expect(answers[0]!.headers['www-authenticate']).toBe('Basic realm="ocpp"')
    expect(wire.registry.size).toBe(0)
    expect(wire.refusals.map(({ identity, cause }) => [identity, cause])).toEqual([
      ['CP1', 'no-password'],
      ['CP1', 'wrong-password'],
      ['CP1', 'wrong-username'],
      ['nobody', 'unknown-charger'],
      ['CP2', 'disabled'],
      ['CP1', 'no-password'],
    ])
    expect(JSON.stringify(wire.refusals)).not.toMatch(/wrong"|Basic|correct horse/)
  })

  test('the same work is done for all of them', async () => {
    await start()
    await upgrade()
    await upgrade({ headers: authorization('CP1', 'wrong') })
    await upgrade({ headers: authorization('CP2') })
    await upgrade({ path: '/ocpp/nobody', headers: authorization('nobody') })
    expect(wire.verified).toEqual([null, 1, null, null])
  })

  test('and none of them is answered sooner than the others', async () => {
    await start({
      handshake: { limits: { ...defaultHandshakeLimits, refusalAfterMs: 60 } },
    })
    const startedMs = performance.now()
    await upgrade({ path: '/ocpp/nobody', headers: authorization('nobody') })
    expect(performance.now() - startedMs).toBeGreaterThan(55)
  })
})

describe('guessing (SEC-03)', () => {
  test('the 21st failure from an address is refused before any password is looked at', async () => {
    await start()
    for (let n = 0; n < 20; n++)
      expect((await upgrade({ path: `/ocpp/X${n}`, headers: authorization(`X${n}`) })).status).toBe(
        401,
      )
    const looks = wire.verified.length
    const late = await upgrade({ headers: good })
    expect(late.status).toBe(429)
    expect(late.headers['retry-after']).toBe('60')
    expect(wire.verified).toHaveLength(looks)
    expect((await upgrade({ headers: good, localAddress: '127.0.0.2' })).status).toBe(101)
  })

  test('the 6th failure for a charger is refused; the real one comes in from elsewhere', async () => {
    await start()
    for (let n = 0; n < 5; n++)
      expect((await upgrade({ headers: authorization('CP1', `guess ${n}`) })).status).toBe(401)
    expect((await upgrade({ headers: authorization('CP1', 'guess 6') })).status).toBe(429)
    expect((await upgrade({ path: '/ocpp/cp1', headers: good })).status).toBe(429)
    expect((await upgrade({ headers: good, localAddress: '127.0.0.2' })).status).toBe(101)
  })

  test('a hundred guesses at once are a hundred guesses', async () => {
    await start()
    const statuses = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        upgrade({ headers: authorization('CP1', `guess ${n}`) }).then(({ status }) => status),
      ),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(95)
  })

  test('a charger that was in before is not barred by a neighbour behind the same router', async () => {
    await start()
    expect((await upgrade({ headers: good })).status).toBe(101)
    for (let n = 0; n < 25; n++) await upgrade({ path: `/ocpp/X${n}` })
    expect((await upgrade({ headers: good })).status).toBe(101)
    expect((await upgrade({ path: '/ocpp/CP2', headers: authorization('CP2') })).status).toBe(429)
  })

  test('reconnecting is no failure, however often', async () => {
    await start()
    for (let n = 0; n < 30; n++) expect((await upgrade({ headers: good })).status).toBe(101)
  })
})

describe('floods', () => {
  test('more connections than allowed from an address are refused (SEC-07)', async () => {
    await start({
      handshake: {
        limits: {
          ...defaultHandshakeLimits,
          connections: { max: 10, windowMs: 10_000, keysMax: 10 },
        },
      },
    })
    for (let n = 0; n < 10; n++) expect((await upgrade({ headers: good })).status).toBe(101)
    expect((await upgrade({ headers: good })).status).toBe(429)
    expect((await upgrade({ headers: good, localAddress: '127.0.0.3' })).status).toBe(101)
  })

  test('refusals are reported, but not without end', async () => {
    await start()
    for (let n = 0; n < 80; n++) await upgrade({ path: '/' })
    expect(wire.refusals).toHaveLength(60)
    expect(wire.metrics.refused.get('bad-path')).toBe(80)
  })
})

describe('odd requests (SEC-02)', () => {
  test.each([
    '/%E0%A4%A',
    '/%00',
    '/../x',
    '//',
    '/ocpp/',
    `/${'x'.repeat(9000)}`,
    '/ocpp/CP1?x=',
    '*',
  ])('upgrade of %s is 404 and the others live on', async (path) => {
    await start()
    const other = await wire.charger('CP2')
    const line = await raw(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
    expect(line).toBe('HTTP/1.1 404 Not Found')
    expect(await ask(other, '[2,"1","Heartbeat",{}]')).toEqual([3, '1', {}])
  })

  test.each([
    ['POST', { method: 'POST' }],
    ['another upgrade', { headers: { ...good, Upgrade: 'h2c' } }],
    ['no key', { headers: { ...good, 'Sec-WebSocket-Key': 'x' } }],
    ['an old version', { headers: { ...good, 'Sec-WebSocket-Version': '7' } }],
    ['a name twice', { headers: { ...good, 'Sec-WebSocket-Protocol': 'ocpp1.6, ocpp1.6' } }],
    ['a bad list', { headers: { ...good, 'Sec-WebSocket-Protocol': 'ocpp1.6,, (x)' } }],
  ])('%s is 400', async (_name, request: Upgrade) => {
    await start()
    expect((await upgrade(request)).status).toBe(400)
    expect(wire.refusals[0]?.cause).toBe('bad-request')
    expect(wire.registry.size).toBe(0)
  })

  test('the subprotocol header twice is one list', async () => {
    await start()
    const line = await raw(
      `GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: ${good.Authorization}\r\nSec-WebSocket-Protocol: ocpp2.0.1\r\nSec-WebSocket-Protocol: ocpp9\r\n\r\n`,
    )
    expect(line).toBe('HTTP/1.1 101 Switching Protocols')
    expect(wire.refusals[0]?.cause).toBe('subprotocol')
  })

  test('two thousand headers, bytes that are no HTTP, a header without end', async () => {
    await start()
    const many = Array.from({ length: 2000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')
    expect(await raw(`GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\n${many}\r\n`)).toMatch(/^HTTP\/1\.1 4/)
    expect(await raw('\x16\x03\x01\x02\x00\x01\x00')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw(`GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`)).toMatch(/^HTTP\/1\.1 4/)
    expect(wire.odd.length).toBeGreaterThan(0)
    expect((await upgrade({ headers: good })).status).toBe(101)
  })

  test('a request without an upgrade on a charger path says what is missing (QUIRKS 2)', async () => {
    await start()
    const response = await fetch(`http://127.0.0.1:${wire.port}/ocpp/%E0%A4%A`)
    expect(response.status).toBe(426)
    expect(wire.odd[0]).toContain('GET /ocpp/%E0%A4%A')
  })
})

describe('subprotocols (QUIRKS 1)', () => {
  test.each([[[] as string[]], [['ocpp9']], [['ocpp2.0.1', 'ocpp1.5']]])(
    'an offer of %j is completed without one and closed (OCPP-J 1.6 §3.2)',
    async (protocols) => {
      await start()
      const socket = new WebSocket(`ws://127.0.0.1:${wire.port}/ocpp/CP1`, protocols, {
        headers: good,
      })
      socket.on('error', () => undefined)
      if (protocols.length === 0) {
        await once(socket, 'open')
        expect(socket.protocol).toBe('')
      }
      await closed(socket)
      expect(wire.refusals.map(({ cause }) => cause)).toEqual(['subprotocol'])
      expect(wire.registry.size).toBe(0)
    },
  )

  test('a charger that is known to leave it out is taken for 1.6', async () => {
    await start({ chargers: { CP1: { assumesOcpp16: true } } })
    const socket = await wire.charger('CP1', { protocols: [] })
    expect(await ask(socket, '[2,"1","Heartbeat",{}]')).toEqual([3, '1', {}])
  })
})

describe('when we cannot', () => {
  test('not ready is 503 with a time to come back, on every door', async () => {
    await start()
    wire.setReady(false)
    const refused = await upgrade({ headers: good })
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '10'])
    const ready = await fetch(`http://127.0.0.1:${wire.port}/readyz`)
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '10'])
    expect((await fetch(`http://127.0.0.1:${wire.port}/healthz`)).status).toBe(200)
    wire.setReady(true)
    expect((await upgrade({ headers: good })).status).toBe(101)
  })

  test('a database that fails is 503, is ours to know, and is not counted against the charger', async () => {
    let isDown = true
    await start({
      handshake: {
        findCharger: () =>
          isDown
            ? Promise.reject(new Error('select … from chargers'))
            : Promise.resolve({
                chargerId: 1,
                identity: 'CP1',
                isDisabled: false,
                assumesOcpp16: false,
              }),
        verifyPassword: (_id, presented) => Promise.resolve(presented.toString() === password),
      },
    })
    for (let n = 0; n < 10; n++) {
      const { status, body } = await upgrade({ headers: good })
      expect([status, body]).toEqual([503, 'Service Unavailable\n'])
    }
    expect(wire.faults).toHaveLength(10)
    isDown = false
    expect((await upgrade({ headers: good })).status).toBe(101)
  })

  test('a socket that goes away while its password is looked at does no harm', async () => {
    let found: ((nobody: null) => void) | undefined
    await start({ handshake: { findCharger: () => new Promise((resolve) => (found = resolve)) } })
    const socket = await wire.tcp()
    socket.write(
      `GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: ${good.Authorization}\r\n\r\n`,
    )
    await until(() => found !== undefined)
    socket.resetAndDestroy()
    await new Promise((resolve) => setTimeout(resolve, 20))
    found!(null)
    await until(() => wire.refusals.length === 1)
    expect(wire.faults).toEqual([])
  })
})

test('nothing tells what is running here (SEC-43)', async () => {
  await start()
  for (const path of ['/', '/healthz', '/metrics', '/ocpp/CP1', '/nothing', '/%E0%A4%A']) {
    const response = await fetch(`http://127.0.0.1:${wire.port}${path}`)
    expect(response.headers.get('x-powered-by')).toBeNull()
    expect(response.headers.get('server')).toBeNull()
    expect(await response.text()).not.toMatch(/express|node|\.ts|\d+\.\d+\.\d+/i)
  }
})

test('/metrics counts in Prometheus text', async () => {
  await start()
  const socket = await wire.charger()
  await ask(socket, '[2,"1","Heartbeat",{}]')
  await upgrade({ path: '/' })
  const text = await (await fetch(`http://127.0.0.1:${wire.port}/metrics`)).text()
  expect(text).toContain('# TYPE cpms_ocpp_calls_in_total counter\ncpms_ocpp_calls_in_total 1\n')
  expect(text).toContain(
    '# TYPE cpms_ocpp_connected_chargers gauge\ncpms_ocpp_connected_chargers 1\n',
  )
  expect(text).toContain('cpms_ocpp_refused_handshakes_total{cause="bad-path"} 1\n')
})
