import { chargersWithWishes, claimCommand, openCommands } from '@/db/queries/claimCommands'
import type { Pool } from '@/db/pool'
import type { Writer } from '@/db/writer'
import type { Wishes } from '@/facts/wishes'
import type { Links } from '../files/links'
import type { Registry } from '../registry'
import type { Peer } from '../rpc/peer'
import { newMessageId, sendWish, wishOf } from './send'

export type Dispatch = {
  /** A wish was queued for this charger (NOTIFY); nothing happens where another process holds it. */
  wished(chargerId: number): void
  /** A charger came: what it still owes us is remembered, what waits for it is sent. */
  connected(peer: Peer): Promise<void>
  startPoll(): void
  stop(): void
}

/** A NOTIFY that got lost is made good by a look at the table. */
const pollMs = 5_000

export function createDispatch(context: {
  pool: Pool
  writer: Writer
  wishes: Wishes
  links: Links
  registry: Registry
  now: () => Date
  onTrouble(message: string, error: unknown): void
}): Dispatch {
  const { pool, wishes, registry, now, onTrouble } = context
  /** Chargers whose wishes are being worked off; true: look again when done. */
  const busy = new Map<number, boolean>()
  let timer: NodeJS.Timeout | undefined

  async function workOff(chargerId: number): Promise<void> {
    if (busy.has(chargerId)) return void busy.set(chargerId, true)
    busy.set(chargerId, false)
    try {
      for (;;) {
        const peer = registry.get(chargerId)
        if (!peer?.isOpen) return
        const messageId = newMessageId()
        const command = await claimCommand(pool, peer, now(), messageId)
        if (command) await sendWish(context, peer, command, messageId)
        else if (busy.get(chargerId)) busy.set(chargerId, false)
        else return
      }
    } catch (error) {
      onTrouble('commands of a charger could not be sent', error)
    } finally {
      busy.delete(chargerId)
    }
  }

  async function poll(): Promise<void> {
    const held = [...registry.peers()].map((peer) => peer.chargerId)
    if (held.length === 0) return
    for (const chargerId of await chargersWithWishes(pool, held)) void workOff(chargerId)
  }

  return {
    wished: (chargerId) => void workOff(chargerId),
    async connected(peer) {
      try {
        for (const command of await openCommands(pool, peer.chargerId))
          wishes.add(wishOf(command, now()))
      } catch (error) {
        onTrouble('open commands could not be read', error)
      }
      await workOff(peer.chargerId)
    },
    startPoll() {
      timer = setInterval(() => {
        poll().catch((error: unknown) => onTrouble('the commands table could not be read', error))
      }, pollMs)
    },
    stop: () => clearInterval(timer),
  }
}
