import { startApp, type App, type Person } from '@/tests/helpers/app'

/** Every door that Payload makes by itself, knocked on: by nobody, by the wrong person, and with nonsense. */
let app: App
let admin: Person

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  await app.call('POST', '/api/sites', { as: admin, body: { name: 'A' } })
  await app.call('POST', '/api/chargers', {
    as: admin,
    body: { name: 'A', identity: 'a', site: 1 },
  })
})

afterAll(() => app.close())

test('SEC-26 without a sign-in no collection and no global lets anything in or out', async () => {
  const knocks: [string, string][] = [
    ['GET', ''],
    ['GET', '/1'],
    ['GET', '/count'],
    ['GET', '/versions'],
    ['POST', ''],
    ['POST', '/1/duplicate'],
    ['PATCH', '/1'],
    ['PATCH', '?where[id][exists]=true'],
    ['DELETE', '/1'],
    ['DELETE', '?where[id][exists]=true'],
  ]
  const slugs = Object.keys(app.payload.collections)
  expect(slugs.length).toBeGreaterThan(15)
  const open: unknown[] = []
  for (const slug of slugs)
    for (const [method, path] of knocks) {
      const { status, body } = await app.call(method, `/api/${slug}${path}`, {
        body: method === 'GET' ? undefined : { name: 'x' },
      })
      // GET /payload-preferences/:key says "none" to everybody
      const isEmpty = slug === 'payload-preferences' && status === 200 && body['value'] === null
      if (!isEmpty && ![401, 403, 404, 501].includes(status))
        open.push([method, slug, path, status])
    }
  for (const method of ['GET', 'POST'])
    open.push(
      ...[
        (
          await app.call(method, '/api/globals/settings', {
            body: method === 'GET' ? undefined : {},
          })
        ).status,
      ].filter((status) => status !== 403),
    )
  expect(open).toEqual([])
})

test('every collection of ours passed the one helper: no access function is Payload’s default', () => {
  const own = Object.values(app.payload.collections)
    .map(({ config }) => config)
    .filter(({ slug }) => !slug.startsWith('payload-'))
  expect(own.length).toBeGreaterThanOrEqual(26)
  for (const { slug, access, lockDocuments, disableDuplicate, hooks } of own) {
    for (const operation of [
      'create',
      'read',
      'update',
      'delete',
      'readVersions',
      'unlock',
    ] as const)
      expect([slug, operation, access[operation].name]).not.toEqual([
        slug,
        operation,
        'defaultAccess',
      ])
    expect([slug, lockDocuments, disableDuplicate]).toEqual([slug, false, true])
    expect(hooks.afterChange.map(({ name }) => name)).toContain('auditChange')
    expect(hooks.beforeChange.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['relationsInSight', 'insideOnly']),
    )
  }
})

test('row 68: a person’s preferences are that person’s', async () => {
  const other = await app.person('other', [{ role: 'technician', scope: 'sites', sites: [1] }])
  await app.call('POST', '/api/payload-preferences/columns', {
    as: admin,
    body: { value: { secret: 1 } },
  })
  expect(
    (await app.call('GET', '/api/payload-preferences/columns', { as: admin })).body['value'],
  ).toEqual({ secret: 1 })
  expect(
    (await app.call('GET', '/api/payload-preferences/columns', { as: other })).body['value'] ??
      null,
  ).toBeNull()
  expect((await app.call('GET', '/api/payload-preferences', { as: other })).body.docs).toEqual([])
  await app.call('POST', '/api/payload-preferences', {
    as: other,
    body: { key: 'columns', value: 2, user: { relationTo: 'users', value: admin.id } },
  })
  await app.call('DELETE', '/api/payload-preferences/columns', { as: other })
  expect(
    (await app.call('GET', '/api/payload-preferences/columns', { as: admin })).body['value'],
  ).toEqual({ secret: 1 })
})

test('SEC-18 a reset link leads to the configured address, whatever the request called itself', async () => {
  const headers = {
    Host: 'evil.test',
    'X-Forwarded-Host': 'evil.test',
    Origin: 'https://evil.test',
  }
  const known = await app.call('POST', '/api/users/forgot-password', {
    body: { email: admin.email },
    headers,
  })
  const unknown = await app.call('POST', '/api/users/forgot-password', {
    body: { email: 'no@example.test' },
    headers,
  })
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  let mails: { html: string }[] = []
  // It is written apart from the answer, so that the answer's time does not tell who has an account.
  for (let tries = 0; tries < 100 && mails.length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    mails = (
      await app.pool.query<{ html: string }>(
        'select html from telemetry.mails where to_address in ($1, $2)',
        [admin.email, 'no@example.test'],
      )
    ).rows
  }
  expect(mails).toHaveLength(1)
  expect(mails[0]!.html).toContain('http://localhost:3000/admin/reset/')
  expect(mails[0]!.html).not.toContain('evil')
})

