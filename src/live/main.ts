import type { AddressInfo } from 'node:net'
import { channels, type MeterTick } from '../db/channels'
import { listen } from '../db/listen'
import type { Pool } from '../db/pool'
import { readLogins } from '../db/queries/liveAccess'
import { readPlaces, readRegions } from '../db/queries/places'
import { lastEventId, readEvents } from '../db/queries/readEvents'
import { answerCalls } from './calls'
import { keepAccess, type AccessKeeper, type Client } from './clients'
import { createDriverDesk } from './drivers'
import { createFanout, type Fanout } from './fanout'
import { createLiveServer, type LiveLog, type LiveServerOptions } from './server'
import { tokenKey } from './token'

const recheckEveryMs = 2_500
const pollEveryMs = 1_000

export type LiveOptions = {
  pool: Pool
  connectionString: string
  host: string
  port: number
  publicUrl: string
  payloadSecret: string
  now(): Date
  log: LiveLog
  metrics?: LiveServerOptions['metrics']
}

export type Live = {
  port: number
  /** Browsers and apps that listen now. */
  listeners(): number
  close(): Promise<void>
}

/** `startLive`: the live channel listens; it may see the database come and go and needs nobody to restart it. */
export async function startLive(options: LiveOptions): Promise<Live> {
  const { pool, now, log } = options
  const clients = new Set<Client>()
  const access = keepAccess({
    clients,
    readLogins: (logins) => readLogins(pool, logins),
    readRegions: () => readRegions(pool),
    now,
  })
  const drivers = createDriverDesk({ pool, now, position: () => fanout.position() })
  const fanout = createFanout({
    clients,
    access,
    also: drivers,
    readEvents: (afterId, missingIds, limit) => readEvents(pool, afterId, missingIds, limit),
    lastEventId: () => lastEventId(pool),
    now,
    onError: (error) => log.warn({ err: error }, 'the outbox could not be read'),
  })
  let isHeard = false
  const listener = hear(options.connectionString, fanout, access, (heard) => (isHeard = heard), log)
  const server = createLiveServer({
    clients,
    drivers,
    key: tokenKey(options.payloadSecret),
    origins: originsOf(options.publicUrl),
    maxClients: 5_000,
    readLogins: (logins) => readLogins(pool, logins),
    onCall: answerCalls({
      position: fanout.position,
      access,
      readEvents: (afterId, missingIds, limit) => readEvents(pool, afterId, missingIds, limit),
      readPlaces: (ids) => readPlaces(pool, ids),
      now,
    }),
    isReady: () => isHeard,
    metrics: options.metrics,
    now,
    log,
  })
  // Notifications may be lost with their connection, and an id may become visible without one: ask once a second.
  const poll = setInterval(fanout.wake, pollEveryMs)
  const recheck = setInterval(() => {
    if (clients.size > 0) access.recheck().catch(() => {})
    if (drivers.clients.size > 0) drivers.recheck().catch(() => {})
  }, recheckEveryMs)

  await new Promise<void>((resolve, reject) => {
    server.http.once('error', reject)
    server.http.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.http.address() as AddressInfo).port,
    listeners: () => clients.size,
    async close() {
      clearInterval(poll)
      clearInterval(recheck)
      await listener.close()
      await server.close()
    },
  }
}

function hear(
  connectionString: string,
  fanout: Fanout,
  access: AccessKeeper,
  setHeard: (isHeard: boolean) => void,
  log: LiveLog,
) {
  return listen({
    connectionString,
    name: 'cpms-live',
    channels: [channels.event, channels.live, channels.access],
    onNotify(channel, payload) {
      if (channel === channels.event) fanout.wake()
      else if (channel === channels.access) access.recheck().catch(() => {})
      else fanout.deliverTicks(readTicks(payload))
    },
    onUp() {
      setHeard(true)
      access.recheck().catch(() => {})
      fanout.wake()
    },
    onDown(error) {
      setHeard(false)
      log.warn({ err: error }, 'the database is not heard, trying again')
    },
  })
}

function readTicks(payload: string): MeterTick[] {
  try {
    const ticks: unknown = JSON.parse(payload)
    return Array.isArray(ticks) ? (ticks as MeterTick[]) : []
  } catch {
    return []
  }
}

/** Where the panel may be opened from: its public address, and on one machine each name of that machine. */
export function originsOf(publicUrl: string): Set<string> {
  const url = new URL(publicUrl)
  const loopback = ['localhost', '127.0.0.1', '[::1]']
  const names = loopback.includes(url.hostname) ? loopback : [url.hostname]
  return new Set(names.map((name) => new URL(`${url.protocol}//${name}:${url.port}`).origin))
}
