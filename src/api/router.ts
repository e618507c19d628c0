import { createHash, randomUUID } from 'node:crypto'

import type { Pool, Sql } from '@/db/pool'
import { readAppSettings } from '@/db/queries/app/settings'
import { findSignIn } from '@/db/queries/app/signIns'
import { asError } from '@/platform/errors'
import { logFor } from '@/platform/log'
import type { CardProvider } from '@/payments/provider'
import { answerOnce } from './idempotency'
import {
  base,
  problem,
  RefusedByDoor,
  type Context,
  type Operation,
  type Problem,
  type Reply,
  usualProblems,
} from './operation'
import { createBuckets } from './rateLimit'
import { hashToken } from '@/platform/tokens'
import { readBody, readQuery } from './validate'

const log = logFor('web')
const longestBody = 6 * 1024 * 1024

export type RouterOptions = {
  pool: Pool
  operations: readonly Operation[]
  cards: CardProvider | null
  now(): Date
  /** Per driver, or per address where nobody is signed in. */
  perSecond?: number
  /** Sign-ins and mails per address and minute. */
  costlyPerMinute?: number
}

/** `createRouter`: a request of the app as an answer. Throws for nothing. */
export function createRouter(options: RouterOptions): (request: Request) => Promise<Response> {
  const routes = options.operations.map((operation) => ({
    operation,
    pattern: new RegExp(
      `^${operation.path.replace(/\./g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]{1,128})')}$`,
    ),
  }))
  const usual = createBuckets({ perSecond: options.perSecond ?? 20, burst: 60 })
  const costly = createBuckets({ perSecond: (options.costlyPerMinute ?? 20) / 60, burst: 20 })

  return async (request) => {
    const requestId = randomUUID()
    const url = new URL(request.url)
    const path = url.pathname.slice(base.length).replace(/\/$/, '') || '/'
    let reply: Reply
    try {
      reply = await dispatch(request, url, path, requestId)
    } catch (thrown) {
      if (thrown instanceof RefusedByDoor)
        return toResponse(thrown.problem, request, url.pathname, requestId)
      const error = asError(thrown)
      log.error({ err: error, path: url.pathname, requestId }, 'the app API failed')
      reply = isDatabaseAway(error)
        ? problem(
            'unavailable',
            'The service cannot be reached at the moment. Try again shortly.',
            {
              retryAfterSeconds: 5,
            },
          )
        : problem(
            'internal',
            `Something went wrong on our side. Try again; if it stays, tell support this number: ${requestId}.`,
          )
    }
    return toResponse(reply, request, url.pathname, requestId)
  }

  async function dispatch(
    request: Request,
    url: URL,
    path: string,
    requestId: string,
  ): Promise<Reply> {
    const found = routes.flatMap(({ operation, pattern }) => {
      const match = pattern.exec(path)
      return match ? [{ operation, params: decoded(match.groups ?? {}) }] : []
    })
    const route = found.find(({ operation }) => operation.method === request.method)
    if (!route)
      return found.length > 0
        ? problem(
            'method-not-allowed',
            `This address answers ${found.map(({ operation }) => operation.method).join(', ')}.`,
          )
        : problem('not-found', `There is nothing at this address. ${base}/openapi.json lists all.`)
    const { operation, params } = route
    if (!params) return problem('bad-request', 'The address is not readable: check its escapes.')
    if (Number(request.headers.get('content-length') ?? 0) > longestBody)
      return problem('too-large', 'The request is longer than 6 MB.')

    const now = options.now()
    const ip = request.headers.get('x-cpms-client')
    if (operation.isCostly) {
      const wait = costly.take(ip ?? 'unknown', now.getTime())
      if (wait > 0) return tooMany(wait)
    }
    const token = /^Bearer ([\w-]{20,128})$/.exec(request.headers.get('authorization') ?? '')?.[1]
    const hasHeader = request.headers.has('authorization')
    const [driver, settings] = await Promise.all([
      token ? findSignIn(options.pool, hashToken(token), now) : null,
      readAppSettings(options.pool),
    ])
    const wait = usual.take(driver ? `d${driver.id}` : `a${ip}`, now.getTime())
    if (wait > 0) return tooMany(wait)
    if (!driver && (operation.auth === 'driver' || (operation.auth === 'optional' && hasHeader)))
      return problem(
        'not-signed-in',
        'Sign in first: POST /auth/login, or renew: POST /auth/refresh.',
      )
    if (driver?.isGuest && operation.auth === 'driver' && !operation.isForGuests)
      return problem('not-permitted', 'A guest has this one charge and nothing else.')
    if (operation.auth === 'driver' && !driver?.isGuest && !settings.appSignIn)
      return problem('app-switched-off', 'This network does not offer the app at the moment.')

    const query = readQuery(operation, url)
    if ('kind' in query) return query
    const body = await readBody(operation, request)
    if ('kind' in body) return body
    const run = (sql: Sql): Promise<Reply> =>
      operation.run({ params, query: query.value, body: body.value }, {
        sql,
        pool: options.pool,
        driver,
        settings,
        cards: options.cards,
        now,
        ip,
        requestId,
        client: request.headers.get('user-agent')?.slice(0, 200) ?? null,
        headers: request.headers,
        signal: request.signal,
        idempotencyKey: request.headers.get('idempotency-key'),
      } satisfies Context)
    const reply =
      operation.idempotency && driver
        ? await answerOnce(options.pool, {
            operation,
            request,
            driver,
            params,
            body: body.text,
            run,
          })
        : await run(options.pool)
    return cut(operation, reply)
  }
}

