import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'

import { readEnv, type Env } from '@/platform/env'
import { logFor } from '@/platform/log'

import { openWebDoor } from './door'

/** SEC-48: what other servers believe of a request's own words, this door does not. */
type Door = Awaited<ReturnType<typeof openWebDoor>>

const open: Door[] = []
afterEach(() => Promise.all(open.splice(0).map((door) => door.close())))

/** A door that answers with the headers that came through; its port. */
async function door(trusted = ''): Promise<number> {
  const port = await freePort()
  const { trustedProxies } = readEnv({ TRUSTED_PROXIES: trusted })
  const settings = { trustedProxies, host: '127.0.0.1', port } as Env
  const handle = async (request: { headers: IncomingHttpHeaders }, response: Answer) => {
    response.end(JSON.stringify(request.headers))
  }
  open.push(await openWebDoor({ settings, handle, log: logFor('test') }))
  return port
}
type Answer = { end(text: string): void }

const claims = {
  'x-cpms-client': '203.0.113.9',
  'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware',
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'https',
  forwarded: 'for=203.0.113.9;host=evil.test',
}

test('from a stranger nothing is believed: who he is, which host he means, what was checked before', async () => {
  const { text } = await ask(await door(), '/', claims)
  const seen = JSON.parse(text) as IncomingHttpHeaders
  expect(seen).toMatchObject({ 'x-cpms-client': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' })
  for (const name of [
    'x-middleware-subrequest',
    'x-forwarded-host',
    'x-forwarded-proto',
    'forwarded',
  ])
    expect([name, seen[name]]).toEqual([name, undefined])
  expect(text).not.toMatch(/203\.0\.113\.9|evil/)
})

test('a proxy that is set says whose request it is, and still not what was checked', async () => {
  const { text } = await ask(await door('127.0.0.1/32'), '/', claims)
  const seen = JSON.parse(text) as IncomingHttpHeaders
  expect(seen).toMatchObject({ 'x-cpms-client': '203.0.113.9', 'x-forwarded-host': 'evil.test' })
  expect(seen['x-middleware-subrequest']).toBeUndefined()
})

test('an address that begins with a host is refused', async () => {
  const port = await door()
  for (const path of ['http://evil.test/api/chargers', 'evil.test:80', '*'])
    expect((await ask(port, path, {})).status).toBe(400)
})

test('two lengths in one request are one refusal and no second request', async () => {
  const answer = await raw(
    await door(),
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n',
  )
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
})

function ask(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
      let text = ''
      response.on('data', (data: Buffer) => (text += data.toString()))
      response.on('end', () => done({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', fail)
    sent.end()
  })
}

function raw(port: number, text: string): Promise<string> {
  return new Promise((done) => {
    let answer = ''
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(text))
    socket.on('data', (data) => (answer += data.toString()))
    socket.on('error', () => {})
    socket.on('close', () => done(answer))
    setTimeout(() => socket.destroy(), 2_000).unref()
  })
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
