/**
 * Who may open a socket: raw URL → rate limits → identity → password → subprotocol. Never throws; every refusal is
 * reported once, with the reason that the charger itself is not told. An unknown charger, a wrong password and a
 * disabled charger get the same answer after the same work and the same time (SEC-01); the standard's SHOULD of a 404
 * for unknown ones (OCPP-J 1.6 §3.2) would tell who exists.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocketServer, type WebSocket } from 'ws'

import { createAttempts, type AttemptLimit } from './attempts'
import { isSameIdentity, readBasicAuth } from './basicAuth'
import { readChargerPath } from './chargerPath'
import { createClientAddress, limitKey } from './clientAddress'
import { countRefusal, type Metrics } from './metrics'
import { createShown, lacking } from './securityProfile'
import { refuseUpgrade, summaryOf } from './upgradeAnswer'
import type { Version } from './version'

export type RefusalCause =
  | 'not-ready'
  | 'too-many-connections'
  | 'bad-request'
  | 'bad-path'
  | 'too-many-failures'
  | 'no-password'
  | 'wrong-username'
  | 'unknown-charger'
  | 'wrong-password'
  | 'disabled'
  | 'insecure'
  | 'no-certificate'
  | 'subprotocol'

export type Refusal = {
  identity: string | null
  remoteAddress: string
  cause: RefusalCause
  /** For the connection doctor: what was asked for, without credentials. */
  detail: string
}

export type FoundCharger = {
  chargerId: number
  /** In its canonical spelling. */
  identity: string
  isDisabled: boolean
  /** Takes a socket without, or with a wrong, subprotocol for 1.6 (QUIRKS 1). */
  assumesOcpp16: boolean
  /** The least it must show (security extension §2); 0 counts until `unsecuredUntil` only. @default 1 */
  securityProfile?: number
  unsecuredUntil?: Date | null
}

export type Accepted = {
  socket: WebSocket
  /** What `socket` speaks over. */
  stream: Duplex
  charger: FoundCharger
  version: Version
  remoteAddress: string
}

export type HandshakeLimits = {
  connections: AttemptLimit
  failuresByAddress: AttemptLimit
  failuresByIdentity: AttemptLimit
  /** A refusal for bad credentials is not answered sooner than this. */
  refusalAfterMs: number
  maxPayloadBytes: number
}

const keysMax = 20_000

/** SEC-03 and SEC-07. The failures of an identity are counted per address, so that nobody can lock a charger out. */
export const defaultHandshakeLimits: HandshakeLimits = {
  connections: { max: 1000, windowMs: 10_000, keysMax },
  failuresByAddress: { max: 20, windowMs: 60_000, keysMax },
  failuresByIdentity: { max: 5, windowMs: 60_000, keysMax },
  refusalAfterMs: 50,
  maxPayloadBytes: 1024 * 1024,
}

export type HandshakeOptions = {
  /** In the order of our preference. */
  versions: Version[]
  limits: HandshakeLimits
  trustedProxies: string[]
  metrics: Metrics
  /** False while the database is down or the process is stopping: chargers are told to come back. */
  isReady(): boolean
  /** Case of the identity is not told apart. */
  findCharger(identity: string): Promise<FoundCharger | null>
  /** `null` is nobody: the same work is done for it, and the answer is false. */
  verifyPassword(chargerId: number | null, password: Buffer): Promise<boolean>
  /** Puts its own error listener on the socket before it returns (`createPeer` does). */
  onAccepted(accepted: Accepted): void
  onRefused(refusal: Refusal): void
  /** A fault of ours (the database did not answer, say); the charger was told to come back. */
  onFault(error: unknown): void
  now?: () => number
}

export type Handshake = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

const retryAfterSeconds = 10
const nothing = Buffer.alloc(0)
/** ws 8.19 and later; its types do not know it yet. The default leaves a socket 30 s to answer a close. */
const untyped = { closeTimeout: 5_000 }

