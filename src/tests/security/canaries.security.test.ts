import { randomBytes } from 'node:crypto'

import { codeAt, stepAt } from '@/platform/totp'

import type { App, Person } from '../helpers/app'

/**
 * SEC-45: secrets that go in at every door come out at none: not in a log, a table, an answer, an audit row. SEC-46: what
 * changes leaves exactly one row that says who, from where and what.
 */
let app: App
let admin: Person
let site: number
let charger: number
const logged: string[] = []
const answered: string[] = []
const canaries = new Map<string, string>()
const write = process.stdout.write.bind(process.stdout)

const canary = (what: string): string => {
  const text = `CNRY${randomBytes(18).toString('hex')}`
  canaries.set(text, what)
  return text
}
const keep = (what: string, secret: unknown): void => {
  if (typeof secret === 'string' && secret.length > 8) canaries.set(secret, what)
}

beforeAll(async () => {
  process.env.LOG_LEVEL = 'trace'
  process.stdout.write = ((text: string | Uint8Array) => {
    logged.push(String(text))
    return true
  }) as typeof process.stdout.write
  // only now: each log takes its level when its file is loaded
  const { startApp } = await import('../helpers/app')
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  site = (await made('sites', { name: 'A' })).id
  charger = (await made('chargers', { name: 'A', identity: 'CNR-1', site, visibility: 'private' }))
    .id
})
afterAll(async () => {
  await app?.close()
  process.stdout.write = write
})

async function call(
  method: string,
  path: string,
  body?: unknown,
  as: Person | null = admin,
  headers: Record<string, string> = {},
) {
  const answer = await app.call(method, path, { as, body, headers })
  answered.push(JSON.stringify(answer.body))
  return answer
}
async function made(slug: string, body: object): Promise<{ id: number }> {
  return (await call('POST', `/api/${slug}?depth=0`, body)).body.doc as { id: number }
}

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await app.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) name from pg_tables where schemaname in ('public', 'telemetry', 'app')`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await app.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    parts.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return parts.join('\n')
}

test('SEC-45: forty secrets in, none out', async () => {
  for (let n = 0; n < 6; n++) {
    const password = canary('a password')
    const email = `p${n}@example.test`
    await call('POST', '/api/users', { name: `P ${n}`, email, credentials: 'password', password })
    const { body } = await app.call('POST', '/api/users/login', { body: { email, password } })
    keep('a JWT', body['token'])
    const as = { id: 0, email, token: String(body['token']) }
    const begun = await app.call('POST', '/api/users/second-factor/begin', {
      as,
      body: { password },
    })
    keep('a TOTP secret', begun.body['secret'])
    const code = codeAt(String(begun.body['secret']), stepAt(new Date()) - 1)
    const on = await app.call('POST', '/api/users/second-factor/confirm', { as, body: { code } })
    for (const recovery of on.body['recoveryCodes'] as string[]) keep('a recovery code', recovery)
    const wrong = canary('a wrong password')
    await call('POST', '/api/users/login', { email, password: wrong }, null)
    await call(
      'POST',
      '/api/users/change-password',
      { password: canary('an old password'), newPassword: canary('a new password') },
      as,
    )
    await call(
      'POST',
      '/api/users/reset-password',
      { token: canary('a reset token'), password: canary('a reset password') },
      null,
    )
    await app.graphql(
      `mutation { loginUser(email: "${email}", password: "${canary('a password over GraphQL')}") { token } }`,
    )
  }
  // 16 to 40 characters, as OCPP 1.6 has them
  const chargerPassword = canary('a charger password').slice(0, 40)
  canaries.set(chargerPassword, 'a charger password')
  await call('PATCH', `/api/chargers/${charger}`, { password: chargerPassword })
  const rotated = await app.call('POST', `/api/chargers/${charger}/rotate-password`, {
    as: admin,
    body: {},
  })
  for (const value of Object.values({ ...rotated.body, ...rotated.body.doc }))
    if (typeof value === 'string' && /^[0-9a-f]{40}$/i.test(value))
      keep('a rotated charger password', value)
  await call('POST', '/api/webhooks', {
    name: 'W',
    url: 'https://hooks.example.com/x',
    secret: canary('a webhook secret'),
    events: ['alert.opened'],
    active: false,
  })
  await call('POST', '/api/commands', {
    charger,
    action: 'ChangeConfiguration',
    payload: { key: 'AuthorizationKey', value: 'short' },
  })
  await call('GET', '/api/chargers', undefined, null, {
    Authorization: `Bearer ${canary('a bearer token')}`,
  })
  await call('GET', '/api/chargers', undefined, null, {
    Authorization: `Basic ${Buffer.from(`a:${canary('basic')}`).toString('base64')}`,
  })
  await call('GET', '/api/chargers', undefined, null, {
    Cookie: `payload-token=${canary('a cookie')}`,
  })
  const { openFront } = await import('../helpers/front')
  const front = openFront()
  for (const path of ['/auth/login', '/auth/register'])
    answered.push(
      await (
        await front(
          new Request(`http://localhost:3000/api/app/v1${path}`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'x-cpms-client': '192.0.2.1' },
            body: JSON.stringify({
              email: 'd@example.test',
              password: canary('a driver’s password'),
            }),
          }),
        )
      ).text(),
    )
  expect(canaries.size).toBeGreaterThanOrEqual(40)
  for (const path of [
    '/api/audit-log?limit=200',
    '/api/users?depth=2',
    '/api/chargers?depth=2',
    '/api/webhooks',
    '/api/commands',
    '/api/globals/settings',
  ])
    await call('GET', path)

  const places = {
    'the log': logged.join(''),
    'the database': await dump(),
    'an answer': answered.join('\n'),
  }
  const found: string[] = []
  for (const [secret, what] of canaries)
    for (const [place, text] of Object.entries(places))
      if (text.includes(secret)) found.push(`${what} in ${place}`)
  expect(found).toEqual([])
  // the search is one that finds: what is no secret is there
  expect(places['the log'].length).toBeGreaterThan(100)
  expect(places['the database']).toContain('p0@example.test')
  expect(places['an answer']).toContain('CNR-1')
}, 120_000)

