import type { Scope } from '../domain/scope'

/**
 * What a socket may hear and what it wants to hear. `may` is asked for every event at delivery, whatever was
 * subscribed; topics only narrow it (a charger's page need not hear the whole network).
 */

/** One row of the outbox, as it travels to a browser. */
export type LiveEvent = {
  id: number
  at: string
  kind: string
  chargerId: number | null
  siteId: number | null
  sessionId: number | null
  body: Record<string, unknown>
}

/** What one signed-in person may see, read fresh from the grants. */
export type Access = {
  chargers: Scope
  sessions: Scope
  commands: Scope
  alerts: Scope
  tickets: Scope
  /** False for those who see a subset of the fields (site owners, matrix row 69): states, no details. */
  seesAll: boolean
}

/** `scopeOfKind`: the part of a person's access that an event of this kind falls under. Unknown kinds are denied. */
export function scopeOfKind(access: Access, kind: string): Scope {
  if (kind.startsWith('charger.') || kind.startsWith('connector.')) return access.chargers
  if (kind.startsWith('session.')) return access.sessions
  // what was asked of chargers, and the files that came of it
  if (/^(command|firmware|diagnostics|reservation|charging-profile)\./.test(kind))
    return access.commands
  if (kind.startsWith('alert.')) return access.alerts
  if (kind.startsWith('ticket.')) return access.tickets
  return { kind: 'none' }
}

export type Topic = { kind: 'board' } | { kind: 'charger' | 'site' | 'session'; id: number }

export const maxTopics = 50

/** `readTopics`: the parameter of `rpc.on` and `rpc.off` as topics; `null` when it is anything but a list of them. */
export function readTopics(params: unknown): Map<string, Topic> | null {
  if (!Array.isArray(params) || params.length === 0 || params.length > maxTopics) return null
  const topics = new Map<string, Topic>()
  for (const name of params) {
    const topic = typeof name === 'string' ? readTopic(name) : null
    if (topic === null) return null
    topics.set(name as string, topic)
  }
  return topics
}

function readTopic(name: string): Topic | null {
  if (name === 'board') return { kind: 'board' }
  const match = /^(charger|site|session)\/([1-9]\d{0,9})$/.exec(name)
  if (!match) return null
  return { kind: match[1] as 'charger' | 'site' | 'session', id: Number(match[2]) }
}

/** `isWanted`: whether one of a socket's topics covers the place. A socket that named none hears the board. */
export function isWanted(
  topics: ReadonlyMap<string, Topic>,
  place: { chargerId: number | null; siteId: number | null; sessionId: number | null },
): boolean {
  if (topics.size === 0 || topics.has('board')) return true
  return (
    topics.has(`charger/${place.chargerId}`) ||
    topics.has(`site/${place.siteId}`) ||
    topics.has(`session/${place.sessionId}`)
  )
}

/** Members that say who is charging: the panel reads those from its own pages, the channel never carries them. */
const identities: ReadonlySet<string> = new Set([
  'idTag',
  'idToken',
  'stopIdTag',
  'parentIdTag',
  'card',
  'cardId',
  'driver',
  'driverId',
  'driverName',
  'uid',
])

/** All that goes to those who see a subset. */
const states: ReadonlySet<string> = new Set([
  'status',
  'before',
  'since',
  'connectorId',
  'alertId',
  'what',
  'severity',
  'ticketId',
])

/**
 * `bodyFor`: the body as this person may see it. Nobody hears who is charging (technicians and site owners see
 * sessions, but not drivers: matrix row 45); site owners hear states and no error texts, serials or addresses (row 19).
 */
export function bodyFor(body: Record<string, unknown>, seesAll: boolean): Record<string, unknown> {
  const keeps = (key: string) => (seesAll ? !identities.has(key) : states.has(key))
  return Object.fromEntries(Object.entries(body).filter(([key]) => keeps(key)))
}
