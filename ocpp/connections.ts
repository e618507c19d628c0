import { StoreUnavailable, type Writer } from '@/db/writer'
import type { Log } from '@/platform/log'
import type { Accounts } from './accounts'
import type { Dispatch } from './dispatch/loop'
import type { Accepted } from './handshake'
import type { Caller, Inbound } from './inbound'
import type { Metrics } from './metrics'
import type { Registry } from './registry'
import { createPeer, type Peer, type PeerHandlers, type PeerLimits } from './rpc/peer'
import { maskFrame } from './secrets'

/** Opens a peer for each accepted socket and records that the charger came and went. */
export function createConnections(context: {
  accounts: Accounts
  registry: Registry
  inbound: Inbound
  dispatch: Dispatch
  writer: Writer
  limits: PeerLimits
  metrics: Metrics
  log: Log
  now: () => Date
}): { open(accepted: Accepted): void } {
  const { accounts, registry, inbound, dispatch, writer, limits, metrics, log, now } = context
  const callers = new WeakMap<Peer, Caller>()
  const comeBack = (peer: Peer) => peer.close(1013, 'try again later')

  /** One set for all peers: what a connection holds while nothing happens is counted in bytes. */
  const handlers: PeerHandlers = {
    async onCall(call, peer) {
      try {
        return await inbound.serve(callers.get(peer)!, call)
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        // No answer and no CALLERROR: the charger keeps its message and sends it again (RELIABILITY FT-03).
        comeBack(peer)
        return null
      }
    },
    onFrame({ direction, kind, action, messageId, text, at, error }, peer) {
      const { chargerId, connectionId } = peer
      const payload = maskFrame(action, text)
      writer.accompany({
        at,
        chargerId,
        connectionId,
        direction,
        kind,
        action,
        messageId,
        payload,
        answer: null,
        error,
      })
    },
    onClose(peer, code, reason) {
      // The late close of a connection that was replaced says nothing about the charger.
      if (!registry.remove(peer)) return
      const { chargerId, connectionId } = peer
      const kind = 'ChargerDisconnected'
      const fact = {
        kind,
        chargerId,
        receivedAt: now(),
        connectionId,
        reason: reason || String(code),
      }
      writer
        .submit(kind, fact)
        .catch((error: unknown) =>
          log.warn({ err: error }, 'a closed connection could not be recorded'),
        )
    },
    onFault(error, call) {
      log.error({ err: error, action: call.action }, 'a call could not be served')
    },
  }

  function recordOpen(peer: Peer, remoteAddress: string, replaces: boolean): void {
    const { chargerId, connectionId, version } = peer
    const kind = 'ChargerConnected'
    const { protocol } = version
    writer
      .submit(kind, {
        kind,
        chargerId,
        receivedAt: now(),
        connectionId,
        remoteAddress,
        protocol,
        replaces,
      })
      .then(() => dispatch.connected(peer))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a connection could not be recorded')
        comeBack(peer)
      })
  }

  return {
    open({ socket, stream, charger, version, remoteAddress }) {
      const { connectionId, registration } = accounts.standingOf(charger)
      const { chargerId, identity } = charger
      const replaces = registry.get(chargerId) !== undefined
      const peer = registry.admit(chargerId, (after) =>
        createPeer({
          socket,
          stream,
          identity,
          chargerId,
          connectionId,
          version,
          limits,
          metrics,
          after,
          handlers,
        }),
      )
      callers.set(peer, { chargerId, connectionId, version, registration })
      recordOpen(peer, remoteAddress, replaces)
    },
  }
}
