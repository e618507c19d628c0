/**
 * One charger's socket: frames in, frames out. Its calls are served one at a time and in order, ours go out one at a
 * time; what is repeated is answered again, what is not understood is answered or counted, and nothing that arrives
 * can make it throw. State is per connection and small: there are no timers and no buffers while nothing happens.
 */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

import type { Metrics } from '../metrics'
import type { Version } from '../version'
import type { FrameKind } from './frame'
import type { CallOutcome } from './outgoing'
import { SocketPeer } from './socketPeer'

export type { CallOutcome } from './outgoing'

export type PeerLimits = {
  /** Calls waiting to be served; above it the socket is not read (what one read brought is still taken). */
  inboundQueue: number
  /** Answers remembered for repeated calls. */
  replays: number
  /** Calls of ours that wait for the one outstanding. */
  outboundQueue: number
  /** Bytes a charger has not read; above it the connection ends. */
  unsentBytes: number
  /** Stray answers and unreadable frames; each call served in between forgives one. */
  strays: number
  /** Calls a charger may make: so many at once, then so many per second (SEC-13). */
  callsBurst: number
  callsPerSecond: number
}

export const defaultPeerLimits: PeerLimits = {
  inboundQueue: 32,
  replays: 8,
  outboundQueue: 16,
  unsentBytes: 1024 * 1024,
  strays: 100,
  callsBurst: 1000,
  callsPerSecond: 100,
}

export type InboundCall = {
  messageId: string
  action: string
  payload: unknown
  /** The frame as it came. */
  text: string
  receivedAt: Date
}

/** For the frame log: whatever does not pass through `onCall`. */
export type FrameEntry = {
  /** 0 from the charger, 1 to it. */
  direction: 0 | 1
  kind: FrameKind
  action: string | null
  messageId: string | null
  text: string
  at: Date
  /** Why it was not taken, or what became of it. */
  error: string | null
}

export type PeerHandlers = {
  /** The reply's whole frame, or `null` to stay silent (the charger keeps the message and sends it again). */
  onCall(call: InboundCall, peer: Peer): Promise<string | null>
  onFrame(entry: FrameEntry, peer: Peer): void
  /** Once, when the socket is gone. Calls already read are served all the same. */
  onClose(peer: Peer, code: number, reason: string): void
  /** `onCall` rejected: a fault of ours; the charger was answered InternalError. */
  onFault(error: unknown, call: InboundCall, peer: Peer): void
}

export type PeerOptions = {
  handlers: PeerHandlers
  socket: WebSocket
  /** What `socket` speaks over: text is written to it directly (`textFrame`), everything else by `ws`. */
  stream: Duplex
  identity: string
  chargerId: number
  connectionId: number
  version: Version
  limits: PeerLimits
  metrics: Metrics
  /** Calls are served only when this has settled: the previous connection of the same charger is being emptied. */
  after?: Promise<void> | null
  now?: () => number
}

export type Peer = {
  readonly identity: string
  readonly chargerId: number
  readonly connectionId: number
  readonly version: Version
  readonly isOpen: boolean
  /** Whether frames wait in the kernel because too many calls do here; a paused peer cannot answer a ping. */
  readonly isPaused: boolean
  readonly lastSeenAt: Date
  /** Milliseconds; what the ping sweep compares. */
  readonly lastSeenMs: number
  lastPingMs: number
  /** Sends a call when those before it are settled. Never rejects. `payloadText` goes out as it is. */
  call(
    action: string,
    payloadText: string,
    timeoutMs: number,
    messageId?: string,
  ): Promise<CallOutcome>
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
  /** Settles when every call that was read has been served. */
  drained(): Promise<void>
  /**
   * For the older of two connections: ends our calls on it, takes what had arrived before the newer one, then ends
   * the socket. Settles when all of it is served, so that the newer one follows in order.
   */
  retire(): Promise<void>
}

export function createPeer(options: PeerOptions): Peer {
  return new SocketPeer(options)
}
