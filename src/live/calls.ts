import { isInside } from '../domain/scope'
import type { PlaceRow } from '../db/queries/places'
import type { EventRow } from '../db/queries/readEvents'
import type { AccessKeeper, Client } from './clients'
import { toLiveEvent } from './fanout'
import { rpcErrors, type Frame } from './guard'
import type { Answer } from './server'
import { maxTopics, readTopics, scopeOfKind, type Topic } from './topics'

const sinceMost = 500

export type CallsOptions = {
  position(): Promise<number>
  access: AccessKeeper
  readEvents(afterId: number, missingIds: readonly number[], limit: number): Promise<EventRow[]>
  readPlaces(ids: { chargers: number[]; sites: number[]; sessions: number[] }): Promise<PlaceRow[]>
  now(): Date
}

type Call = Extract<Frame, { kind: 'call' }>

/** `answerCalls`: the four things a socket may ask: ping, since, rpc.on, rpc.off. */
export function answerCalls(
  options: CallsOptions,
): (client: Client, call: Call) => Promise<Answer> {
  return async (client, call) => {
    switch (call.method) {
      case 'ping':
        return {
          result: { now: options.now().toISOString(), lastEventId: await options.position() },
        }
      case 'since':
        return since(client, call.params, options)
      case 'rpc.on':
        return subscribe(client, call.params, options)
      case 'rpc.off': {
        const topics = readTopics(call.params)
        if (!topics) return { error: rpcErrors.invalidParams }
        for (const name of topics.keys()) client.topics.delete(name)
        return { result: okOf(topics) }
      }
    }
  }
}

/** What happened after an event, as far as the person may see it; `isComplete` false: too much, read the state anew. */
async function since(client: Client, params: unknown, options: CallsOptions): Promise<Answer> {
  const given: unknown = Array.isArray(params)
    ? params[0]
    : (params as { lastEventId?: unknown } | null | undefined)?.lastEventId
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 0) {
    return { error: rpcErrors.invalidParams }
  }
  const rows = await options.readEvents(given, [], sinceMost + 1)
  if (!options.access.isFresh()) await options.access.recheck()
  const isComplete = rows.length <= sinceMost
  const read = rows.slice(0, sinceMost)
  const events = read.filter((row) =>
    isInside(scopeOfKind(client.access, row.kind), {
      ...row,
      regionId: options.access.regionOf(row.siteId),
    }),
  )
  return {
    result: {
      events: events.map((row) => toLiveEvent(row, client.access.seesAll)),
      lastEventId: read.at(-1)?.id ?? given,
      isComplete,
    },
  }
}

/** Narrows a socket to topics, each asked against its person's scope; one that is not theirs refuses the whole call. */
async function subscribe(client: Client, params: unknown, options: CallsOptions): Promise<Answer> {
  const topics = readTopics(params)
  if (!topics) return { error: rpcErrors.invalidParams }
  const all = new Map([...client.topics, ...topics])
  if (all.size > maxTopics) return { error: rpcErrors.invalidParams }

  const idsOf = (kind: Topic['kind']) =>
    [...topics.values()].flatMap((topic) =>
      topic.kind !== 'board' && topic.kind === kind ? [topic.id] : [],
    )
  const places = await options.readPlaces({
    chargers: idsOf('charger'),
    sites: idsOf('site'),
    sessions: idsOf('session'),
  })
  const allowed = new Set(
    places
      .filter((place) =>
        isInside(place.kind === 'session' ? client.access.sessions : client.access.chargers, place),
      )
      .map((place) => `${place.kind}/${place.id}`),
  )
  const isTheirs = [...topics.keys()].every((name) => name === 'board' || allowed.has(name))
  if (!isTheirs) return { error: rpcErrors.eventForbidden }
  client.topics = all
  return { result: okOf(topics) }
}

function okOf(topics: ReadonlyMap<string, Topic>): Record<string, 'ok'> {
  return Object.fromEntries([...topics.keys()].map((name) => [name, 'ok'] as const))
}
