import { configToSchema } from '@payloadcms/graphql'
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

import { operations } from '@/api'

import { routeFiles } from '../helpers/front'
import { send, sendGraphql, type Matrix } from './ask'
import type { Principal } from './people'

/** What answers 401, 403, 404, 405 or 501 is shut; what cannot read the request has not looked at any row. */
const shut = new Set([401, 403, 404, 405, 501])

/** Routes of Payload's that people without a sign-in, or with one of another kind, get an answer from. */
const openToAll = new Set([
  'GET /users/me', // says "nobody"
  'POST /users/login',
  'POST /users/logout',
  'POST /users/forgot-password',
  'POST /users/reset-password',
  'GET /access', // says that they may nothing
  'GET /payload-preferences/:key', // says "none"
])

/** Of ours. `[key]`, `[hash]` and `[[...code]]` lead to something with a secret or a public code only. */
const publicFiles = new Set([
  '/api/health',
  '/api/branding/logo',
  '/api/payments/stripe', // signed by the provider
  '/api/app/v1/[[...path]]',
  '/charge/[[...code]]',
  '/confirm/[key]',
  '/shared/[key]',
  '/verify/[hash]',
])

/** Of the app's API: everything else needs a driver. */
const publicOperations = new Set([
  'login',
  'loginWithCode',
  'refresh',
  'register',
  'verify',
  'forgotPassword',
  'resetPassword',
  'listLocations',
  'getLocation',
  'getEvse',
  'getEvseByCode',
  'getTariff',
  'estimatePrice',
  'listFaqs',
  'getConfig',
  'getOpenApi',
  'getDocs',
  'startGuestSession', // answers that the network does not have it, or begins a charge
])

/** What staff may ask of a collection; whether it is theirs is the matrix's business. Anything else is shut for all. */
const usual = [
  'GET /',
  'GET /:id',
  'GET /count',
  'POST /',
  'PATCH /',
  'PATCH /:id',
  'DELETE /',
  'DELETE /:id',
  'POST /access/:id?',
]
const special: Readonly<Record<string, readonly string[]>> = {
  chargers: ['POST /:id/rotate-password'],
  reservations: ['POST /:id/cancel'],
  'charging-profiles': ['POST /:id/send', 'POST /:id/clear'],
  sites: ['POST /:id/pricing'],
  drivers: ['GET /:id/wallet', 'POST /:id/wallet'],
  tariffs: ['POST /:id/preview'],
  'firmware-updates': [
    'POST /:id/cancel',
    'POST /:id/continue',
    'POST /:id/retry',
    'GET /:id/targets',
  ],
  sessions: ['POST /:id/corrections'],
  'rfid-cards': ['POST /import'],
  alerts: [
    'POST /seen',
    'POST /:id/acknowledge',
    'POST /:id/assign',
    'POST /:id/resolve',
    'POST /:id/note',
  ],
  webhooks: ['POST /:id/test', 'POST /:id/redeliver'],
  'payload-preferences': ['GET /:key', 'POST /:key', 'DELETE /:key'],
  users: [
    'POST /login',
    'POST /logout',
    'POST /refresh-token',
    'GET /me',
    'POST /forgot-password',
    'POST /reset-password',
    'POST /change-password',
    'GET /security',
    'POST /second-factor/begin',
    'POST /second-factor/confirm',
    'POST /second-factor/remove',
    'POST /recovery-codes',
    'POST /step-up',
    'POST /logins/end',
    'POST /view-as/end',
    'POST /:id/reset-second-factor',
    'POST /:id/unlock',
    'POST /:id/end-logins',
    'POST /:id/suspend',
    'POST /:id/view-as',
    'POST /:id/password-link',
  ],
}
/** Rows of these are there for others to work; no door of theirs is open. */
const closed = new Set([
  'charger-states',
  'connector-states',
  'payload-kv',
  'payload-migrations',
  'payload-locked-documents',
  'payload-jobs',
  'payload-folders',
])

