import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { LoginRow, Login } from '../db/queries/liveAccess'
import { accessOf, type Client, type Peer } from './clients'
import type { DriverDesk } from './drivers'
import { readFrame, readUpgrade, rpcErrors, type Frame, type Origins } from './guard'
import { verifyToken } from './token'

const maxPayloadBytes = 64 * 1024
const maxBufferedBytes = 1024 * 1024
const maxBadFrames = 20
const callsPerSecond = 20
const pingEveryMs = 30_000

export type LiveLog = {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** What a call is answered with: a result, or an error; a bad one counts towards the end of the socket. */
export type Answer = { result: unknown } | { error: { code: number; message: string } }

export type LiveServerOptions = {
  /** The open sockets; the server fills and empties it. */
  clients: Set<Client>
  key: Buffer
  origins: Origins
  maxClients: number
  readLogins(logins: Login[]): Promise<LoginRow[]>
  /** Where drivers are let in by the token of their app. */
  drivers: DriverDesk
  onCall(client: Client, call: Extract<Frame, { kind: 'call' }>): Promise<Answer>
  /** `/readyz`: whether the database is heard. */
  isReady(): boolean
  /** `/metrics`, where the process has figures. */
  metrics?: {
    page(): Promise<string>
    mayRead(request: { remoteAddress?: string; headers: Record<string, unknown> }): boolean
  }
  now(): Date
  log: LiveLog
}

export type LiveServer = { http: Server; close(): Promise<void> }

/**
 * `createLiveServer`: a WebSocket server that speaks rpc-websockets' wire format to people who are signed in. Nothing
 * reaches `onCall` before the upgrade was authenticated and the frame read; no frame can end the process.
 */
export function createLiveServer(options: LiveServerOptions): LiveServer {
  const { clients } = options
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    perMessageDeflate: false,
  })
  const http = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000 },
    (request, response) => {
      const { url, headers, socket } = request
      const isAsked = url === '/metrics' && options.metrics !== undefined
      if (isAsked && options.metrics!.mayRead({ remoteAddress: socket.remoteAddress, headers })) {
        options.metrics!.page().then(
          (page) => response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(page),
          () => ((response.statusCode = 500), response.end()),
        )
        return
      }
      const status = url === '/healthz' || (url === '/readyz' && options.isReady()) ? 200 : 503
      response.statusCode = url === '/healthz' || url === '/readyz' ? status : 404
      response.end()
    },
  )
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    authenticate(request, options).then(
      (found) => {
        if (socket.destroyed) return
        if (found.kind === 'refused') return refuse(socket, found.status)
        const { drivers } = options
        if (clients.size + drivers.clients.size >= options.maxClients) return refuse(socket, 503)
        if (found.kind === 'driver' && !hasRoomFor(drivers, found.driver.driverId))
          return refuse(socket, 503)
        wss.handleUpgrade(request, socket, head, (ws) =>
          found.kind === 'staff' ? openStaff(ws, found.row) : openDriver(ws, found.driver),
        )
      },
      (error: unknown) => {
        options.log.warn({ err: error }, 'live: a sign-in could not be checked')
        refuse(socket, 503)
      },
    )
  })

  const peerOn = (socket: WebSocket): Peer => ({
    socket,
    badFrames: 0,
    calls: { left: callsPerSecond, at: options.now().getTime() },
    isAlive: true,
  })

  function openStaff(socket: WebSocket, row: LoginRow): void {
    const client: Client = {
      ...peerOn(socket),
      login: { userId: row.userId, sessionId: row.sessionId },
      access: accessOf(row.grants, options.now()),
      topics: new Map(),
    }
    serve(client, clients, (call) => options.onCall(client, call))
  }

  function openDriver(socket: WebSocket, driver: Driver): void {
    const client = { ...peerOn(socket), ...driver, topics: new Map() }
    serve(client, options.drivers.clients, (call) => options.drivers.onCall(client, call))
  }

  function serve<P extends Peer>(peer: P, among: Set<P>, onCall: OnCall): void {
    const { socket } = peer
    socket.on('error', () => socket.terminate())
    socket.on('close', () => among.delete(peer))
    socket.on('pong', () => (peer.isAlive = true))
    socket.on('message', (data, isBinary) => {
      void onMessage(peer, readFrame(toBuffer(data), isBinary), onCall, options)
    })
    among.add(peer)
  }

  const peers = (): Peer[] => [...clients, ...options.drivers.clients]

  const sweep = setInterval(() => {
    for (const client of peers()) {
      if (!client.isAlive) client.socket.terminate()
      client.isAlive = false
      client.socket.ping()
    }
  }, pingEveryMs)

  return {
    http,
    async close() {
      clearInterval(sweep)
      for (const client of peers()) client.socket.close(1012, 'restarting')
      await new Promise<void>((resolve) => {
        http.close(() => resolve())
        setTimeout(() => {
          for (const client of peers()) client.socket.terminate()
          http.closeAllConnections()
        }, 1_000).unref()
      })
    },
  }
}

