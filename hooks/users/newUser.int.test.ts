import { startApp, password, type App, type Person } from '@/tests/helpers/app'

/** User Management (M6): a user with role, place and a way in, made in one go; links to set a password. */
let app: App
let admin: Person
let operator: Person
const sites = { leeds: 0, goole: 0 }

beforeAll(async () => {
  delete process.env.SMTP_URL
  app = await startApp()
  sites.leeds = (await app.payload.create({ collection: 'sites', data: { name: 'Leeds Dock' } })).id
  sites.goole = (await app.payload.create({ collection: 'sites', data: { name: 'Goole' } })).id
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [sites.leeds] }])
})
afterAll(() => app.close())

const rows = async (text: string, values: unknown[] = []) =>
  (await app.pool.query<Record<string, unknown>>(text, values)).rows
const add = (body: object, as: Person | null = admin) =>
  app.call('POST', '/api/users?depth=0', { as, body })
const errorAt = (answer: Awaited<ReturnType<typeof add>>) =>
  answer.body.errors?.[0]?.data?.errors?.[0]
const tokenIn = (text: unknown) => /\/admin\/reset\/([0-9a-f]{40})/.exec(String(text))?.[1] ?? ''
const setPassword = (token: string, next: string) =>
  app.call('POST', '/api/users/reset-password', { body: { token, password: next } })
const isThere = async (email: string) =>
  (await rows('select 1 from users where email = $1', [email])).length > 0

describe('a new user', () => {
  test('with role and sites: both rows, both in the audit log, and access from the first login on', async () => {
    const answer = await add({
      name: 'Nora',
      email: 'nora@example.test',
      credentials: 'link',
      grant: { role: 'operator', scope: 'sites', sites: [sites.leeds], note: 'runs Leeds' },
    })
    expect(answer.status).toBe(201)
    const doc = answer.body.doc ?? {}
    expect(doc).not.toHaveProperty('grant')
    expect(doc).not.toHaveProperty('credentials')
    expect(
      await rows(
        `select g.role::text, g.scope::text, g.note, array_agg(r.sites_id) sites from grants g join grants_rels r on r.parent_id = g.id
          where g.user_id = $1 group by g.id`,
        [doc['id']],
      ),
    ).toEqual([{ role: 'operator', scope: 'sites', note: 'runs Leeds', sites: [sites.leeds] }])
    expect(
      await rows(
        `select resource, action from audit_log where user_id = $1 and action <> 'login' order by id`,
        [admin.id],
      ),
    ).toEqual([
      { resource: 'grants', action: 'create' },
      { resource: 'users', action: 'password-link' },
      { resource: 'users', action: 'create' },
    ])

    const token = tokenIn(doc['setPasswordLink'])
    expect((await setPassword(token, 'a new long password')).status).toBe(200)
    const { body } = await app.call('POST', '/api/users/login', {
      body: { email: 'nora@example.test', password: 'a new long password' },
    })
    const nora = { id: 0, email: '', token: String(body['token']) }
    const seen = await app.call('GET', '/api/sites?depth=0', { as: nora })
    expect(seen.body.docs?.map((site) => site['name'])).toEqual(['Leeds Dock'])
    expect((await setPassword(token, 'another long password')).status).toBe(403)
  })

  test('the link is in the answer once and in no other place', async () => {
    const { body } = await add({ name: 'Lia', email: 'lia@example.test', credentials: 'link' })
    const token = tokenIn(body.doc?.['setPasswordLink'])
    expect(token).toHaveLength(40)
    const again = await app.call('GET', `/api/users/${String(body.doc?.['id'])}`, { as: admin })
    expect(JSON.stringify(again.body)).not.toContain(token)
    expect(
      await rows(`select 1 from audit_log where after like '%' || $1 || '%'`, [token]),
    ).toEqual([])
    expect(
      await rows(`select 1 from telemetry.mails where text like '%' || $1 || '%'`, [token]),
    ).toEqual([])
    const [user] = await rows(
      `select extract(epoch from reset_password_expiration - now())::int left from users where email = 'lia@example.test'`,
    )
    expect(Number(user?.['left'])).toBeGreaterThan(3_500)
    expect(Number(user?.['left'])).toBeLessThanOrEqual(3_600)
  })

  test('by mail: the link goes through the outbox to the configured address, not to whoever asks', async () => {
    const { status, body } = await app.call('POST', '/api/users?depth=0', {
      as: admin,
      headers: { Host: 'evil.test', 'X-Forwarded-Host': 'evil.test' },
      body: {
        name: '<b>Max</b>',
        email: 'max@example.test',
        credentials: 'mail',
        grant: { role: 'technician', scope: 'all' },
      },
    })
    expect([status, body.doc?.['sentTo'], body.doc?.['setPasswordLink']]).toEqual([
      201,
      'max@example.test',
      undefined,
    ])
    const [mail] = await rows(
      `select to_address, subject, html, text from telemetry.mails where to_address = 'max@example.test'`,
    )
    expect(mail).toMatchObject({
      subject: 'Your login for the CITA EV panel',
      html: expect.not.stringContaining('<b>Max</b>') as string,
      text: expect.stringContaining('http://localhost:3000/admin/reset/') as string,
    })
    expect((await setPassword(tokenIn(mail?.['text']), 'a new long password')).status).toBe(200)
  })

  test('with a password of its own there is no link and no mail', async () => {
    const { status, body } = await add({ name: 'Pia', email: 'pia@example.test', password })
    expect(status).toBe(201)
    expect(body.doc).not.toHaveProperty('setPasswordLink')
    const login = await app.call('POST', '/api/users/login', {
      body: { email: 'pia@example.test', password },
    })
    expect(login.status).toBe(200)
    expect(await rows('select 1 from grants where user_id = $1', [body.doc?.['id']])).toEqual([])
  })

  test('a Super Admin needs no "where"', async () => {
    const { body } = await add({
      name: 'Sue',
      email: 'sue@example.test',
      grant: { role: 'super-admin' },
    })
    expect(
      await rows('select role::text, scope::text from grants where user_id = $1', [
        body.doc?.['id'],
      ]),
    ).toEqual([{ role: 'super-admin', scope: 'all' }])
  })

  test.each<[string, object, string]>([
    ['without a place', { role: 'operator' }, 'grant.scope'],
    ['with an empty list', { role: 'operator', scope: 'sites', sites: [] }, 'grant.sites'],
    [
      'for a site that is not there',
      { role: 'operator', scope: 'sites', sites: [9999] },
      'grant.sites',
    ],
    ['of an unknown role', { role: 'king', scope: 'all' }, 'grant.role'],
    [
      'a Super Admin of some sites',
      { role: 'super-admin', scope: 'sites', sites: [1] },
      'grant.scope',
    ],
    [
      'that ends before it begins',
      { role: 'operator', scope: 'all', from: '2027-01-02', until: '2027-01-01' },
      'grant.until',
    ],
  ])('access %s is refused at its field, and there is no user', async (_what, grant, path) => {
    const answer = await add({ name: 'Zoe', email: 'zoe@example.test', grant })
    expect([answer.status, errorAt(answer)?.path]).toEqual([400, path])
    expect(await isThere('zoe@example.test')).toBe(false)
  })

  test('a way in that does not exist is refused', async () => {
    const answer = await add({ name: 'Zoe', email: 'zoe@example.test', credentials: 'pigeon' })
    expect(answer.status).toBe(400)
    expect(await isThere('zoe@example.test')).toBe(false)
  })

  test('only a Super Admin makes users, with or without access', async () => {
    for (const as of [operator, null])
      expect(
        (await add({ name: 'Zoe', email: 'zoe@example.test', grant: { role: 'operator' } }, as))
          .status,
      ).toBe(403)
    expect(await isThere('zoe@example.test')).toBe(false)
  })

  test('later, grant and credentials in a body change nothing', async () => {
    const before = await rows('select count(*)::int n from grants')
    const { status } = await app.call('PATCH', `/api/users/${operator.id}`, {
      as: operator,
      body: { name: 'Olga O', grant: { role: 'super-admin', scope: 'all' }, credentials: 'link' },
    })
    expect(status).toBe(200)
    expect(await rows('select count(*)::int n from grants')).toEqual(before)
  })
})

