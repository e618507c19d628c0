import { isInside } from '../domain/scope'
import type { MeterTick } from '../db/channels'
import type { EventRow } from '../db/queries/readEvents'
import type { AccessKeeper, Client } from './clients'
import { send } from './server'
import { isWanted, scopeOfKind, bodyFor, type LiveEvent } from './topics'

const batchSize = 500
const missingMost = 5_000
/** The longest a transaction of ours may take from its id to its commit (statement 5 s, idle 10 s), and some more. */
const missingForMs = 20_000
const restMs = 40
const lookBack = 200

export type Fanout = {
  /** Something may have been written: reads and delivers it. Calls while one runs are one more run. */
  wake(): void
  /** Figures of running sessions, not kept anywhere. */
  deliverTicks(ticks: MeterTick[]): void
  /** Resolves with the id from which on everything is delivered to sockets that are open now. */
  position(): Promise<number>
}

export type FanoutOptions = {
  clients: ReadonlySet<Client>
  access: AccessKeeper
  /** Others that hear of every row and tick, and choose themselves. */
  also: {
    clients: ReadonlySet<unknown>
    hear(row: EventRow): void
    hearTicks(ticks: MeterTick[]): void
  }
  readEvents(afterId: number, missingIds: readonly number[], limit: number): Promise<EventRow[]>
  lastEventId(): Promise<number>
  now(): Date
  onError(error: unknown): void
}

/**
 * `createFanout`: reads the outbox and gives each event to the sockets that may see it. Nothing is read while nobody
 * listens. Ids that were skipped are asked for again for 20 s: their transaction may commit after a later one.
 */
export function createFanout(options: FanoutOptions): Fanout {
  let last: number | null = null
  let beginning: Promise<number> | null = null
  const missing = new Map<number, number>()
  let isRunning = false
  let isAsked = false

  function noteGap(from: number, to: number, nowMs: number): void {
    for (let id = Math.max(from, to - missingMost); id < to; id++) missing.set(id, nowMs)
    for (const [id, sinceMs] of missing) {
      if (missing.size <= missingMost && nowMs - sinceMs <= missingForMs) break
      missing.delete(id)
    }
  }

  /** Where delivery begins when the first socket opens: rows still on their way below it count as missing. */
  async function begin(): Promise<number> {
    const newest = await options.lastEventId()
    const seen = new Set(
      (await options.readEvents(newest - lookBack, [], lookBack)).map((row) => row.id),
    )
    const nowMs = options.now().getTime()
    for (let id = newest - lookBack + 1; id < newest; id++) {
      if (id > 0 && !seen.has(id)) missing.set(id, nowMs)
    }
    return newest
  }

  function position(): Promise<number> {
    if (last !== null) return Promise.resolve(last)
    beginning ??= begin()
      .then((id) => (last = id))
      .finally(() => (beginning = null))
    return beginning
  }

  async function readOnce(): Promise<boolean> {
    if (options.clients.size === 0 && options.also.clients.size === 0) {
      last = null
      missing.clear()
      return false
    }
    last = await position()
    const rows = await options.readEvents(last, [...missing.keys()], batchSize)
    // Who may see them is asked after they were read, never before.
    const isNewSite = rows.some(
      (row) => row.siteId !== null && !options.access.knowsSite(row.siteId),
    )
    if (isNewSite || !options.access.isFresh()) await options.access.recheck()
    const nowMs = options.now().getTime()
    for (const row of rows) {
      if (row.id > last) {
        noteGap(last + 1, row.id, nowMs)
        last = row.id
      } else if (!missing.delete(row.id)) continue
      deliver(row)
      options.also.hear(row)
    }
    noteGap(last + 1, last + 1, nowMs)
    return rows.length >= batchSize
  }

  function deliver(row: EventRow): void {
    const place = { ...row, regionId: options.access.regionOf(row.siteId) }
    const texts: { all?: string; states?: string } = {}
    for (const client of options.clients) {
      if (!isWanted(client.topics, place)) continue
      if (!isInside(scopeOfKind(client.access, row.kind), place)) continue
      const { seesAll } = client.access
      const text = (texts[seesAll ? 'all' : 'states'] ??= JSON.stringify({
        notification: 'event',
        params: toLiveEvent(row, seesAll),
      }))
      send(client, text)
    }
  }

  async function run(): Promise<void> {
    isRunning = true
    try {
      do {
        isAsked = false
        const hasMore = await readOnce()
        if (hasMore) isAsked = true
        else await new Promise((resolve) => setTimeout(resolve, restMs))
      } while (isAsked)
    } catch (error) {
      options.onError(error)
    } finally {
      isRunning = false
    }
  }

  return {
    wake() {
      isAsked = true
      if (!isRunning) void run()
    },
    deliverTicks(ticks) {
      options.also.hearTicks(ticks)
      // Without a recent check nobody is told anything; the next figures come in seconds.
      if (!options.access.isFresh()) return
      for (const client of options.clients) {
        const seen = ticks.filter((tick) => {
          const place = { chargerId: tick.charger, siteId: tick.site, sessionId: tick.session }
          const regionId = options.access.regionOf(tick.site)
          return (
            isWanted(client.topics, place) &&
            isInside(client.access.sessions, { ...place, regionId })
          )
        })
        if (seen.length > 0) {
          send(client, JSON.stringify({ notification: 'meter', params: { ticks: seen } }))
        }
      }
    },
    position,
  }
}

/** `toLiveEvent`: a row as it travels, with what this person may see of it. */
export function toLiveEvent(row: EventRow, seesAll: boolean): LiveEvent {
  return { ...row, at: row.at.toISOString(), body: bodyFor(row.body, seesAll) }
}