/** Asked of every collection besides what its configuration lists: what Payload had, has or may get. */
const suspected = [
  'POST /:id/duplicate',
  'POST /duplicate',
  'GET /distinct?field=id',
  'GET /versions',
  'GET /versions/:id',
  'POST /versions/:id',
  'POST /:id/api-key/reveal',
  'POST /:id/restore',
  'GET /init',
  'POST /first-register',
  'POST /unlock',
  'POST /verify/abc',
  'GET /run',
  'POST /run',
  'GET /handle-schedules',
  'POST /paste-url',
  'GET /file/x',
]

export type Found = { asked: number; open: string[] }

export function insidersAndOutsiders(people: readonly Principal[]) {
  const isInside = (who: Principal) => who.kind === 'staff' && who.role !== null
  return { inside: people.filter(isInside), outside: people.filter((who) => !isInside(who)) }
}

/** Every route of every collection, knocked on by those who have no business there. */
export async function sweepRoutes(m: Matrix, people: readonly Principal[]): Promise<Found> {
  const { inside, outside } = insidersAndOutsiders(people)
  const found: Found = { asked: 0, open: [] }
  for (const { slug, routes } of routesOf(m))
    for (const route of routes) {
      const isOurs = !closed.has(slug) && [...usual, ...(special[slug] ?? [])].includes(route)
      const who = isOurs ? outside : [...inside, ...outside]
      for (const one of who) {
        found.asked++
        const [method, path] = route.split(' ') as [string, string]
        const filled = path
          .replace(/:id\??/, '1')
          .replace(':key', 'nav')
          .replace(/\/$/, '')
        const { status, text } = await send(m, one, {
          method,
          path: `/api/${slug}${filled}${needsWhere(route) ? '?where[id][exists]=true' : ''}`,
          body: method === 'GET' ? undefined : { name: 'x' },
        })
        const isPublic = openToAll.has(`${method} /${slug}${path}`)
        if (!shut.has(status) && !isPublic && !saysNothing(route, status, text))
          found.open.push(`${one.name} ${route} of ${slug}: ${status} ${text.slice(0, 120)}`)
      }
    }
  return found
}

const needsWhere = (route: string) => route === 'PATCH /' || route === 'DELETE /'

/** What a role may do with a row, without the row: all of it false. */
function saysNothing(route: string, status: number, text: string): boolean {
  // an id that is none, and a preference that is not there
  if (status === 400) return text.includes('"bad-value"')
  if (status !== 200) return false
  if (text.includes('"value":null')) return true
  if (route !== 'POST /access/:id?') return false
  const { fields: _fields, ...may } = JSON.parse(text) as Record<string, unknown>
  return Object.values(may).every((one) => one === false)
}

function routesOf(m: Matrix): { slug: string; routes: string[] }[] {
  const known = m.app.config.collections.map(({ slug, endpoints }) => ({
    slug: slug as string,
    routes: [
      ...new Set([
        ...(endpoints || []).map(({ method, path }) => `${method.toUpperCase()} ${path}`),
        ...usual,
        // there any word is the name of a preference
        ...(slug === 'payload-preferences'
          ? suspected.filter((route) => route.includes('/:id/'))
          : suspected),
      ]),
    ],
  }))
  const gone = [...closed]
    .filter((slug) => !known.some((one) => one.slug === slug))
    .map((slug) => ({ slug, routes: [...usual, ...suspected] }))
  return [...known, ...gone]
}

/** Routes that the configuration has and no list of ours names: somebody has to say whose they are. */
export function unknownRoutes(m: Matrix): string[] {
  const shutByUs = new Set(suspected.map((route) => route.replace(/\?.*/, '')))
  shutByUs.add('POST /verify/:id')
  return routesOf(m).flatMap(({ slug, routes }) =>
    routes
      .map((route) => route.replace(/\?.*(?<!\/:id)$/, ''))
      .filter(
        (route) =>
          !shutByUs.has(route) &&
          ![...usual, ...(special[slug] ?? [])].some(
            (known) => known.replace(/\?$/, '') === route.replace(/\?$/, ''),
          ),
      )
      .map((route) => `${slug}: ${route}`),
  )
}

