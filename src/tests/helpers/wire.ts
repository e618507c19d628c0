/** The charger port without a database: a real server, real sockets, answers made up by the test. */
import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'

import { WebSocket } from 'ws'

import {
  createHandshake,
  defaultHandshakeLimits,
  type FoundCharger,
  type HandshakeOptions,
  type Refusal,
} from '#ocpp/handshake'
import { createHttpServer } from '#ocpp/http'
import { createMetrics } from '#ocpp/metrics'
import { createRegistry } from '#ocpp/registry'
import { readRequest } from '#ocpp/repair'
import { printError, printResult } from '#ocpp/rpc/frame'
import {
  createPeer,
  defaultPeerLimits,
  type FrameEntry,
  type InboundCall,
  type Peer,
  type PeerLimits,
} from '#ocpp/rpc/peer'
import { v16 } from '#ocpp/v16/index'

export type WireOptions = {
  chargers?: Record<string, Partial<FoundCharger> & { password?: string }>
  limits?: Partial<PeerLimits>
  handshake?: Partial<HandshakeOptions>
  onCall?: (call: InboundCall, peer: Peer) => Promise<string | null>
  requestTimeoutMs?: number
}

export type Wire = Awaited<ReturnType<typeof startWire>>

export const password = 'correct horse battery'

/** Chargers `CP1` and `CP2` with `password`, unless the test says otherwise. Calls are answered with `{}`. */
export async function startWire(options: WireOptions = {}) {
  const chargers = options.chargers ?? { CP1: {}, CP2: {} }
  const metrics = createMetrics()
  const registry = createRegistry({
    metrics,
    limits: { pingAfterMs: 200, deadAfterMs: 500 },
  })
  const calls: InboundCall[] = []
  const frames: FrameEntry[] = []
  const faults: unknown[] = []
  const refusals: Refusal[] = []
  const odd: string[] = []
  const closes: { chargerId: number; code: number; wasLive: boolean }[] = []
  const verified: (number | null)[] = []
  let isReady = true
  let connectionId = 0

  const found = Object.entries(chargers).map(([identity, charger], index) => ({
    chargerId: index + 1,
    identity,
    isDisabled: false,
    assumesOcpp16: false,
    password,
    ...charger,
  }))

  const handshake = createHandshake({
    versions: [v16],
    limits: { ...defaultHandshakeLimits, refusalAfterMs: 0 },
    trustedProxies: [],
    metrics,
    isReady: () => isReady,
    findCharger: (identity) =>
      Promise.resolve(
        found.find((charger) => charger.identity.toLowerCase() === identity.toLowerCase()) ?? null,
      ),
    verifyPassword: (chargerId, presented) => {
      verified.push(chargerId)
      const charger = found.find((one) => one.chargerId === chargerId)
      return Promise.resolve(charger?.password === presented.toString('latin1'))
    },
    onRefused: (refusal) => void refusals.push(refusal),
    onFault: (error) => void faults.push(error),
    onAccepted: ({ socket, stream, charger, version }) => {
      registry.admit(charger.chargerId, (after) =>
        createPeer({
          socket,
          stream,
          identity: charger.identity,
          chargerId: charger.chargerId,
          connectionId: (connectionId += 1),
          version,
          limits: { ...defaultPeerLimits, ...options.limits },
          metrics,
          after,
          handlers: {
            onCall: (call, peer) => {
              calls.push(call)
              return options.onCall
                ? options.onCall(call, peer)
                : Promise.resolve(printResult(call.messageId, {}))
            },
            onFrame: (entry) => void frames.push(entry),
            onClose: (peer, code) =>
              void closes.push({
                chargerId: peer.chargerId,
                code,
                wasLive: registry.remove(peer),
              }),
            onFault: (error) => void faults.push(error),
          },
        }),
      )
    },
    ...options.handshake,
  })
  const server = createHttpServer({
    handshake,
    metrics,
    requestTimeoutMs: options.requestTimeoutMs,
    isReady: () => isReady,
    onOddRequest: ({ detail }) => void odd.push(detail),
    onFault: (error) => void faults.push(error),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients: (WebSocket | Socket)[] = []

  return {
    port,
    metrics,
    registry,
    calls,
    frames,
    faults,
    refusals,
    odd,
    closes,
    verified,
    setReady: (value: boolean) => (isReady = value),
    /** A charger's socket, open. */
    async charger(identity = 'CP1', more: { protocols?: string[]; localAddress?: string } = {}) {
      const socket = new WebSocket(
        `ws://127.0.0.1:${port}/ocpp/${encodeURIComponent(identity)}`,
        more.protocols ?? ['ocpp1.6'],
        { headers: authorization(identity), localAddress: more.localAddress },
      )
      clients.push(socket)
      await once(socket, 'open')
      return socket
    },
    /** Plain TCP, for requests that no client library would make. */
    async tcp(localAddress?: string) {
      const socket = connect({ port, host: '127.0.0.1', localAddress })
      clients.push(socket)
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      return socket
    },
    async stop() {
      registry.stop()
      for (const client of clients) {
        if (client instanceof WebSocket) client.terminate()
        else client.destroy()
      }
      for (const peer of registry.peers()) peer.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const authorizationOutcome = { status: 'Accepted', expiresAt: null, parentIdToken: null }
const outcomes: Record<string, unknown> = {
  ChargerBooted: { registration: 'Accepted', heartbeatIntervalSeconds: 300 },
  AuthorizationAsked: authorizationOutcome,
  SessionStarted: { transactionId: 42, authorization: authorizationOutcome },
  SessionEnded: { authorization: authorizationOutcome },
  VendorMessageReceived: { status: 'Accepted' },
}

/** The way of a call without the database: validate, repair, translate, answer. */
export function serveWithoutStore({
  action,
  payload,
  messageId,
  receivedAt,
}: InboundCall): Promise<string> {
  const message = v16.in.get(action)
  if (!message) {
    const { code, text } = v16.refusal(action)
    return Promise.resolve(printError(messageId, code, text))
  }
  const read = readRequest(v16, action, payload)
  if (read.kind === 'problem')
    return Promise.resolve(printError(messageId, read.problem.code, read.problem.text))
  const fact = message.toFact(read.payload, { chargerId: 1, receivedAt })
  const reply = message.toReply(outcomes[fact.kind] ?? null, { now: receivedAt })
  return Promise.resolve(printResult(messageId, reply))
}

export function authorization(identity: string, secret = password): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${identity}:${secret}`).toString('base64')}` }
}

/** The next frame, parsed. */
export async function answer(socket: WebSocket): Promise<unknown[]> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString()) as unknown[]
}

/** Sends and gives the next frame. */
export function ask(socket: WebSocket, text: string): Promise<unknown[]> {
  const reply = answer(socket)
  socket.send(text)
  return reply
}

/** The close code, once closed; an error on the way is the test's to look for. */
export function closed(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined)
  return new Promise((resolve) => socket.once('close', resolve))
}

/** Waits for a state of the world that an event will bring; fails after four seconds. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 800) throw new Error('it did not come to that within four seconds')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
