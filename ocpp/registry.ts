/**
 * Who is connected to this process: one live peer per charger. The newest authenticated connection wins (QUIRKS 9);
 * the close of an older one, however late, changes nothing.
 */
import { sleep } from '@/platform/clock'

import type { Metrics } from './metrics'
import type { Peer } from './rpc/peer'

export type RegistryLimits = {
  /** A charger that has said nothing for this long is pinged. */
  pingAfterMs: number
  /** One that has not answered for this long is gone: two pings missed, and some seconds for slow networks. */
  deadAfterMs: number
}

export const defaultRegistryLimits: RegistryLimits = { pingAfterMs: 30_000, deadAfterMs: 65_000 }

export type Registry = {
  readonly size: number
  get(chargerId: number): Peer | undefined
  peers(): Iterable<Peer>
  /**
   * Makes the peer of a new connection the live one. `create` gets what the peer must wait for before it serves calls
   * (`after`): the older connection, which is emptied and ended.
   */
  admit(chargerId: number, create: (after: Promise<void> | null) => Peer): Peer
  /** True when it was the live one; false for the late close of one that was replaced. */
  remove(peer: Peer): boolean
  /** Pings the silent and ends the dead, all with one timer, until `stop`. */
  startSweep(): void
  /**
   * Graceful stop: closes all in slices so that they do not come back in one wave; each is first given 2 s to have its
   * calls answered. Settles when all are gone, after `deadlineMs` at the latest.
   */
  closeAll(options: { code: number; reason: string; deadlineMs: number }): Promise<void>
  stop(): void
}

const sweepsPerPing = 10
const sliceMs = 100
const leastPerSecond = 50
const answerMs = 2_000

export function createRegistry(options: {
  limits: RegistryLimits
  metrics: Metrics
  now?: () => number
}): Registry {
  const { limits, metrics, now = Date.now } = options
  const live = new Map<number, Peer>()
  metrics.gauges.set('cpms_ocpp_connected_chargers', {
    help: 'Chargers connected now',
    read: () => live.size,
  })
  let timer: NodeJS.Timeout | undefined

  function sweep(): void {
    const nowMs = now()
    for (const peer of live.values()) {
      // it cannot answer while we do not read it
      if (peer.isPaused) continue
      const silentMs = nowMs - peer.lastSeenMs
      if (silentMs >= limits.deadAfterMs) {
        metrics.counts.dead += 1
        peer.terminate()
      } else if (silentMs >= limits.pingAfterMs && nowMs - peer.lastPingMs >= limits.pingAfterMs)
        peer.ping()
    }
  }

  return {
    get size() {
      return live.size
    },
    get: (chargerId) => live.get(chargerId),
    peers: () => live.values(),

    admit(chargerId, create) {
      const older = live.get(chargerId)
      let after: Promise<void> | null = null
      if (older) {
        live.delete(chargerId)
        metrics.counts.replaced += 1
        after = older.retire()
      }
      const peer = create(after)
      live.set(chargerId, peer)
      return peer
    },

    remove(peer) {
      if (live.get(peer.chargerId) !== peer) return false
      return live.delete(peer.chargerId)
    },

    startSweep() {
      timer = setInterval(sweep, limits.pingAfterMs / sweepsPerPing)
    },

    async closeAll({ code, reason, deadlineMs }) {
      const startedMs = now()
      const waiting = [...live.values()]
      // at most 50 per second, unless so many are here that two thirds of the time would not do
      const perSecond = Math.max(leastPerSecond, waiting.length / (deadlineMs / 1500))
      const perSlice = Math.ceil((perSecond * sliceMs) / 1000)
      while (waiting.length > 0) {
        for (const peer of waiting.splice(0, perSlice)) void closeAnswered(peer, code, reason)
        if (waiting.length > 0) await sleep(sliceMs)
      }
      while (live.size > 0 && now() - startedMs < deadlineMs) await sleep(sliceMs)
      for (const peer of live.values()) peer.terminate()
    },

    stop: () => clearInterval(timer),
  }
}

async function closeAnswered(peer: Peer, code: number, reason: string): Promise<void> {
  const patience = new AbortController()
  await Promise.race([peer.drained(), sleep(answerMs, patience.signal)])
  patience.abort()
  peer.close(code, reason)
}