/** The route files of ours and the operations of the app, by those who have no business there. */
export async function sweepOwn(m: Matrix, people: readonly Principal[]): Promise<Found> {
  const { inside, outside } = insidersAndOutsiders(people)
  const found: Found = { asked: 0, open: [] }
  const knock = async (who: Principal, method: string, path: string) => {
    found.asked++
    const { status, text } = await send(m, who, {
      method,
      path,
      body: method === 'GET' ? undefined : {},
    })
    if (!shut.has(status))
      found.open.push(`${who.name} ${method} ${path}: ${status} ${text.slice(0, 80)}`)
  }
  const own = routeFiles().filter(
    ({ path }) => !publicFiles.has(path) && path !== '/api/[...slug]' && path !== '/api/graphql',
  )
  for (const who of outside)
    for (const { path } of own)
      for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'])
        await knock(who, method, path.replace(/\[\w+\]/g, '1'))
  const strangers = [...inside, ...outside].filter(({ role }) => role !== 'driver')
  for (const { id, method, path } of operations)
    if (!publicOperations.has(id))
      for (const who of strangers)
        await knock(who, method, `/api/app/v1${path.replace(/\{\w+\}/g, 'a'.repeat(32))}`)
  return found
}

export const ownFiles = (): string[] => routeFiles().map(({ path }) => path)

/** Fields of GraphQL that answer without a staff sign-in. */
const openFields = new Set([
  'meUser', // says "nobody"
  'loginUser',
  'logoutUser',
  'forgotPasswordUser',
  'resetPasswordUser',
  'Access', // says that they may nothing
])
/** And those that are there for nobody. */
const nobodys =
  /PayloadKv|duplicate|Version|verifyEmail|initialized|Job|Locked|Migration|State$|States$/

export function schemaOf(m: Matrix): GraphQLSchema {
  return configToSchema(m.app.config).schema
}

/** Every query and every mutation that the schema has, with arguments that it takes. */
export async function sweepGraphql(m: Matrix, people: readonly Principal[]): Promise<Found> {
  const { inside, outside } = insidersAndOutsiders(people)
  const schema = schemaOf(m)
  const found: Found = { asked: 0, open: [] }
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const)
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (openFields.has(field.name)) continue
      for (const who of nobodys.test(field.name) ? [...inside, ...outside] : outside) {
        found.asked++
        const answer = await sendGraphql(m, who, `${kind} { it: ${asked(field)} }`)
        const it = (answer.body['data'] as { it?: unknown } | null | undefined)?.it
        if (it === false || isEmpty(it)) continue
        found.open.push(`${who.name} ${kind} ${field.name}: ${answer.text.slice(0, 160)}`)
      }
    }
  return found
}

/** Nothing, or an answer that says of everything "no". */
function isEmpty(it: unknown): boolean {
  if (it === null || it === undefined) return true
  return !/true|[1-9]|"[^"_]/.test(
    JSON.stringify(it, (key, value: unknown) => (key === '__typename' ? undefined : value)),
  )
}

function asked(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter((arg) => isNonNullType(arg.type))
  const list = needed.map((arg: GraphQLArgument) => `${arg.name}: ${valueFor(arg.type)}`)
  return `${field.name}${list.length > 0 ? `(${list.join(', ')})` : ''} ${selection(field)}`
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type)
  if (!isObjectType(type)) return ''
  const names = Object.keys(type.getFields())
  if (names.includes('totalDocs')) return '{ totalDocs }'
  if (names.includes('id')) return '{ id }'
  return '{ __typename }'
}

function valueFor(type: GraphQLInputType): string {
  const bare = getNullableType(type)
  if (isListType(bare)) return '[]'
  if (isEnumType(bare)) return bare.getValues()[0]!.name
  if (isInputObjectType(bare)) {
    const needed = Object.values(bare.getFields()).filter((one) => isNonNullType(one.type))
    return `{ ${needed.map((one) => `${one.name}: ${valueFor(one.type)}`).join(', ')} }`
  }
  const scalars: Readonly<Record<string, string>> = {
    Int: '1',
    Float: '1',
    Boolean: 'true',
    DateTime: '"2026-01-01T00:00:00Z"',
    EmailAddress: '"a@example.test"',
    JSON: '{}',
  }
  return scalars[String(bare)] ?? '"x"'
}
