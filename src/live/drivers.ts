import type { MeterTick } from '../db/channels'
import type { Pool } from '../db/pool'
import { findCharge, stateOf, type ChargeRow } from '../db/queries/app/charges'
import { findEvse } from '../db/queries/app/locations'
import { findSignIn, standingSignIns } from '../db/queries/app/signIns'
import type { EventRow } from '../db/queries/readEvents'
import { evseStatus } from '../domain/app/evse'
import { hashToken } from '../platform/tokens'
import type { Peer } from './clients'
import { rpcErrors, type Frame } from './guard'
import { send, type Answer } from './server'
import { maxTopics } from './topics'

/**
 * The channel for drivers, by the access token of the app: their own charges and the connectors they may know of, each
 * by its public id; of the network's events they hear nothing else. Whose a charge is and what may be seen is asked of
 * the rows with every look; a sign-in that ended closes the socket (SEC-32).
 */
export type DriverClient = Peer & { hash: Buffer; driverId: number; topics: Map<string, Topic> }

type Topic = {
  kind: 'session' | 'evse'
  id: string
  chargerRow: number
  sessionRow: number | null
  /** What was told last; the same is not told twice. */
  told: string
  isBusy: boolean
  isAsked: boolean
  /** Its money is still under way: nobody tells of its end but the rows. */
  isWaiting: boolean
}

export type DriverDesk = {
  clients: Set<DriverClient>
  find(token: string): Promise<{ hash: Buffer; driverId: number } | null>
  onCall(client: DriverClient, call: Extract<Frame, { kind: 'call' }>): Promise<Answer>
  hear(row: EventRow): void
  hearTicks(ticks: readonly MeterTick[]): void
  recheck(): Promise<void>
}

const freshMs = 4_000
const restMs = 100
const topicName = /^(session|evse)\/([0-9a-f]{32})$/

