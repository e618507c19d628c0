import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { LIVE_PATH, readFrame, readUpgrade } from './guard'
import { tokenKey, verifyToken } from './token'

const origins = new Set(['http://localhost:3000'])
const upgrade = (url: string, headers: Record<string, string>, method = 'GET') =>
  readUpgrade({ url, method, headers } as unknown as IncomingMessage, origins)
const cookie = { cookie: 'x=1; payload-token=a.b.c' }
const origin = { origin: 'http://localhost:3000' }

describe('the upgrade', () => {
  test.each([
    ['/live?token=a.b.c', { ...origin, ...cookie }],
    ['/live?socket_id=1', { ...origin, ...cookie }],
    ['/', { ...origin, ...cookie }],
    ['/live/', { ...origin, ...cookie }],
    ['/%E0%A4%A', { ...origin, ...cookie }],
    ['//live', { ...origin, ...cookie }],
  ])('SEC-32 %s is not the path', (url, headers) => {
    expect(upgrade(url, headers)).toEqual({ kind: 'refused', status: 400 })
  })

  test('SEC-32 another method is not an upgrade', () => {
    expect(upgrade(LIVE_PATH, { ...origin, ...cookie }, 'POST')).toMatchObject({ status: 400 })
  })

  test('SEC-32 a foreign Origin is refused, with a cookie and with a header', () => {
    const foreign = { origin: 'https://evil.test' }
    expect(upgrade(LIVE_PATH, { ...foreign, ...cookie })).toMatchObject({ status: 403 })
    expect(upgrade(LIVE_PATH, { ...foreign, authorization: 'JWT a.b.c' })).toMatchObject({
      status: 403,
    })
    expect(upgrade(LIVE_PATH, { origin: 'null', ...cookie })).toMatchObject({ status: 403 })
  })

  test('no token is 401, and so is a cookie without an Origin', () => {
    expect(upgrade(LIVE_PATH, origin)).toMatchObject({ status: 401 })
    expect(upgrade(LIVE_PATH, cookie)).toMatchObject({ status: 401 })
    expect(upgrade(LIVE_PATH, { authorization: 'Basic YTpi' })).toMatchObject({ status: 401 })
  })

  test('the cookie of our own page and the header of a program both count', () => {
    expect(upgrade(LIVE_PATH, { ...origin, ...cookie })).toEqual({ kind: 'ok', token: 'a.b.c' })
    expect(upgrade(LIVE_PATH, { authorization: 'JWT d.e.f' })).toEqual({
      kind: 'ok',
      token: 'd.e.f',
    })
    expect(upgrade(LIVE_PATH, { authorization: 'Bearer d.e.f' })).toMatchObject({ token: 'd.e.f' })
  })
})

describe('the token', () => {
  const key = tokenKey('a secret of the panel')
  const now = new Date('2026-11-01T12:00:00Z')
  const claims = {
    id: 7,
    collection: 'users',
    email: 'a@b.c',
    sid: 's1',
    exp: now.getTime() / 1000 + 60,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  function sign(body: object, head: object = { alg: 'HS256' }, by: Buffer = key): string {
    const text = `${part(head)}.${part(body)}`
    return `${text}.${createHmac('sha256', by).update(text).digest('base64url')}`
  }

  test('a standing one names its person and login', () => {
    expect(verifyToken(sign(claims), key, now)).toEqual({ userId: 7, sessionId: 's1' })
  })

  test.each([
    ['another key', sign(claims, { alg: 'HS256' }, tokenKey('another secret'))],
    [
      'the secret itself as the key',
      sign(claims, { alg: 'HS256' }, Buffer.from('a secret of the panel')),
    ],
    ['alg none', `${part({ alg: 'none' })}.${part(claims)}.`],
    ['alg none with a signature', sign(claims, { alg: 'none' })],
    ['an edited id', sign(claims).replace(part(claims), part({ ...claims, id: 1 }))],
    ['a driver', sign({ ...claims, collection: 'drivers' })],
    ['expired by a second', sign({ ...claims, exp: now.getTime() / 1000 - 1 })],
    ['no expiry', sign({ ...claims, exp: undefined })],
    ['no login', sign({ ...claims, sid: undefined })],
    ['an id that is text', sign({ ...claims, id: '7' })],
    ['four parts', `${sign(claims)}.x`],
    ['nothing', ''],
    ['no JSON', 'a.b.c'],
  ])('SEC-20 %s is refused', (_, token) => {
    expect(verifyToken(token, key, now)).toBeNull()
  })
})

describe('a frame', () => {
  const read = (text: string) => readFrame(Buffer.from(text), false)
  const call = (message: object) => read(JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }))

  test('the four methods are calls', () => {
    expect(call({ method: 'ping' })).toEqual({
      kind: 'call',
      id: 1,
      method: 'ping',
      params: undefined,
    })
    expect(call({ method: 'since', params: [4] })).toMatchObject({ kind: 'call', params: [4] })
  })

  test.each(['__listMethods', 'rpc.login', 'constructor', '__proto__', 'toString', ''])(
    'SEC-32 the method %j does not exist',
    (method) => {
      expect(call({ method })).toMatchObject({ kind: 'bad', error: { code: -32601 } })
    },
  )

  test.each([
    '',
    '{',
    'null',
    '5',
    '"x"',
    '[]',
    JSON.stringify(
      Array.from({ length: 10_000 }, () => ({ jsonrpc: '2.0', id: 1, method: 'ping' })),
    ),
    '{}',
    '{"jsonrpc":"2.0","method":"ping"}',
    '{"jsonrpc":"2.0","method":"ping","id":null}',
    '{"jsonrpc":"2.0","method":"ping","id":{}}',
    '{"jsonrpc":"2.0","method":{},"id":1}',
    '{"jsonrpc":"1.0","method":"ping","id":1}',
    '['.repeat(30_000),
    '{"__proto__":{"jsonrpc":"2.0","method":"ping","id":1}}',
  ])('SEC-32 %# is answered with an error and never thrown', (text) => {
    const frame = read(text)
    expect(frame.kind).toBe('bad')
    expect([-32700, -32600]).toContain(frame.kind === 'bad' && frame.error.code)
  })

  test('a binary frame is none', () => {
    expect(readFrame(Buffer.from('{}'), true)).toMatchObject({
      kind: 'bad',
      error: { code: -32600 },
    })
  })
})