type Driver = NonNullable<Awaited<ReturnType<DriverDesk['find']>>>
type OnCall = (call: Extract<Frame, { kind: 'call' }>) => Promise<Answer>
type Found =
  | { kind: 'staff'; row: LoginRow }
  | { kind: 'driver'; driver: Driver }
  | { kind: 'refused'; status: number }

const socketsPerDriver = 5

function hasRoomFor({ clients }: DriverDesk, driverId: number): boolean {
  let open = 0
  for (const client of clients) if (client.driverId === driverId) open++
  return open < socketsPerDriver
}

/** The app's tokens are random; a staff token has the parts of a JWT. */
const isOfApp = (token: string): boolean => /^[\w-]{20,128}$/.test(token)

async function authenticate(request: IncomingMessage, options: LiveServerOptions): Promise<Found> {
  const upgrade = readUpgrade(request, options.origins)
  if (upgrade.kind === 'refused') return upgrade
  if (isOfApp(upgrade.token)) {
    const driver = await options.drivers.find(upgrade.token)
    return driver ? { kind: 'driver', driver } : { kind: 'refused', status: 401 }
  }
  const claims = verifyToken(upgrade.token, options.key, options.now())
  if (!claims) return { kind: 'refused', status: 401 }
  const [row] = await options.readLogins([claims])
  return row ? { kind: 'staff', row } : { kind: 'refused', status: 401 }
}

const phrases: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
}

function refuse(socket: Duplex, status: number): void {
  const retry = status === 503 ? 'Retry-After: 2\r\n' : ''
  socket.end(
    `HTTP/1.1 ${status} ${phrases[status]}\r\nConnection: close\r\nContent-Length: 0\r\n${retry}\r\n`,
  )
}

async function onMessage(
  peer: Peer,
  frame: Frame,
  onCall: OnCall,
  options: LiveServerOptions,
): Promise<void> {
  if (frame.kind === 'bad') return answerBad(peer, frame.id, frame.error)
  if (!takeCall(peer, options.now().getTime())) return answerBad(peer, frame.id, rpcErrors.tooMany)
  try {
    const answer = await onCall(frame)
    if ('error' in answer) answerBad(peer, frame.id, answer.error)
    else send(peer, JSON.stringify({ jsonrpc: '2.0', result: answer.result, id: frame.id }))
  } catch (error) {
    options.log.warn({ err: error, method: frame.method }, 'live: a call failed')
    send(peer, JSON.stringify({ jsonrpc: '2.0', error: rpcErrors.internal, id: frame.id }))
  }
}

function answerBad(
  client: Peer,
  id: string | number | null,
  error: { code: number; message: string },
): void {
  client.badFrames++
  send(client, JSON.stringify({ jsonrpc: '2.0', error, id }))
  if (client.badFrames >= maxBadFrames) client.socket.close(1008, 'too many errors')
}

/** A bucket of twenty calls that fills at twenty a second. */
function takeCall(client: Peer, nowMs: number): boolean {
  const refill = ((nowMs - client.calls.at) / 1000) * callsPerSecond
  client.calls.left = Math.min(callsPerSecond, client.calls.left + Math.max(0, refill))
  client.calls.at = nowMs
  if (client.calls.left < 1) return false
  client.calls.left--
  return true
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}

/** `send`: a frame for one socket; one that does not read is closed, it will re-read the state when it returns. */
export function send(client: Peer, text: string): void {
  if (client.socket.readyState !== client.socket.OPEN) return
  if (client.socket.bufferedAmount > maxBufferedBytes) {
    client.socket.close(1013, 'too slow')
    setTimeout(() => client.socket.terminate(), 1_000).unref()
    return
  }
  client.socket.send(text)
}