/** What leaves has the shape that the document promises, and no member besides. */
function cut(operation: Operation, reply: Reply): Reply {
  if (reply.kind === 'problem' && !isForeseen(operation, reply))
    throw new Error(`${operation.id} answers ${reply.code}, which its document does not foresee`)
  if (reply.kind !== 'ok' || !operation.ok.schema) return reply
  return { ...reply, body: operation.ok.schema.parse(reply.body) }
}

const isForeseen = (operation: Operation, { code }: Problem): boolean =>
  operation.problems.includes(code) || (usualProblems as readonly string[]).includes(code)

function tooMany(waitSeconds: number): Problem {
  return problem('too-many-requests', `Too many requests. Wait ${waitSeconds} s.`, {
    retryAfterSeconds: waitSeconds,
  })
}

function toResponse(reply: Reply, request: Request, instance: string, requestId: string): Response {
  const headers = new Headers({ 'X-Request-Id': requestId, 'Cache-Control': 'private, no-cache' })
  if (reply.kind === 'problem') {
    headers.set('Content-Type', 'application/problem+json')
    if (reply.retryAfterSeconds !== undefined)
      headers.set('Retry-After', String(Math.ceil(reply.retryAfterSeconds)))
    if (reply.status === 401) headers.set('WWW-Authenticate', 'Bearer')
    const { code, detail, errors, status } = reply
    const title = code.replaceAll('-', ' ')
    return Response.json(
      { type: `${base}/docs#${code}`, title, status, code, detail, instance, requestId, errors },
      { status, headers },
    )
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value)
  if (reply.kind === 'raw') return new Response(reply.body, { status: reply.status, headers })
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers })
  const text = JSON.stringify(reply.body)
  headers.set('Content-Type', 'application/json')
  if (request.method === 'GET') {
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    headers.set('ETag', tag)
    headers.set('Vary', 'Authorization')
    if (
      request.headers
        .get('if-none-match')
        ?.split(/\s*,\s*/)
        .includes(tag)
    )
      return new Response(null, { status: 304, headers })
  }
  return new Response(text, { status: reply.status, headers })
}

function decoded(groups: Record<string, string>): Record<string, string> | null {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    return null
  }
}

function isDatabaseAway(error: Error): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    /^(ECONN|EPIPE|ENOTFOUND|57P0|08)/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  )
}
