import type { WebSocket } from 'ws'
import { seesAllFields } from '../domain/policy'
import { rolesAt, scopeFor, type Grant } from '../domain/scope'
import type { Login, LoginRow } from '../db/queries/liveAccess'
import type { Access, Topic } from './topics'

/** One open socket, and how well whoever holds it behaves. */
export type Peer = {
  socket: WebSocket
  badFrames: number
  calls: { left: number; at: number }
  isAlive: boolean
}

/** Of staff: who it is, what they may see, what they asked for. */
export type Client = Peer & {
  login: Login
  access: Access
  topics: Map<string, Topic>
}

/** What a person may see through the channel, as far as their grants reach now. */
export function accessOf(grants: Grant[], now: Date): Access {
  return {
    chargers: scopeFor(grants, 'live', 'subscribe-fleet', now),
    sessions: scopeFor(grants, 'live', 'subscribe-session', now),
    commands: scopeFor(grants, 'commands', 'read', now),
    alerts: scopeFor(grants, 'alerts', 'read', now),
    tickets: scopeFor(grants, 'tickets', 'read', now),
    seesAll: rolesAt(grants, now).some((role) => seesAllFields(role, 'live', 'subscribe-fleet')),
  }
}

export type AccessKeeper = {
  /** Reads every open socket's login and grants again; those that no longer stand are closed. */
  recheck(): Promise<void>
  /** True when the last successful check is recent enough to deliver by it. */
  isFresh(): boolean
  regionOf(siteId: number | null): number | null
  knowsSite(siteId: number): boolean
}

const freshMs = 4_000

/**
 * `keepAccess`: keeps what open sockets may see no older than 4 s (SEC-19, SEC-33: a demoted person hears nothing 5 s
 * later). Checks do not overlap: one asked for while one runs starts after it, since the running one may have read
 * before the change.
 */
export function keepAccess(options: {
  clients: ReadonlySet<Client>
  readLogins(logins: Login[]): Promise<LoginRow[]>
  /** Read with every check: the region of each site, which events do not carry. */
  readRegions(): Promise<Map<number, number | null>>
  now(): Date
}): AccessKeeper {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  let checkedAtMs = 0
  let regions = new Map<number, number | null>()

  async function check(): Promise<void> {
    const checked = [...options.clients]
    const startedMs = options.now().getTime()
    const [rows, siteRegions] = await Promise.all([
      options.readLogins(checked.map((client) => client.login)),
      options.readRegions(),
    ])
    regions = siteRegions
    const standing = new Map(rows.map((row) => [row.sessionId, row]))
    for (const client of checked) {
      const row = standing.get(client.login.sessionId)
      if (row?.userId === client.login.userId) {
        client.access = accessOf(row.grants, options.now())
      } else {
        client.access = nothing
        client.socket.close(1008, 'signed out')
      }
    }
    checkedAtMs = startedMs
  }

  function recheck(): Promise<void> {
    if (!running) {
      running = check().finally(() => (running = null))
      return running
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return recheck()
      })
    return next
  }

  return {
    recheck,
    isFresh: () => options.now().getTime() - checkedAtMs <= freshMs,
    regionOf: (siteId) => (siteId === null ? null : (regions.get(siteId) ?? null)),
    knowsSite: (siteId) => regions.has(siteId),
  }
}

const nothing: Access = {
  chargers: { kind: 'none' },
  sessions: { kind: 'none' },
  commands: { kind: 'none' },
  alerts: { kind: 'none' },
  tickets: { kind: 'none' },
  seesAll: false,
}
