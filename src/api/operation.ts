import type { z } from 'zod'

import type { Pool, Sql } from '@/db/pool'
import type { AppSettings } from '@/db/queries/app/settings'
import type { SignedInDriver } from '@/db/queries/app/signIns'
import type { CardProvider } from '@/payments/provider'

/** Where all of it lies. */
export const base = '/api/app/v1'

/** Who asks, with what in hand; made once per request by the router. */
export type Context = {
  /** The transaction of this request where the operation is `idempotent`, else the pool. */
  sql: Sql
  pool: Pool
  /** Null where nobody is signed in; never null in an operation with `auth: 'driver'`. */
  driver: SignedInDriver | null
  settings: AppSettings
  /** Null where this server has no keys of a card provider. */
  cards: CardProvider | null
  now: Date
  ip: string | null
  requestId: string
  client: string | null
  headers: Headers
  signal: AbortSignal
  /** The Idempotency-Key of the request, where the operation takes one. */
  idempotencyKey: string | null
}

export type Problem = {
  kind: 'problem'
  status: number
  /** Stable; for programs. */
  code: ProblemCode
  /** For people; says what to do. */
  detail: string
  /** Members at fault: a JSON pointer each. */
  errors?: { pointer: string; detail: string }[]
  retryAfterSeconds?: number
}

export type Reply =
  | { kind: 'ok'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'raw'; status: number; body: BodyInit; headers: Record<string, string> }
  | Problem

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export const tags = [
  'Sign-in',
  'Me',
  'Map',
  'Price',
  'Charge',
  'History',
  'Pay',
  'Cards, vehicles, fleets',
  'Help',
  'About',
] as const

type Fields = z.ZodType<Record<string, unknown>>

/**
 * One operation of the API. The router, the validation of what comes and of what goes, the OpenAPI document and the page
 * a person reads are all made from this.
 */
export type Operation = {
  id: string
  method: Method
  /** `/locations/{id}` below `/api/app/v1`. */
  path: string
  tag: (typeof tags)[number]
  summary: string
  description?: string
  /** `optional`: answers everybody, and more to a driver who is signed in. */
  auth: 'none' | 'optional' | 'driver'
  /** Also for a guest, whose sign-in is good for one charge. */
  isForGuests?: boolean
  /** Takes an Idempotency-Key, and runs with it in one transaction: `required` where money or a charger moves. */
  idempotency?: 'required'
  /** Costs a password hash or a mail: few of them per address and minute. */
  isCostly?: boolean
  query?: Fields
  body?: Fields
  /** What a success looks like; an answer is cut to it, so that nothing else can leave. */
  ok: {
    status: 200 | 201 | 202 | 204
    schema?: z.ZodType
    contentType?: string
    description?: string
  }
  problems: readonly ProblemCode[]
  run(input: Input, context: Context): Promise<Reply>
}

export type Input = {
  params: Readonly<Record<string, string>>
  query: Record<string, unknown>
  body: Record<string, unknown>
}

type Typed<Q extends Fields, B extends Fields> = Omit<Operation, 'run' | 'query' | 'body'> & {
  query?: Q
  body?: B
  run(
    input: { params: Readonly<Record<string, string>>; query: z.infer<Q>; body: z.infer<B> },
    context: Context,
  ): Promise<Reply>
}

/** `operation`: the same with the types of what the schemas let through. */
export function operation<Q extends Fields = Fields, B extends Fields = Fields>(
  typed: Typed<Q, B>,
): Operation {
  return typed as unknown as Operation
}

/** Every code a client may meet, with its status; clients branch on these, so none is ever renamed. */
export const problemCodes = {
  'bad-request': 400,
  'invalid-member': 400,
  'idempotency-key-missing': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'wrong-code': 401,
  'app-switched-off': 403,
  'registration-closed': 403,
  'guests-switched-off': 403,
  'not-permitted': 403,
  'second-factor-needed': 403,
  'billing-off': 409,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'already-there': 409,
  'idempotency-key-reused': 422,
  'cannot-start': 409,
  'cannot-stop': 409,
  'not-ended': 409,
  'not-priced': 409,
  'nothing-due': 409,
  'insufficient-funds': 402,
  'payment-failed': 402,
  'payment-unavailable': 503,
  'charger-not-ready': 409,
  'still-charging': 409,
  'too-large': 413,
  'too-many-requests': 429,
  locked: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ProblemCode = keyof typeof problemCodes

export function ok(body: unknown, headers?: Record<string, string>): Reply {
  return { kind: 'ok', status: 200, body, headers }
}

export function created(body: unknown, headers?: Record<string, string>): Reply {
  return { kind: 'ok', status: 201, body, headers }
}

export const noContent: Reply = { kind: 'ok', status: 204 }

export function problem(
  code: ProblemCode,
  detail: string,
  more: Pick<Problem, 'errors' | 'retryAfterSeconds'> = {},
): Problem {
  return { kind: 'problem', status: problemCodes[code], code, detail, ...more }
}

/** What is not there and what is not yours are the same. */
export const notFound = (what: string): Problem =>
  problem('not-found', `There is no such ${what}. Check the id; ids come from this API only.`)

/** The driver of an operation with `auth: 'driver'`. */
export function me(context: Context): SignedInDriver {
  if (!context.driver) throw new Error('an operation without a driver asked for one')
  return context.driver
}

/** The one door out refuses: whatever this request wrote in its transaction goes with it. */
export class RefusedByDoor extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

/** Codes that any operation may answer. */
export const usualProblems = [
  'bad-request',
  'invalid-member',
  'not-signed-in',
  'app-switched-off',
  'not-permitted',
  'too-large',
  'too-many-requests',
  'internal',
  'unavailable',
  'idempotency-key-missing',
  'idempotency-key-reused',
] as const
