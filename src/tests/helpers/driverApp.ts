/** The drivers' API as an app uses it, each answer checked against the published document. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

import { createApp } from '@/api'
import type { Document } from '@/api/openapi'
import type { Pool } from '@/db/pool'
import type { CardProvider } from '@/payments/provider'

// what the API answers is read by the test that asked for it
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AppAnswer = { status: number; body: Record<string, any>; headers: Headers }
export type DriverApp = {
  document: Document
  call(
    method: string,
    path: string,
    options?: {
      token?: string | null
      body?: unknown
      key?: string
      headers?: Record<string, string>
    },
  ): Promise<AppAnswer>
  raw(
    method: string,
    path: string,
    options?: { token?: string; headers?: Record<string, string> },
  ): Promise<Response>
  /** Somebody whom the operator added: sets a password by the mailed link, and is signed in. */
  driver(
    name: string,
  ): Promise<{ id: number; email: string; password: string; token: string; refresh: string }>
  /** `operationId status` of every answer so far. */
  seen: Set<string>
}

const origin = 'http://localhost:3000'
const base = '/api/app/v1'

export async function startDriverApp(
  pool: Pool,
  cards: CardProvider | null = null,
): Promise<DriverApp> {
  const answer = createApp({ pool, cards, costlyPerMinute: 10_000, perSecond: 10_000 })
  const document = (await (
    await answer(new Request(`${origin}${base}/openapi.json`))
  ).json()) as Document
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'app', ...document })
  const patterns = Object.entries(document.paths).map(([path, methods]) => ({
    path,
    methods,
    pattern: new RegExp(`^${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  const seen = new Set<string>()

  const raw: DriverApp['raw'] = (method, path, options = {}) => {
    const headers = new Headers({ 'x-cpms-client': '192.0.2.9', ...options.headers })
    if (options.token) headers.set('Authorization', `Bearer ${options.token}`)
    return answer(new Request(`${origin}${base}${path}`, { method, headers }))
  }

  const call: DriverApp['call'] = async (method, path, options = {}) => {
    const headers = new Headers({ 'x-cpms-client': '192.0.2.9', ...options.headers })
    if (options.token) headers.set('Authorization', `Bearer ${options.token}`)
    if (options.key) headers.set('Idempotency-Key', options.key)
    if (options.body !== undefined) headers.set('Content-Type', 'application/json')
    const response = await answer(
      new Request(`${origin}${base}${path}`, {
        method,
        headers,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
      }),
    )
    const text = await response.text()
    const body = (text ? JSON.parse(text) : {}) as Record<string, any>
    check(method, path.split('?')[0]!, response, text, body)
    return { status: response.status, body, headers: response.headers }
  }

  function check(
    method: string,
    path: string,
    response: Response,
    text: string,
    body: unknown,
  ): void {
    const found = patterns
      .filter(({ methods, pattern }) => pattern.test(path) && methods[method.toLowerCase()])
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]
    if (!found || response.status === 304) return
    const operation = found.methods[method.toLowerCase()]!
    seen.add(`${operation.operationId} ${response.status}`)
    const documented = operation.responses[String(response.status)]
    if (!documented)
      throw new Error(
        `${operation.operationId} answered ${response.status}, which is not documented: ${text}`,
      )
    const [type, content] = Object.entries(documented.content ?? {})[0] ?? []
    if (!content) {
      if (text !== '')
        throw new Error(`${operation.operationId} answered a body that is not documented`)
      return
    }
    if (!response.headers.get('content-type')?.startsWith(type!))
      throw new Error(
        `${operation.operationId}: ${response.headers.get('content-type')} is not ${type}`,
      )
    const place = `app#/paths/${escaped(found.path)}/${method.toLowerCase()}/responses/${response.status}/content/${escaped(type!)}/schema`
    const validate = ajv.getSchema(place)
    if (!validate) throw new Error(`no schema at ${place}`)
    if (!validate(body))
      throw new Error(
        `${operation.operationId} breaks its document: ${ajv.errorsText(validate.errors)}: ${text}`,
      )
  }

  const driver: DriverApp['driver'] = async (name) => {
    const email = `${name.toLowerCase()}@example.test`
    const password = `${name} drives electric`
    const { rows } = await pool.query<{ id: number }>(
      'insert into drivers (name, email) values ($1, $2) returning id',
      [name, email],
    )
    await call('POST', '/auth/forgot-password', { body: { email } })
    const token = await mailedToken(pool, email)
    const { body } = await call('POST', '/auth/reset-password', { body: { token, password } })
    return {
      id: rows[0]!.id,
      email,
      password,
      token: body['accessToken'],
      refresh: body['refreshToken'],
    }
  }

  return { document, call, raw, driver, seen }
}

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

export async function mailedToken(pool: Pool, to: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    'select text from telemetry.mails where to_address = $1 order by id desc limit 1',
    [to],
  )
  const token = /\?(?:reset|verify)=([\w-]+)/.exec(rows[0]?.text ?? '')?.[1]
  if (!token) throw new Error(`no link was mailed to ${to}`)
  return token
}
