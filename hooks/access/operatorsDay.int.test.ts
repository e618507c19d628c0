import { unseal } from '@/platform/seal'
import { startApp, type App, type Person } from '@/tests/helpers/app'

/**
 * The walls of the collections that the operator's day brought: who sees which rows, which fields, and what nobody
 * writes. Two sites, a charger on each; OP and TE and SO stand at Leeds, the Super Admin everywhere.
 */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let outsider: Person
const id: Record<string, number> = {}

beforeAll(async () => {
  app = await startApp()
  const { payload } = app
  for (const name of ['leeds', 'goole']) {
    id[name] = (await payload.create({ collection: 'sites', data: { name } })).id
    id[`cp-${name}`] = (
      await payload.create({
        collection: 'chargers',
        data: { identity: `CP-${name}`, name: `CP ${name}`, site: id[name], visibility: 'private' },
      })
    ).id
  }
  const at = (role: 'operator' | 'technician' | 'site-owner', site: string) => [
    { role, scope: 'sites' as const, sites: [id[site]!] },
  ]
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', at('operator', 'leeds'))
  technician = await app.person('tom', at('technician', 'leeds'))
  owner = await app.person('otto', at('site-owner', 'leeds'))
  outsider = await app.person('out', at('operator', 'goole'))
  id['image'] = (
    await payload.create({ collection: 'firmware', data: { version: '1.2.3', vendor: 'ACME' } })
  ).id
  for (const name of ['leeds', 'goole']) {
    await app.pool.query(
      `insert into alerts (title, kind, severity, charger_id, site_id, key, evidence, assigned_to_id, updated_at, created_at)
       values ($1, 'offline', 'fault', $2, $3, $1, '{"secret":"evidence"}', $4, now(), now())`,
      [`alert ${name}`, id[`cp-${name}`], id[name], admin.id],
    )
    await app.pool.query(
      `insert into diagnostics (charger_id, filename, updated_at, created_at) values ($1, $2, now(), now())`,
      [id[`cp-${name}`], `${name}.log`],
    )
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into firmware_updates (name, firmware_id, updated_at, created_at) values ($1, $2, now(), now()) returning id`,
      [`update ${name}`, id['image']],
    )
    await app.pool.query(
      `insert into telemetry.firmware_targets (campaign_id, charger_id, wave) values ($1, $2, 1)`,
      [rows[0]!.id, id[`cp-${name}`]],
    )
  }
})
afterAll(() => app.close())

const list = async (slug: string, as: Person | null, field: string) => {
  const { status, body } = await app.call('GET', `/api/${slug}?depth=0&sort=id`, { as })
  return status === 200 ? (body.docs ?? []).map((doc) => doc[field]) : status
}
const create = (slug: string, as: Person | null, body: object) =>
  app.call('POST', `/api/${slug}?depth=0`, { as, body })

test('chargers that have been offline for over an hour are a question to the list', async () => {
  for (const [name, minutes] of [
    ['leeds', 90],
    ['goole', 20],
  ] as const)
    await app.pool.query(
      `update charger_states set status = 'Offline', status_since = now() - $2::int * interval '1 minute'
        where id = (select state_id from chargers where id = $1)`,
      [id[`cp-${name}`], minutes],
    )
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString()
  const view = `where[or][0][and][0][status][equals]=Offline&where[or][0][and][1][statusSince][less_than]=${anHourAgo}`
  const { body } = await app.call('GET', `/api/chargers?depth=0&${view}`, { as: admin })
  expect(body.docs?.map((doc) => doc['name'])).toEqual(['CP leeds'])
})

describe('who sees which rows', () => {
  test.each<[string, string, unknown[], unknown, unknown, unknown, unknown]>([
    // slug, field, Super Admin, operator, technician, site owner, operator elsewhere
    [
      'alerts',
      'title',
      ['alert leeds', 'alert goole'],
      ['alert leeds'],
      ['alert leeds'],
      ['alert leeds'],
      ['alert goole'],
    ],
    [
      'diagnostics',
      'filename',
      ['leeds.log', 'goole.log'],
      ['leeds.log'],
      ['leeds.log'],
      403,
      ['goole.log'],
    ],
    [
      'firmware-updates',
      'name',
      ['update leeds', 'update goole'],
      ['update leeds'],
      ['update leeds'],
      403,
      ['update goole'],
    ],
    ['firmware', 'version', ['1.2.3'], ['1.2.3'], ['1.2.3'], 403, ['1.2.3']],
    ['webhooks', 'name', [], 403, 403, 403, 403],
  ])('%s', async (slug, field, all, inside, technical, owned, elsewhere) => {
    expect(await list(slug, admin, field)).toEqual(all)
    expect(await list(slug, operator, field)).toEqual(inside)
    expect(await list(slug, technician, field)).toEqual(technical)
    expect(await list(slug, owner, field)).toEqual(owned)
    expect(await list(slug, outsider, field)).toEqual(elsewhere)
    expect(await list(slug, null, field)).toBe(403)
  })

  test('a site owner is told of an alert, not of its evidence or who works on it', async () => {
    const { body } = await app.call('GET', '/api/alerts?depth=0', { as: owner })
    expect(body.docs?.[0]).toMatchObject({ title: 'alert leeds' })
    for (const hidden of ['evidence', 'assignedTo', 'mailedAt'])
      expect(body.docs?.[0]).not.toHaveProperty(hidden)
    const asked = await app.call('GET', '/api/alerts?where[evidence][like]=secret', { as: owner })
    expect(asked.status).toBe(400)
    const seen = await app.call('GET', '/api/alerts?depth=0', { as: operator })
    expect(seen.body.docs?.[0]).toMatchObject({ evidence: { secret: 'evidence' } })
  })
})

describe('what the engine and the chargers write, nobody else does', () => {
  test.each(['alerts', 'firmware-updates', 'diagnostics'])('%s', async (slug) => {
    const { body } = await app.call('GET', `/api/${slug}?depth=0&limit=1`, { as: admin })
    const row = `/api/${slug}/${String(body.docs?.[0]?.['id'])}`
    for (const as of [admin, operator]) {
      const sent = await create(slug, as, {
        title: 'x',
        name: 'x',
        kind: 'offline',
        severity: 'urgent',
      })
      // where a route of ours stands in this place, it wants something else
      expect([400, 403, 404]).toContain(sent.status)
      expect([403, 404]).toContain(
        (await app.call('PATCH', row, { as, body: { title: 'x', state: 'done' } })).status,
      )
      expect([403, 404]).toContain((await app.call('DELETE', row, { as })).status)
    }
  })

  test('a firmware image: what it is for may be corrected by a Super Admin, what it is by nobody', async () => {
    const path = `/api/firmware/${id['image']}?depth=0`
    const change = { model: 'Wallbox', sha256: 'forged', sizeBytes: 1, filename: 'x' }
    const { body } = await app.call('PATCH', path, { as: admin, body: change })
    expect(body.doc).toMatchObject({ model: 'Wallbox' })
    for (const name of ['sha256', 'sizeBytes', 'filename']) expect(body.doc?.[name]).toBeNull()
    for (const as of [operator, technician])
      expect((await app.call('PATCH', path, { as, body: { model: 'X' } })).status).toBe(403)
    expect((await app.call('DELETE', path, { as: admin })).status).toBe(409)
  })
})

describe('templates', () => {
  const template = (entries: object[]) => ({ name: `T${Math.random()}`, vendor: 'ACME', entries })
  test('technicians and operators compare with them, Super Admins write them', async () => {
    const made = await create(
      'configuration-templates',
      admin,
      template([{ key: 'HeartbeatInterval', value: '300' }]),
    )
    expect(made.status).toBe(201)
    for (const as of [operator, technician]) {
      expect(await list('configuration-templates', as, 'vendor')).toEqual(['ACME'])
      expect((await create('configuration-templates', as, template([]))).status).toBe(403)
    }
    expect(await list('configuration-templates', owner, 'vendor')).toBe(403)
  })

  test.each([
    ['a key that holds a secret', [{ key: 'AuthorizationKey', value: 'x' }]],
    ['the same in another case', [{ key: ' authorizationKEY', value: 'x' }]],
    [
      'a key twice',
      [
        { key: 'A', value: '1' },
        { key: 'a', value: '2' },
      ],
    ],
    ['a key without a value', [{ key: 'A' }]],
  ])('%s is refused', async (_what, entries) => {
    expect((await create('configuration-templates', admin, template(entries))).status).toBe(400)
  })
})

describe('webhooks', () => {
  const hook = { name: 'To the ERP', url: 'https://erp.example/hook', events: ['alert.opened'] }
  test('the secret is sealed in the database and comes back nowhere', async () => {
    const secret = 'sixteen characters and more'
    const { status, body } = await create('webhooks', admin, { ...hook, secret })
    expect(status).toBe(201)
    expect(JSON.stringify(body)).not.toContain(secret)
    const stored = async () =>
      (await app.pool.query<{ secret: string }>('select secret from webhooks')).rows[0]!.secret
    const sealed = await stored()
    expect(sealed).not.toContain(secret)
    expect(unseal(sealed, 'webhook')).toBe(secret)
    const path = `/api/webhooks/${String(body.doc?.['id'])}`
    await app.call('PATCH', path, { as: admin, body: { name: 'Renamed', secret: '' } })
    expect(await stored()).toBe(sealed)
    await app.call('PATCH', path, { as: admin, body: { secret: 'another long enough secret' } })
    expect(unseal(await stored(), 'webhook')).toBe('another long enough secret')
    const { rows } = await app.pool.query(
      'select before, after from audit_log where resource = $1',
      ['webhooks'],
    )
    expect(JSON.stringify(rows)).not.toMatch(/sealed\.v1|sixteen|another long/)
  })

  test.each([
    ['without a secret', {}],
    ['with a short one', { secret: 'short' }],
    ['to a file', { secret: 'sixteen characters and more', url: 'file:///etc/passwd' }],
    [
      'with a password in the address',
      { secret: 'sixteen characters and more', url: 'https://a:b@erp.example' },
    ],
  ])('%s are refused', async (_what, change) => {
    expect((await create('webhooks', admin, { ...hook, ...change })).status).toBe(400)
  })

  test('only Super Admins have them', async () => {
    for (const as of [operator, technician, owner])
      expect(
        (await create('webhooks', as, { ...hook, secret: 'sixteen characters and more' })).status,
      ).toBe(403)
  })
})

describe('notification preferences', () => {
  test('everybody has his own, whatever the request says, and sees no other', async () => {
    for (const as of [admin, operator, technician, owner]) {
      const { status, body } = await create('notification-preferences', as, {
        user: outsider.id,
        minSeverity: 'urgent',
      })
      expect([status, body.doc?.['user']]).toEqual([201, as.id])
      expect(await list('notification-preferences', as, 'user')).toEqual([as.id])
    }
    const { body } = await app.call('GET', '/api/notification-preferences', { as: operator })
    const own = `/api/notification-preferences/${String(body.docs?.[0]?.['id'])}?depth=0`
    const moved = await app.call('PATCH', own, {
      as: operator,
      body: { user: owner.id, bell: false },
    })
    expect(moved.body.doc).toMatchObject({ user: operator.id, bell: false })
    for (const as of [admin, technician])
      expect((await app.call('PATCH', own, { as, body: { bell: true } })).status).toBe(404)
    expect((await app.call('DELETE', own, { as: admin })).status).toBe(404)
    expect((await create('notification-preferences', null, {})).status).toBe(403)
  })

  test('quiet hours are times of day, sites those in sight', async () => {
    const { body } = await app.call('GET', '/api/notification-preferences', { as: operator })
    const own = `/api/notification-preferences/${String(body.docs?.[0]?.['id'])}`
    const patch = (change: object) => app.call('PATCH', own, { as: operator, body: change })
    expect((await patch({ quietFrom: '22:00', quietUntil: '07:00' })).status).toBe(200)
    expect((await patch({ quietFrom: '25:00' })).status).toBe(400)
    expect((await patch({ sites: [id['leeds']] })).status).toBe(200)
    expect((await patch({ sites: [id['goole']] })).status).toBe(400)
  })
})

describe('whom a private charger serves', () => {
  const path = () => `/api/chargers/${id['cp-leeds']}?depth=0`
  test('its operator says, with drivers in his sight; technicians and owners do not', async () => {
    const { body } = await create('drivers', operator, {
      name: 'Anna',
      email: 'anna@example.test',
      site: id['leeds'],
    })
    const anna = body.doc?.['id']
    const hidden = (
      await app.payload.create({
        collection: 'drivers',
        data: { name: 'Gus', email: 'gus@example.test', status: 'active', site: id['goole'] },
      })
    ).id
    const set = (as: Person, drivers: unknown[]) =>
      app.call('PATCH', path(), { as, body: { approvedDrivers: drivers } })
    expect((await set(operator, [anna])).status).toBe(200)
    expect((await set(operator, [anna, hidden])).status).toBe(400)
    for (const as of [technician, owner]) expect((await set(as, [])).status).toBe(403)
    const { rows } = await app.pool.query(
      'select drivers_id from chargers_rels where parent_id = $1',
      [id['cp-leeds']],
    )
    expect(rows).toEqual([{ drivers_id: anna }])
    expect((await app.call('GET', path(), { as: owner })).body).not.toHaveProperty(
      'approvedDrivers',
    )
    const change = await app.pool.query(
      `select after from audit_log where resource = 'chargers' and resource_id = $1 and result = 'done' order by id desc limit 1`,
      [String(id['cp-leeds'])],
    )
    expect(change.rows[0]).toEqual({ after: JSON.stringify({ approvedDrivers: [anna] }) })
  })

  test('a driver on the list is not deleted from under it: an empty list would let everybody in', async () => {
    const { rows } = await app.pool.query<{ id: number }>(
      `select id from drivers where email = 'anna@example.test'`,
    )
    const { status, body } = await app.call('DELETE', `/api/drivers/${rows[0]!.id}`, { as: admin })
    expect([status, body.errors?.[0]?.message]).toEqual([
      409,
      expect.stringContaining('private charger') as string,
    ])
  })
})