test('SEC-46: each change leaves one row; what is refused leaves one as well; a read leaves none', async () => {
  const technician = await app.person('tess', [
    { role: 'technician', scope: 'sites', sites: [site] },
  ])
  const rows = async () =>
    (
      await app.pool.query<{
        id: number
        actor: string
        action: string
        resource: string
        result: string
        ip: string
        request_id: string
      }>('select * from audit_log order by id')
    ).rows
  const acts: [
    string,
    () => Promise<unknown>,
    Partial<Awaited<ReturnType<typeof rows>>[number]>,
  ][] = [
    [
      'create',
      () => made('organisations', { name: 'O', kind: 'operator' }),
      { action: 'create', resource: 'organisations', result: 'done' },
    ],
    [
      'change',
      () => call('PATCH', `/api/sites/${site}`, { note: 'news' }),
      { action: 'update', resource: 'sites', result: 'done' },
    ],
    [
      'settings',
      () => call('POST', '/api/globals/settings', { heartbeatIntervalSeconds: 301 }),
      { action: 'update', resource: 'settings' },
    ],
    [
      'command',
      () => call('POST', '/api/commands', { charger, action: 'Reset', payload: { type: 'Soft' } }),
      { action: 'command Reset', resource: 'commands', result: 'queued' },
    ],
    [
      'login',
      () =>
        call(
          'POST',
          '/api/users/login',
          { email: admin.email, password: 'correct horse battery staple' },
          null,
        ),
      { action: 'login', result: 'done' },
    ],
    [
      'failed login',
      () => call('POST', '/api/users/login', { email: admin.email, password: 'wrong' }, null),
      { action: 'login', result: 'refused' },
    ],
    [
      'denial',
      () => call('PATCH', `/api/chargers/${charger}`, { note: 'x' }, technician),
      { result: 'refused', actor: 'tess' },
    ],
    [
      'denied command',
      () =>
        call(
          'POST',
          '/api/commands',
          { charger, action: 'DataTransfer', payload: { vendorId: 'x' } },
          technician,
        ),
      { result: 'refused', actor: 'tess' },
    ],
    [
      'grant',
      () =>
        made('grants', { user: technician.id, role: 'technician', scope: 'sites', sites: [site] }),
      { action: 'create', resource: 'grants' },
    ],
    [
      'suspension',
      () => call('POST', `/api/users/${technician.id}/suspend`, { suspended: true }),
      { action: 'suspend', resource: 'users' },
    ],
  ]
  // a refusal of the test before may still be on its way into the log
  for (let known = -1, count = 0; known !== count;) {
    known = (await rows()).length
    await new Promise((done) => setTimeout(done, 500))
    count = (await rows()).length
  }
  for (const [what, act, expected] of acts) {
    const before = await rows()
    await act()
    const added = (await rows()).slice(before.length)
    expect([what, added.length]).toEqual([what, 1])
    expect(added[0]).toMatchObject(expected)
    expect([what, added[0]!.ip]).toEqual([what, '192.0.2.7'])
    expect(added[0]!.request_id.length).toBeGreaterThan(8)
  }
  const before = await rows()
  await call('GET', '/api/chargers')
  await call('PATCH', `/api/sites/${site}`, { note: 'news' })
  expect(await rows()).toEqual(before)
  for (const method of ['PATCH', 'DELETE'])
    expect((await call(method, `/api/audit-log/${before[0]!.id}`, { actor: 'x' })).status).toBe(403)
  // the refusals are entries themselves
  expect((await rows()).slice(0, before.length)).toEqual(before)
})
