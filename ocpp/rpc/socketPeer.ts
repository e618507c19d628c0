/** The peer on a `ws` socket; `peer.ts` says what it promises. */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'

import { sleep } from '@/platform/clock'

import { countServed, type Metrics } from '../metrics'
import type { Version } from '../version'
import { fullBucket, takeToken, type Bucket } from './bucket'
import type { ErrorCode } from './errors'
import { parseFrame, printError, type CallFrame, type FrameKind } from './frame'
import { Outgoing, type CallOutcome, type Outlet } from './outgoing'
import type { InboundCall, Peer, PeerHandlers, PeerLimits, PeerOptions } from './peer'
import { createReplays, type Replays } from './replays'
import { textFrame } from './textFrame'

const peerOf = Symbol('peer')
type PeerSocket = WebSocket & { [peerOf]?: SocketPeer }

export class SocketPeer implements Peer, Outlet {
  readonly identity: string
  readonly chargerId: number
  readonly connectionId: number
  readonly version: Version
  lastSeenMs: number
  lastPingMs: number

  readonly #socket: WebSocket
  readonly #stream: Duplex
  readonly #handlers: PeerHandlers
  readonly #limits: PeerLimits
  readonly #metrics: Metrics
  readonly #now: () => number
  readonly #bucket: Bucket
  /** Calls read and not yet served; the first of them is being served while `#isServing`. */
  readonly #calls: InboundCall[] = []
  #isServing = false
  #after: Promise<void> | null
  #replays: Replays | null = null
  #outgoing: Outgoing | null = null
  #strays = 0
  /** We ended this connection for what it sends: nothing more of it is taken. */
  #isDeaf = false
  #whenDrained: (() => void)[] | null = null

