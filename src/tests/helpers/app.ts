/** The panel's REST side without a server: Payload on a database of its own, asked through its own request handler. */
import { randomBytes } from 'node:crypto'

import { getPayload, handleEndpoints, type Payload, type SanitizedConfig } from 'payload'
import type { Pool } from '@/db/pool'

import { testDatabase } from './db'

export type App = {
  payload: Payload
  config: SanitizedConfig
  pool: Pool
  /** A person with the grants given, signed in. */
  person(name: string, grants?: GrantFields[]): Promise<Person>
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  graphql(query: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export type Person = { id: number; email: string; token: string }
export type Answer = { status: number; body: Body; headers: Headers }
// what REST answers is read by the test that asked for it
export type Body = { [name: string]: unknown } & {
  doc?: Record<string, unknown>
  docs?: Record<string, unknown>[]
  errors?: { message: string; data?: { errors?: { path: string; message: string }[] } }[]
}
export type CallOptions = {
  as?: Person | null
  body?: unknown
  headers?: Record<string, string>
  /** Sent as it is, whatever it is. */
  raw?: BodyInit
}
export type GrantFields = {
  role: 'super-admin' | 'operator' | 'technician' | 'site-owner'
  scope?: 'all' | 'regions' | 'sites' | 'chargers'
  regions?: number[]
  sites?: number[]
  chargers?: number[]
  from?: string
  until?: string
}

export const password = 'correct horse battery staple'
const origin = 'http://localhost:3000'

export async function startApp(): Promise<App> {
  const database = await testDatabase()
  process.env.DATABASE_URL = database.url
  process.env.PAYLOAD_SECRET = randomBytes(32).toString('hex')
  process.env.PUBLIC_URL = origin
  const { default: configPromise } = (await import('@payload-config')) as {
    default: Promise<SanitizedConfig>
  }
  const config = await configPromise
  const payload = await getPayload({ config, disableOnInit: true })

  const call: App['call'] = async (method, path, options = {}) => {
    const headers = new Headers({ 'x-cpms-client': '192.0.2.7', ...options.headers })
    if (options.as) headers.set('Authorization', `JWT ${options.as.token}`)
    if (options.body !== undefined) headers.set('Content-Type', 'application/json')
    const body =
      options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
    const request = new Request(`${origin}${path}`, { method, headers, body })
    const response = await handleEndpoints({ config, request })
    const text = await response.text()
    return { status: response.status, body: parsed(text), headers: response.headers }
  }

  const graphql: App['graphql'] = async (query, options = {}) => {
    const { GRAPHQL_POST } = await import('@payloadcms/next/routes')
    const headers = new Headers({ 'x-cpms-client': '192.0.2.7', ...options.headers })
    if (options.as) headers.set('Authorization', `JWT ${options.as.token}`)
    headers.set('Content-Type', 'application/json')
    const request = new Request(`${origin}/api/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    })
    const response = await GRAPHQL_POST(config)(request)
    return {
      status: response.status,
      body: parsed(await response.text()),
      headers: response.headers,
    }
  }

  const person: App['person'] = async (name, grants = []) => {
    const email = `${name}@example.test`
    const user = await payload.create({
      collection: 'users',
      data: { name, email, password },
      depth: 0,
    })
    for (const grant of grants)
      await payload.create({
        collection: 'grants',
        data: { scope: 'all', ...grant, user: user.id },
        depth: 0,
      })
    const { body } = await call('POST', '/api/users/login', { body: { email, password } })
    return { id: user.id, email, token: String(body['token']) }
  }

  return {
    payload,
    config,
    pool: database.pool,
    person,
    call,
    graphql,
    close: async () => {
      await payload.destroy()
      await endPool(payload)
      await database.close()
    },
  }
}

/** One client of Payload's pool is checked out at connect and never comes back: `end` alone would wait for it. */
async function endPool(payload: Payload): Promise<void> {
  const { pool } = payload.db as unknown as {
    pool: { _clients?: { end(): Promise<void> }[]; end(): Promise<void> }
  }
  const clients = [...(pool._clients ?? [])]
  void pool.end().catch(() => {})
  for (const client of clients) await client.end().catch(() => {})
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return { text }
  }
}
