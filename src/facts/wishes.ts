import type { Tx } from '@/db/writer'
import {
  advance,
  type AnswerContext,
  type Command,
  type CommandChange,
  type Happening,
} from '@/domain/command'
import type { Settlement } from '@/db/queries/settleCommands'

/** A wish that was sent to a charger of this process and has not ended. */
export type OpenWish = Command & { id: number; context: AnswerContext; expiresAtMs: number }

/**
 * The wishes this process has sent and waits to see fulfilled. Only the holder of a charger's socket sends to it, so its
 * memory is enough to notice a fulfilment in the very transaction that records the fact; the row decides in the end (a
 * final state stands, whoever set it), and after a restart the rows are read again when a charger connects.
 */
export type Wishes = {
  add(wish: OpenWish): void
  of(chargerId: number): readonly OpenWish[]
  /** Notes the new state of a wish; a final one is forgotten. */
  moved(wish: OpenWish, change: CommandChange): void
  readonly size: number
}

export function createWishes(now: () => number): Wishes {
  const byCharger = new Map<number, OpenWish[]>()
  const none: readonly OpenWish[] = []
  let size = 0

  function forget(chargerId: number, isGone: (wish: OpenWish) => boolean) {
    const kept = (byCharger.get(chargerId) ?? []).filter((wish) => !isGone(wish))
    size -= (byCharger.get(chargerId)?.length ?? 0) - kept.length
    if (kept.length > 0) byCharger.set(chargerId, kept)
    else byCharger.delete(chargerId)
  }

  return {
    add(wish) {
      // what is long past its time was ended by the worker's sweep
      forget(wish.chargerId, (other) => other.id === wish.id || other.expiresAtMs < now() - 60_000)
      const list = byCharger.get(wish.chargerId)
      if (list) list.push(wish)
      else byCharger.set(wish.chargerId, [wish])
      size += 1
    },
    of: (chargerId) => byCharger.get(chargerId) ?? none,
    moved(wish, change) {
      if (change.isFinal) forget(wish.chargerId, (other) => other.id === wish.id)
      else {
        wish.status = change.status
        wish.expiresAtMs = now() + (change.waitSeconds ?? 60) * 1000
      }
    },
    get size() {
      return size
    },
  }
}

/** Settles, in the flush of the fact, the wishes that it fulfils. */
export function fulfilWishes(
  tx: Tx,
  wishes: Wishes,
  happening: Happening,
  startKey: string | null = null,
): void {
  for (const wish of wishes.of(happening.chargerId)) {
    const change = advance(wish, { kind: 'happened', happening }, wish.context)
    if (!change) continue
    tx.also('settle', settlement(wish, change, happening.receivedAt, null, startKey))
    tx.afterCommit(() => wishes.moved(wish, change))
  }
}

export function settlement(
  wish: OpenWish,
  change: CommandChange,
  at: Date,
  response: string | null,
  startKey: string | null = null,
): Settlement {
  const { waitSeconds, ...rest } = change
  return {
    ...rest,
    commandId: wish.id,
    response,
    at,
    expiresAt: change.isFinal ? null : new Date(at.getTime() + (waitSeconds ?? 60) * 1000),
    startKey,
  }
}