  constructor(options: PeerOptions) {
    const socket = options.socket as PeerSocket
    // first of all: a socket without an error listener ends the process
    socket.on('error', onSocketError)
    this.identity = options.identity
    this.chargerId = options.chargerId
    this.connectionId = options.connectionId
    this.version = options.version
    this.#socket = socket
    this.#stream = options.stream
    this.#handlers = options.handlers
    this.#limits = options.limits
    this.#metrics = options.metrics
    this.#now = options.now ?? Date.now
    this.#after = options.after ?? null
    this.lastSeenMs = this.lastPingMs = this.#now()
    this.#bucket = fullBucket(this.#limits.callsBurst, this.lastSeenMs)
    socket[peerOf] = this
    socket.on('message', onMessage)
    socket.on('close', onSocketClose)
    socket.on('ping', onSign)
    socket.on('pong', onSign)
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  get isPaused(): boolean {
    return this.#socket.isPaused
  }

  get lastSeenAt(): Date {
    return new Date(this.lastSeenMs)
  }

  call(
    action: string,
    payloadText: string,
    timeoutMs: number,
    messageId?: string,
  ): Promise<CallOutcome> {
    if (!this.isOpen) return Promise.resolve({ kind: 'closed' })
    this.#outgoing ??= new Outgoing(this, this.#limits.outboundQueue, this.#metrics)
    return this.#outgoing.call(action, payloadText, timeoutMs, messageId)
  }

  sendCall(messageId: string, action: string, text: string): void {
    this.#log(1, 2, action, messageId, text, null)
    this.#send(text)
  }

  ping(): void {
    this.lastPingMs = this.#now()
    if (this.isOpen) this.#socket.ping()
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }

  terminate(): void {
    this.#socket.terminate()
  }

  drained(): Promise<void> {
    if (!this.#isServing) return Promise.resolve()
    return new Promise((resolve) => (this.#whenDrained ??= []).push(resolve))
  }

  async retire(): Promise<void> {
    this.#outgoing?.closeAll()
    // Two turns of the event loop read what the kernel held when the newer connection came: a StopTransaction that a
    // hard reset sent milliseconds before its socket closed.
    await turn()
    await turn()
    this.#socket.terminate()
    await this.drained()
  }

  seen(): void {
    this.lastSeenMs = this.#now()
  }

  /** Everything a charger sends comes through here. */
  receive(data: RawData, isBinary: boolean): void {
    if (this.#isDeaf) return
    this.lastSeenMs = this.#now()
    this.#metrics.counts.framesIn += 1
    if (isBinary) return this.#end(1003, 'text frames only')
    // one Buffer, as ws is told by binaryType; its UTF-8 has been checked
    const text = (data as Buffer).toString()
    const frame = parseFrame(text)
    switch (frame.kind) {
      case 2:
        return this.#receiveCall(frame, text)
      case 3:
      case 4: {
        const action = this.#outgoing?.actionOf(frame.messageId) ?? null
        this.#log(0, frame.kind, action, frame.messageId, text, action ? null : 'answers no call')
        if (action === null) return this.#stray('strays')
        return this.#outgoing?.receive(frame, text)
      }
      case 0:
        this.#log(0, 0, null, frame.messageId, text, frame.problem)
        if (frame.messageId !== null)
          this.#refuse(frame.messageId, null, 'FormationViolation', frame.problem)
        return this.#stray('unreadable')
    }
  }

  closed(code: number, reason: string): void {
    this.#outgoing?.closeAll()
    this.#handlers.onClose(this, code, reason)
  }

  #receiveCall({ messageId, action, payload }: CallFrame, text: string): void {
    const calls = this.#calls
    for (const call of calls) {
      if (call.messageId !== messageId) continue
      this.#log(0, 2, action, messageId, text, 'its id is being served')
      // the same call again: the answer that is on its way is the answer to both
      if (call.text === text) this.#metrics.counts.replays += 1
      else {
        const problem = 'a call with this id is being served'
        this.#refuse(messageId, action, 'ProtocolError', problem)
        this.#stray('strays')
      }
      return
    }
    calls.push({ messageId, action, payload, text, receivedAt: new Date(this.lastSeenMs) })
    if (calls.length > this.#limits.inboundQueue && !this.#socket.isPaused) this.#socket.pause()
    if (!this.#isServing) void this.#serveAll()
  }

  async #serveAll(): Promise<void> {
    this.#isServing = true
    if (this.#after) {
      await this.#after
      this.#after = null
    }
    const calls = this.#calls
    for (let call = calls[0]; call; call = calls[0]) {
      const waitMs = this.#takeToken()
      if (waitMs === 0 || (await this.#mayGoOn(call, waitMs))) await this.#serve(call)
      calls.shift()
      if (this.#socket.isPaused && calls.length <= this.#limits.inboundQueue / 2)
        this.#socket.resume()
    }
    this.#isServing = false
    const waiters = this.#whenDrained
    this.#whenDrained = null
    waiters?.forEach((resolve) => resolve())
  }

  async #serve(call: InboundCall): Promise<void> {
    const { messageId, action, text } = call
    const isAfresh = this.version.answeredAfresh.has(action)
    const known = isAfresh ? null : (this.#replays?.find(messageId, text) ?? null)
    if (known !== null) {
      this.#metrics.counts.replays += 1
      this.#log(0, 2, action, messageId, text, 'repeated')
      this.#log(1, 3, action, messageId, known, null)
      return this.#send(known)
    }
    let reply: string | null
    try {
      reply = await this.#handlers.onCall(call, this)
    } catch (error) {
      this.#handlers.onFault(error, call, this)
      return this.#refuse(messageId, action, 'InternalError', 'the call could not be processed')
    }
    if (reply === null) return
    this.#metrics.counts.callsIn += 1
    if (this.#strays > 0) this.#strays -= 1
    // a refusal is not remembered: what was too early, or ours to blame, may be right the next time
    const isError = reply.startsWith('[4')
    const label = this.version.in.has(action) ? action : 'other'
    countServed(this.#metrics, label, isError ? 'error' : 'result')
    if (isError) this.#metrics.counts.callErrors += 1
    else if (!isAfresh) {
      this.#replays ??= createReplays(this.#limits.replays)
      this.#replays.remember(messageId, text, reply)
    }
    this.#send(reply)
  }

  #takeToken(): number {
    const { callsPerSecond, callsBurst } = this.#limits
    return takeToken(this.#bucket, callsPerSecond, callsBurst, this.#now())
  }

  /**
   * A charger in haste is made to wait; one that also sends without waiting for answers has its calls refused, but
   * never a report of facts (SEC-13).
   */
  async #mayGoOn(call: InboundCall, waitMs: number): Promise<boolean> {
    this.#metrics.counts.throttled += 1
    if (this.#calls.length > patience && !this.version.reports.has(call.action)) {
      this.#log(0, 2, call.action, call.messageId, call.text, 'too many calls')
      this.#refuse(call.messageId, call.action, 'GenericError', 'too many calls, send fewer')
      return false
    }
    for (let ms = waitMs; ms > 0; ms = this.#takeToken()) await sleep(ms)
    return true
  }

  #refuse(messageId: string, action: string | null, code: ErrorCode, text: string): void {
    const reply = printError(messageId, code, text)
    this.#metrics.counts.callErrors += 1
    this.#log(1, 4, action, messageId, reply, code)
    this.#send(reply)
  }

  #send(text: string): void {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return
    this.#metrics.counts.framesOut += 1
    this.#stream.write(textFrame(text))
    if (socket.bufferedAmount <= this.#limits.unsentBytes) return
    this.#metrics.counts.slow += 1
    this.#end(1008, 'the charger does not read')
  }

  #stray(counter: 'strays' | 'unreadable'): void {
    this.#metrics.counts[counter] += 1
    this.#strays += 1
    if (this.#strays > this.#limits.strays) this.#end(1008, 'too many messages out of turn')
  }

  #end(code: number, reason: string): void {
    this.#isDeaf = true
    this.#socket.close(code, reason)
  }

  #log(
    direction: 0 | 1,
    kind: FrameKind,
    action: string | null,
    messageId: string | null,
    text: string,
    error: string | null,
  ): void {
    const at = new Date(this.#now())
    this.#handlers.onFrame({ direction, kind, action, messageId, text, at, error }, this)
  }
}

/** Calls that a charger in haste may have waiting before they are refused. */
const patience = 8

// One set of listeners for all sockets: 10,000 idle connections hold none of their own.
function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  ;(this as PeerSocket)[peerOf]?.receive(data, isBinary)
}

function onSign(this: WebSocket): void {
  ;(this as PeerSocket)[peerOf]?.seen()
}

function onSocketClose(this: WebSocket, code: number, reason: Buffer): void {
  ;(this as PeerSocket)[peerOf]?.closed(code, reason.toString())
}

/** ws closes the socket by itself, with the code the fault deserves (1002, 1007, 1009). */
function onSocketError(): void {}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