const queries = [
  "sort=name';drop",
  'sort=__proto__',
  'sort=a.b.c',
  'sort=-',
  'sort=password',
  'where[id][in]=abc',
  'where[id][in][]=1&where[id][in][]=x',
  'where[id][equals]=1;select',
  "where[name'][equals]=1",
  'where[name][evil]=1',
  'where[name]=1',
  'where=1',
  'where[or]=1',
  'where[or][0]=1',
  'where[and][0][or][0][name][like]=%_%',
  'where[name][like]=%25%27',
  'where[status][in]=A,B',
  'where[connected][equals]=maybe',
  'where[lastSeenAt][greater_than]=x',
  'where[site][equals]=A',
  'where[site][in]=1,b',
  'where[site.region.name][like]=a',
  'where[visibility][equals]=nonsense',
  'where[createdAt][less_than]=nope',
  'where[name][near]=1,2',
  'where[name][exists]=perhaps',
  'select[evil]=true',
  'select=1',
  'joins[x][limit]=1',
  'depth=-1',
  'depth=abc',
  'depth=99',
  'limit=abc',
  'limit=-5',
  'page=-1',
  'page=abc',
  'locale=xx',
  'draft=true',
  'trash=true',
  'where[name][equals]=%00',
  'where[__proto__][equals]=1',
  'where[constructor][equals]=1',
  'where[state.iccid][like]=1',
  'where[password][like]=a',
  'where[id][equals]=1e99',
  'where[id][equals]=NaN',
  'where[id][like]=1',
]
const bodies = [
  { name: {} },
  { name: [] },
  { name: 7 },
  { name: 'a\u0000b' },
  { site: {} },
  { site: [] },
  { site: true },
  { site: 1.5 },
  { site: '1 or 1=1' },
  { site: { relationTo: 'users', value: 1 } },
  { visibility: 'x' },
  { tariff: 'x' },
  { id: 'abc' },
  { createdAt: 'x' },
  { updatedAt: 'never' },
  { state: 'x' },
  { note: { a: 1 } },
  [],
  'x',
  7,
  null,
]
const ids = [
  'abc',
  '-1',
  '0',
  '1.5',
  '99999999999',
  "1'",
  '%00',
  '%E0%A4%A',
  '1%20or%201=1',
  'NaN',
  '__proto__',
]
const logins = [{ $ne: null }, ['a'], 7, null, true, { like: '%' }, 'a\u0000b', 'x'.repeat(5000)]

test('nonsense in addresses, searches and bodies is a 4xx with a sentence, never a 500', async () => {
  const tries: [string, string, unknown?][] = [
    ...queries.map((query) => ['GET', `/api/chargers?${query}`] as [string, string]),
    ...bodies.flatMap((body): [string, string, unknown][] => [
      ['PATCH', '/api/chargers/1', body],
      ['POST', '/api/chargers', body],
    ]),
    ...ids.flatMap((id): [string, string, unknown?][] => [
      ['GET', `/api/chargers/${id}`],
      ['PATCH', `/api/chargers/${id}`, { name: 'x' }],
      ['DELETE', `/api/chargers/${id}`],
    ]),
    ...logins.flatMap((email) =>
      ['login', 'forgot-password', 'reset-password', 'unlock'].map(
        (route): [string, string, unknown] => [
          'POST',
          `/api/users/${route}`,
          { email, password: email, token: email },
        ],
      ),
    ),
    ['POST', '/api/users/login', { email: admin.email, password: { a: 1 } }],
    ['POST', '/api/grants', { user: 'x', role: 'operator', scope: 'sites', sites: 'x' }],
    ['POST', '/api/grants', { user: 1, role: {}, scope: [] }],
    ['POST', '/api/grants', { user: 1, role: 'operator', scope: 'all', until: {} }],
    ['POST', '/api/tariffs', { name: 'T', energyRateMicros: 1e300 }],
    ['POST', '/api/tariffs', { name: 'T', currency: {} }],
    ['POST', '/api/rfid-cards', { uid: {} }],
    ['POST', '/api/rfid-cards', { uid: '•••• ' }],
    ['POST', '/api/rfid-cards', { uid: 'AABBCCDE', driver: 99 }],
    ['POST', '/api/globals/settings', { heartbeatIntervalSeconds: 5 }],
    ['POST', '/api/globals/settings', { defaultTariff: 999 }],
    ['GET', '/api/globals/nothing'],
  ]
  const failed: unknown[] = []
  for (const [method, path, body] of tries) {
    const { status, body: answer } = await app.call(method, path, {
      as: path.includes('/users/') ? null : admin,
      body,
    })
    if (status >= 500 || /select |insert into|syntax|node_modules/i.test(JSON.stringify(answer)))
      failed.push([method, path, body, status, answer])
  }
  expect(failed).toEqual([])
})