export function createHandshake(options: HandshakeOptions): Handshake {
  const { versions, limits, metrics, now = Date.now } = options
  const clientAddress = createClientAddress(options.trustedProxies)
  const shownBy = createShown(options.trustedProxies)
  const connections = createAttempts(limits.connections)
  const failuresByAddress = createAttempts(limits.failuresByAddress)
  const failuresByIdentity = createAttempts(limits.failuresByIdentity)
  const reports = createAttempts({ max: 60, windowMs: 60_000, keysMax })
  /** Chargers that came in from an address before: a neighbour's failures behind the same router do not bar them. */
  const welcome = createAttempts({ max: 1, windowMs: 24 * 3_600_000, keysMax })

  const server = new WebSocketServer({
    ...untyped,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxPayloadBytes,
    handleProtocols: (offered) => agreedOn([...offered])?.protocol ?? false,
  })
  server.on('wsClientError', (error, socket, request) => {
    refuse(request, socket, 'bad-request', null, error.message)
  })

  function agreedOn(offered: string[]): Version | undefined {
    return versions.find((version) => offered.includes(version.protocol))
  }

  return (request, socket, head) => {
    const ignore = () => undefined
    socket.on('error', ignore)
    decide(request, socket, head)
      .catch((error: unknown) => {
        options.onFault(error)
        refuse(request, socket, 'not-ready', null)
      })
      .finally(() => socket.removeListener('error', ignore))
  }

  async function decide(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const startedMs = now()
    const address = limitKey(clientAddress(request))
    if (!options.isReady()) return refuse(request, socket, 'not-ready', null)
    if (connections.isOver(address, startedMs))
      return refuse(request, socket, 'too-many-connections', null)
    connections.add(address, startedMs)
    if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket')
      return refuse(request, socket, 'bad-request', null)

    const path = readChargerPath(request.url ?? '')
    if (path.kind === 'bad') return refuse(request, socket, 'bad-path', null, path.detail)
    const { identity } = path
    const pair = `${address} ${identity.toLowerCase()}`
    const isBarred =
      failuresByAddress.isOver(address, startedMs) && !welcome.isOver(pair, startedMs)
    if (isBarred || failuresByIdentity.isOver(pair, startedMs))
      return refuse(request, socket, 'too-many-failures', identity)
    // counted before the answer is known: a hundred guesses at once are a hundred, not one
    failuresByIdentity.add(pair, startedMs)

    const auth = readBasicAuth(request.headers.authorization, identity)
    const isNamed = auth !== null && isSameIdentity(auth.username, identity)
    let charger: FoundCharger | null
    let verified: boolean
    try {
      charger = await options.findCharger(identity)
      const whose = isNamed ? (charger?.chargerId ?? null) : null
      verified = await options.verifyPassword(whose, auth?.password ?? nothing)
    } catch (error) {
      failuresByIdentity.forget(pair)
      throw error
    }
    const shown = shownBy(request, socket)
    const cause = causeOf(charger, {
      hasPassword: auth !== null,
      isNamed,
      isVerified: verified,
      shown,
      now: now(),
    })
    if (!charger || cause) {
      failuresByAddress.add(address, now())
      await passed(startedMs + limits.refusalAfterMs - now())
      return refuse(request, socket, cause ?? 'unknown-charger', identity)
    }
    failuresByIdentity.forget(pair)
    welcome.add(pair, startedMs)
    open(request, socket, head, charger)
  }

  function open(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    charger: FoundCharger,
  ): void {
    if (socket.destroyed) return
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',')
    const version =
      agreedOn(offered.map((name) => name.trim())) ??
      (charger.assumesOcpp16 ? versions.find(({ protocol }) => protocol === 'ocpp1.6') : undefined)
    const remoteAddress = clientAddress(request)
    server.handleUpgrade(request, socket, head, (webSocket) => {
      if (!version) {
        webSocket.on('error', noError)
        // complete the handshake, then close: OCPP-J 1.6 §3.2
        webSocket.close(1002, 'no common subprotocol')
        setTimeout(() => webSocket.terminate(), 1000).unref()
        return report(request, 'subprotocol', charger.identity, 'offer ocpp1.6')
      }
      metrics.counts.accepted += 1
      try {
        options.onAccepted({ socket: webSocket, stream: socket, charger, version, remoteAddress })
      } catch (error) {
        webSocket.on('error', noError)
        webSocket.terminate()
        options.onFault(error)
      }
    })
  }

  function refuse(
    request: IncomingMessage,
    socket: Duplex,
    cause: RefusalCause,
    identity: string | null,
    detail = '',
  ): void {
    refuseUpgrade(socket, answers[cause])
    report(request, cause, identity, detail)
  }

  function report(
    request: IncomingMessage,
    cause: RefusalCause,
    identity: string | null,
    detail: string,
  ): void {
    countRefusal(metrics, cause)
    const remoteAddress = clientAddress(request)
    const key = limitKey(remoteAddress)
    if (reports.isOver(key, now())) return
    reports.add(key, now())
    const summary = [detail, summaryOf(request)].filter(Boolean).join('; ')
    options.onRefused({ identity, remoteAddress, cause, detail: summary })
  }
}

function causeOf(
  charger: FoundCharger | null,
  signIn: Parameters<typeof lacking>[1],
): RefusalCause | null {
  if (!charger) return 'unknown-charger'
  if (!charger.isDisabled) return lacking(charger, signIn)
  if (!signIn.hasPassword) return 'no-password'
  return signIn.isNamed ? 'disabled' : 'wrong-username'
}

/** What the other side is told. All that has to do with who it is looks the same. */
const unauthorized = { status: 401, headers: ['WWW-Authenticate: Basic realm="ocpp"'] }
const comeBack = [`Retry-After: ${retryAfterSeconds}`]
const answers: Record<RefusalCause, { status: number; headers: string[] }> = {
  'not-ready': { status: 503, headers: comeBack },
  'too-many-connections': { status: 429, headers: comeBack },
  'too-many-failures': { status: 429, headers: ['Retry-After: 60'] },
  'bad-request': { status: 400, headers: ['Sec-WebSocket-Version: 13'] },
  'bad-path': { status: 404, headers: [] },
  'no-password': unauthorized,
  'wrong-username': unauthorized,
  'unknown-charger': unauthorized,
  'wrong-password': unauthorized,
  disabled: unauthorized,
  insecure: unauthorized,
  'no-certificate': unauthorized,
  subprotocol: { status: 400, headers: [] },
}

/** ws closes a socket that errs by itself; without a listener the error would end the process. */
function noError(): void {}

function passed(ms: number): Promise<void> | undefined {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined
}