describe('a link for an existing user', () => {
  const ask = (as: Person | null, id: number | string, body: object = { by: 'link' }) =>
    app.call('POST', `/api/users/${id}/password-link`, { as, body })

  test('a Super Admin gets it once; a new one makes the old one worthless', async () => {
    const first = tokenIn((await ask(admin, operator.id)).body['setPasswordLink'])
    const second = tokenIn((await ask(admin, operator.id)).body['setPasswordLink'])
    expect((await setPassword(first, 'a new long password')).status).toBe(403)
    expect((await setPassword(second, 'a new long password')).status).toBe(200)
  })

  test('by mail it says nothing of a new login', async () => {
    expect((await ask(admin, operator.id, { by: 'mail' })).body['sentTo']).toBe(operator.email)
    expect(
      await rows(
        `select subject from telemetry.mails where to_address = $1 and key like 'password-link:%'`,
        [operator.email],
      ),
    ).toEqual([{ subject: 'Set your password for the CITA EV panel' }])
  })

  test('nobody else gets one, not even for himself', async () => {
    const { body } = await app.call('POST', '/api/users/login', {
      body: { email: operator.email, password: 'a new long password' },
    })
    const again = { ...operator, token: String(body['token']) }
    expect((await ask(again, operator.id)).status).toBe(403)
    expect((await ask(again, admin.id)).status).toBe(404)
    expect((await ask(null, admin.id)).status).toBe(401)
    expect((await ask(admin, 999_999)).status).toBe(404)
    expect((await ask(admin, 'x')).status).toBe(404)
    expect((await ask(admin, operator.id, { by: 'fax' })).status).toBe(400)
  })
})
