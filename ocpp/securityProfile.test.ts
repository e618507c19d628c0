/** Real TLS with the certificates of `src/tests/fixtures/tls`, made once for a hundred years. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'

import { WebSocket, type ClientOptions } from 'ws'

import { authorization, startWire, type Wire } from '@/tests/helpers/wire'
import { createHttpServer } from './http'
import { createHandshake, defaultHandshakeLimits, type FoundCharger } from './handshake'
import { createMetrics } from './metrics'
import { v16 } from './v16'

const file = (name: string) =>
  readFileSync(new URL(`../src/tests/fixtures/tls/${name}`, import.meta.url))

/** The status of the refusal, or 101. */
function knock(url: string, options: ClientOptions): Promise<number> {
  const socket = new WebSocket(url, ['ocpp1.6'], options)
  return new Promise((resolve) => {
    socket.once('open', () => (socket.terminate(), resolve(101)))
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', () => undefined)
  })
}

describe('SEC-06: a charger that must connect over TLS', () => {
  let wire: Wire
  const asked = (headers: Record<string, string>) =>
    knock(`ws://127.0.0.1:${wire.port}/ocpp/CP1`, { headers })
  const start = async (charger: Partial<FoundCharger>, trustedProxies: string[] = []) => {
    wire = await startWire({ chargers: { CP1: charger }, handshake: { trustedProxies } })
  }
  afterEach(() => wire.stop())

  it('is refused without, although its password is right; the negative control is let in', async () => {
    await start({ securityProfile: 2 })
    expect(await asked(authorization('CP1'))).toBe(401)
    expect(wire.refusals.at(-1)?.cause).toBe('insecure')
    await wire.stop()
    await start({ securityProfile: 1 })
    expect(await asked(authorization('CP1'))).toBe(101)
  })

  it('is let in behind a proxy that is trusted, and not by what anybody writes', async () => {
    const headers = { ...authorization('CP1'), 'x-forwarded-proto': 'https' }
    await start({ securityProfile: 2 })
    expect(await asked(headers)).toBe(401)
    await wire.stop()
    await start({ securityProfile: 2 }, ['127.0.0.1'])
    expect(await asked(headers)).toBe(101)
    expect(await asked({ ...headers, 'x-forwarded-proto': 'https, http' })).toBe(401)
  })

  it('with a certificate that the proxy has checked, in its own name only', async () => {
    await start({ securityProfile: 3 }, ['127.0.0.1'])
    const headers = { 'x-forwarded-proto': 'https', 'x-ssl-client-verify': 'SUCCESS' }
    expect(await asked({ ...headers, 'x-ssl-client-s-dn': 'CN=CP1,O=Chargers' })).toBe(101)
    expect(await asked({ ...headers, 'x-ssl-client-s-dn': 'CN=CP2,O=Chargers' })).toBe(401)
    expect(
      await asked({ ...headers, 'x-ssl-client-verify': 'NONE', 'x-ssl-client-s-dn': 'CN=CP1' }),
    ).toBe(401)
    expect(await asked({ ...authorization('CP1'), 'x-forwarded-proto': 'https' })).toBe(401)
    expect(wire.refusals.at(-1)?.cause).toBe('no-certificate')
  })
})

describe('profile 0', () => {
  it.each([
    ['lets a charger in without a password until its date', 60_000, {}, 101],
    ['asks for the password again from that instant on', -1, {}, 401],
    ['refuses a wrong password all the same', 60_000, authorization('CP1', 'wrong'), 401],
  ])('%s', async (_name, leftMs, headers, status) => {
    const unsecuredUntil = new Date(Date.now() + leftMs)
    const wire = await startWire({ chargers: { CP1: { securityProfile: 0, unsecuredUntil } } })
    expect(await knock(`ws://127.0.0.1:${wire.port}/ocpp/CP1`, { headers })).toBe(status)
    await wire.stop()
  })

  it('without a date is profile 1', async () => {
    const wire = await startWire({ chargers: { CP1: { securityProfile: 0 } } })
    expect(await knock(`ws://127.0.0.1:${wire.port}/ocpp/CP1`, {})).toBe(401)
    await wire.stop()
  })
})

test('TLS in the process: password with profile 2, the own certificate and no other with profile 3', async () => {
  const charger = { chargerId: 1, identity: 'CP1', isDisabled: false, assumesOcpp16: false }
  let securityProfile = 2
  const causes: string[] = []
  const handshake = createHandshake({
    versions: [v16],
    limits: { ...defaultHandshakeLimits, refusalAfterMs: 0 },
    trustedProxies: [],
    metrics: createMetrics(),
    isReady: () => true,
    findCharger: () => Promise.resolve({ ...charger, securityProfile }),
    verifyPassword: (_id, password) => Promise.resolve(password.toString() === 'right'),
    onAccepted: ({ socket }) => void socket.on('error', () => undefined),
    onRefused: ({ cause }) => void causes.push(cause),
    onFault: (error) => {
      throw error
    },
  })
  const server = createHttpServer({
    handshake,
    metrics: createMetrics(),
    isReady: () => true,
    onOddRequest: () => undefined,
    onFault: () => undefined,
    tls: { cert: file('server.pem'), key: file('server.key'), ca: file('ca.pem') },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const asked = (headers: Record<string, string>, own?: string) =>
    knock(`wss://localhost:${port}/ocpp/CP1`, {
      ca: file('ca.pem'),
      headers,
      ...(own ? { cert: file(`${own}.pem`), key: file(`${own}.key`) } : {}),
    })
  expect(await asked(authorization('CP1', 'right'))).toBe(101)
  expect(await asked(authorization('CP1', 'wrong'))).toBe(401)
  securityProfile = 3
  expect(await asked({}, 'cp1')).toBe(101)
  expect(await asked(authorization('CP1', 'right'))).toBe(401)
  // its name, signed by somebody else
  expect(await asked({}, 'stranger')).toBe(401)
  // signed by us, in another name
  expect(await asked({}, 'server')).toBe(401)
  expect(causes).toEqual(['wrong-password', 'no-certificate', 'no-certificate', 'no-certificate'])
  server.closeAllConnections()
  server.close()
})
