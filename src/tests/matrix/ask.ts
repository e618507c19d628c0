import { randomUUID } from 'node:crypto'

import type { Action, Resource, Role } from '@/domain/policy'

import type { App, Body, Person } from '../helpers/app'
import type { Front } from '../helpers/front'
import type { Principal } from './people'
import { canaries, type Canary, type Place } from './world'

export type Matrix = {
  app: App
  front: Front
  admin: Person
  a: Place
  a2: Place
  b: Place
  /** A charger of site A that lets its own driver in and nobody else. */
  closed: { charger: number; evse: string }
  /** A session of A's driver under way, and one that has just ended. */
  running: { publicId: string; transaction: number }
  ended: { publicId: string }
  /** A schedule that the owner of site A made. */
  ownSchedule: number
  /** An image that a technician may pick. */
  image: number
  /** What was seen that should not have been, in words. */
  leaks: string[]
  next(): number
}

/** `done`: it happened or was shown. `refused`: 401, 403, 404, or what is not the asker's left out exactly. */
export type Outcome = { is: 'done' | 'refused' | 'odd'; note: string }
/** `isExpected`: whether it should be done, for what has to be made first. */
export type Ask = (m: Matrix, who: Principal, isExpected: boolean) => Promise<Outcome>

/** How one action of the policy table is asked for. A door that is left out does not have it, for anybody. */
export type Doors = {
  /** The panel's REST. */
  staff?: Ask
  graphql?: Ask
  /** `/api/app/v1`. */
  app?: Ask
  /** Asked without a token by everybody: whoever has one can leave it away. */
  isPublic?: true
  /** Rows of no place: whoever may see one at his sites sees all. */
  isEverywhere?: true
  /** Every driver's own: it does not matter that the record is of site A. */
  isPersonal?: true
}
export type DoorsOf = (resource: Resource, action: Action) => Doors

const origin = 'http://localhost:3000'

/** What no answer holds for this role, whatever was asked. */
const hidden: Readonly<Record<Role | 'none', readonly Canary[]>> = {
  'super-admin': [],
  operator: ['uid', 'phone'],
  technician: ['uid', 'phone', 'idTag', 'driver'],
  'site-owner': Object.keys(canaries) as Canary[],
  driver: ['uid', 'phone', 'idTag', 'serial', 'identity', 'evidence'],
  anonymous: Object.keys(canaries) as Canary[],
  none: Object.keys(canaries) as Canary[],
}

export type Answer = { status: number; body: Body; text: string; headers: Headers }
export type Sent = { method: string; path: string; body?: unknown; form?: FormData; open?: boolean }

let address = 0

/** One request as this principal; the answer is searched for what the role is not shown. */
export async function send(m: Matrix, who: Principal, sent: Sent): Promise<Answer> {
  const headers = new Headers(sent.open ? {} : who.headers)
  // a new address each time: what is shut here is shut by right, not by a limit
  address++
  headers.set('x-cpms-client', `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`)
  headers.set('Idempotency-Key', randomUUID())
  if (sent.body !== undefined) headers.set('Content-Type', 'application/json')
  const response = await m.front(
    new Request(`${origin}${sent.path}`, {
      method: sent.method,
      headers,
      body: sent.form ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body)),
    }),
  )
  const text = await response.text()
  for (const name of hidden[who.role ?? 'none'])
    if (text.includes(canaries[name]) && !(who.kind === 'driver' && name === 'driver'))
      m.leaks.push(`${who.name} read ${name} from ${sent.method} ${sent.path}`)
  return { status: response.status, body: parsed(text), text, headers: response.headers }
}

export async function sendGraphql(
  m: Matrix,
  who: Principal,
  query: string,
  variables?: Record<string, unknown>,
): Promise<Answer> {
  return send(m, who, { method: 'POST', path: '/api/graphql', body: { query, variables } })
}

/** A place out of sight named in a body: 400 with the sentence that a place which is not there gets as well. */
const outOfSight = /no such entry among those you can see|that is yours to run|There is no such/

export function judged({ status, text }: Answer): Outcome {
  const note = `${status} ${text.slice(0, 160)}`
  if (status >= 200 && status < 300) return { is: 'done', note }
  const isRefused =
    [401, 403, 404, 405].includes(status) || (status === 400 && outOfSight.test(text))
  return { is: isRefused ? 'refused' : 'odd', note }
}

type Errors = { message: string; extensions?: { statusCode?: number } }[]

export function judgedGraphql({ status, body, text }: Answer, field: string): Outcome {
  const note = `${status} ${text.slice(0, 200)}`
  const data = (body['data'] as Record<string, unknown> | null | undefined)?.[field]
  const errors = (body.errors ?? []) as Errors
  if (data !== null && data !== undefined && errors.length === 0) return { is: 'done', note }
  if (data !== null && data !== undefined) return { is: 'odd', note }
  const isRefused =
    errors.length > 0 &&
    errors.every(
      ({ message, extensions }) =>
        [401, 403, 404].includes(extensions?.statusCode ?? 0) ||
        outOfSight.test(message) ||
        outOfSight.test(text) ||
        /^Cannot query field|^Unknown type/.test(message),
    )
  return { is: isRefused ? 'refused' : 'odd', note }
}

/** A request that is done or refused by its status. */
export const rest =
  (
    method: string,
    path: (m: Matrix, who: Principal) => string,
    body?: (m: Matrix, who: Principal) => unknown,
    options: { open?: boolean } = {},
  ): Ask =>
  async (m, who) =>
    judged(await send(m, who, { method, path: path(m, who), body: body?.(m, who), ...options }))

/** One after another; the first that is not as expected is told. */
export const all =
  (...asks: Ask[]): Ask =>
  async (m, who, isExpected) => {
    let last: Outcome = { is: 'odd', note: 'nothing asked' }
    for (const ask of asks) {
      last = await ask(m, who, isExpected)
      if (last.is !== (isExpected ? 'done' : 'refused')) return last
    }
    return last
  }

/** A door that has no such thing: the address that would be it, and the field. */
export const absentRest =
  (resource: string, action: string): Ask =>
  async (m, who) => {
    const path = `/api/${resource}/1/${action}`
    const outcome = judged(await send(m, who, { method: 'POST', path, body: {} }))
    return outcome
  }

export const absentGraphql =
  (resource: string, action: string): Ask =>
  async (m, who) => {
    const field = `${action}-${resource}`.replace(/-(\w)/g, (_, letter: string) =>
      letter.toUpperCase(),
    )
    const answer = await sendGraphql(m, who, `mutation { ${field}(id: 1) { id } }`)
    return /Cannot query field/.test(answer.text)
      ? { is: 'refused', note: answer.text.slice(0, 120) }
      : { is: 'odd', note: `${field}: ${answer.text.slice(0, 200)}` }
  }

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return {}
  }
}