export function createDriverDesk(options: {
  pool: Pool
  now(): Date
  /** Resolves once whatever happens from now on is heard. */
  position(): Promise<unknown>
}): DriverDesk {
  const { now, pool } = options
  const clients = new Set<DriverClient>()
  let checkedAtMs = 0

  async function find(token: string) {
    const hash = hashToken(token)
    const found = await findSignIn(pool, hash, now())
    if (!found) return null
    if (clients.size === 0) checkedAtMs = now().getTime()
    return { hash, driverId: found.id }
  }

  async function recheck(): Promise<void> {
    const startedMs = now().getTime()
    const asked = [...clients]
    const standing = await standingSignIns(
      pool,
      asked.map(({ hash }) => hash),
      now(),
    )
    for (const client of asked) {
      if (standing.has(client.hash.toString('hex'))) {
        for (const topic of client.topics.values()) if (topic.isWaiting) wake(client, topic)
        continue
      }
      client.topics.clear()
      client.socket.close(1008, 'signed out')
    }
    checkedAtMs = startedMs
  }

  /** The place of a topic, as far as this driver may know of it. */
  async function place(
    client: DriverClient,
    kind: Topic['kind'],
    id: string,
  ): Promise<Topic | null> {
    const topic = { kind, id, told: '', isBusy: false, isAsked: false, isWaiting: true }
    if (kind === 'session') {
      const row = await findCharge(pool, client.driverId, id)
      return row && { ...topic, chargerRow: row.chargerRow, sessionRow: row.sessionId }
    }
    const row = await findEvse(pool, { id }, client.driverId)
    return row && { ...topic, chargerRow: row.chargerRow, sessionRow: null, isWaiting: false }
  }

  async function look(client: DriverClient, topic: Topic): Promise<void> {
    const told =
      topic.kind === 'session' ? await lookAtCharge(client, topic) : await lookAtEvse(client, topic)
    // not his any more, or not to be known of
    if (told === null) return void client.topics.delete(`${topic.kind}/${topic.id}`)
    const text = JSON.stringify({ notification: topic.kind, params: told })
    if (text === topic.told || !client.topics.has(`${topic.kind}/${topic.id}`)) return
    topic.told = text
    send(client, text)
  }

  async function lookAtCharge(client: DriverClient, topic: Topic) {
    const row = await findCharge(pool, client.driverId, topic.id)
    if (!row) return null
    topic.sessionRow = row.sessionId
    topic.isWaiting = row.stoppedAt === null ? row.sessionId === null : !row.isSettled
    return chargeNews(row)
  }

  async function lookAtEvse(client: DriverClient, topic: Topic) {
    const row = await findEvse(pool, { id: topic.id }, client.driverId)
    return (
      row && {
        id: row.id,
        status: evseStatus(row.word, row.isConnected),
        statusSince: row.statusSince?.toISOString() ?? null,
      }
    )
  }

  function wake(client: DriverClient, topic: Topic): void {
    topic.isAsked = true
    if (!topic.isBusy) void run(client, topic)
  }

  async function run(client: DriverClient, topic: Topic): Promise<void> {
    topic.isBusy = true
    while (topic.isAsked && client.socket.readyState === client.socket.OPEN) {
      topic.isAsked = false
      await look(client, topic).catch(() => {})
      await new Promise((done) => setTimeout(done, restMs))
    }
    topic.isBusy = false
  }

  const isFresh = () => now().getTime() - checkedAtMs <= freshMs

  return {
    clients,
    find,
    recheck,
    async onCall(client, { method, params }) {
      if (method === 'ping') return { result: { now: now().toISOString() } }
      if (method === 'since') return { error: rpcErrors.methodNotFound }
      const names = readNames(params)
      if (!names) return { error: rpcErrors.invalidParams }
      if (method === 'rpc.off') {
        for (const { name } of names) client.topics.delete(name)
        return { result: okOf(names) }
      }
      if (new Set([...client.topics.keys(), ...names.map(({ name }) => name)]).size > maxTopics)
        return { error: rpcErrors.invalidParams }
      await options.position()
      const topics = await Promise.all(names.map(({ kind, id }) => place(client, kind, id)))
      if (topics.some((topic) => topic === null)) return { error: rpcErrors.eventForbidden }
      for (const topic of topics) {
        client.topics.set(`${topic!.kind}/${topic!.id}`, topic!)
        // how it stands now comes right behind the answer
        setImmediate(() => wake(client, topic!))
      }
      return { result: okOf(names) }
    },
    hear(row) {
      if (!isFresh()) return
      for (const client of clients)
        for (const topic of client.topics.values())
          if (topic.chargerRow === row.chargerId) wake(client, topic)
    },
    hearTicks(ticks) {
      if (!isFresh()) return
      for (const client of clients)
        for (const { id, kind, sessionRow } of client.topics.values()) {
          const tick = kind === 'session' && ticks.find(({ session }) => session === sessionRow)
          if (tick)
            send(client, JSON.stringify({ notification: 'meter', params: tickNews(id, tick) }))
        }
    },
  }
}

/** As `Charge` of the app API has it, but for what does not change while it runs. */
function chargeNews(row: ChargeRow) {
  return {
    id: row.id,
    state: stateOf(row),
    energyWh: row.energyWh,
    powerW: row.powerW,
    socPercent: row.socPercent,
    costMinor: row.costMinor,
    currency: row.currency,
    stopCause: row.stopCause,
    dueMinor: row.dueMinor,
    meterAt: row.lastSampleAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
  }
}

const tickNews = (id: string, tick: MeterTick) => ({
  id,
  energyWh: tick.wh,
  powerW: tick.w,
  socPercent: tick.soc,
  costMinor: tick.costMinor ?? null,
  currency: tick.currency ?? null,
  meterAt: tick.at,
})

type Name = { name: string; kind: Topic['kind']; id: string }

function readNames(params: unknown): Name[] | null {
  if (!Array.isArray(params) || params.length === 0 || params.length > maxTopics) return null
  const names = params.map((name) => {
    const match = typeof name === 'string' ? topicName.exec(name) : null
    return match && { name: name as string, kind: match[1] as Topic['kind'], id: match[2]! }
  })
  return names.every((one) => one !== null) ? names : null
}

const okOf = (names: readonly Name[]): Record<string, 'ok'> =>
  Object.fromEntries(names.map(({ name }) => [name, 'ok'] as const))
