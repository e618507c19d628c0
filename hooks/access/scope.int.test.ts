import { startApp, type App, type Person } from '@/tests/helpers/app'

/**
 * The walls of M7 over REST, from the door people use: what each role sees, may change, and may not learn. Two regions
 * with a site each (A, B), each with a charger, connector, session, command, card, driver and tariff.
 */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let regional: Person
let single: Person
let nobody: Person
let former: Person
/** Operator of A, technician of B. */
let mixed: Person
/** Operator of both. */
let both: Person

type Ids = {
  region: number
  organisation: number
  site: number
  tariff: number
  charger: number
  connector: number
  session: number
  command: number
  card: number
  driver: number
}
let a: Ids
let b: Ids

const scoped = {
  regions: 'region',
  organisations: 'organisation',
  sites: 'site',
  tariffs: 'tariff',
  chargers: 'charger',
  connectors: 'connector',
  sessions: 'session',
  commands: 'command',
  'rfid-cards': 'card',
  drivers: 'driver',
} as const
type Slug = keyof typeof scoped
const slugs = Object.keys(scoped) as Slug[]

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  a = await buildSite('A')
  b = await buildSite('B')
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [a.site] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [a.site] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [a.site] }])
  regional = await app.person('regional', [
    { role: 'operator', scope: 'regions', regions: [a.region] },
  ])
  single = await app.person('single', [
    { role: 'operator', scope: 'chargers', chargers: [a.charger] },
  ])
  nobody = await app.person('nobody')
  mixed = await app.person('mixed', [
    { role: 'operator', scope: 'sites', sites: [a.site] },
    { role: 'technician', scope: 'sites', sites: [b.site] },
  ])
  both = await app.person('both', [{ role: 'operator', scope: 'sites', sites: [a.site, b.site] }])
  former = await app.person('former', [
    { role: 'operator', scope: 'sites', sites: [a.site], until: '2020-01-01T00:00:00Z' },
  ])
})

afterAll(() => app.close())

async function create(slug: string, body: object, as = admin): Promise<number> {
  const { status, body: answer } = await app.call('POST', `/api/${slug}?depth=0`, { as, body })
  if (status !== 201) throw new Error(`${slug}: ${status} ${JSON.stringify(answer)}`)
  return Number(answer.doc?.id)
}

async function buildSite(name: string): Promise<Ids> {
  const region = await create('regions', { name: `Region ${name}` })
  const organisation = await create('organisations', { name: `Owner ${name}`, kind: 'site-owner' })
  const site = await create('sites', { name: `Site ${name}`, region, owner: organisation })
  const tariff = await create('tariffs', {
    name: `Tariff ${name}`,
    energyRateMicros: 450_000,
    site,
  })
  await app.call('PATCH', `/api/sites/${site}`, { as: admin, body: { tariff } })
  const charger = await create('chargers', {
    name: `Charger ${name}`,
    identity: `CP-${name}`,
    serialNumber: `SN-${name}`,
    site,
  })
  const connector = await create('connectors', { charger, connectorId: 1, label: 'Left' })
  const driver = await create('drivers', {
    name: `Driver ${name}`,
    email: `${name}@drivers.test`,
    site,
  })
  const card = await create('rfid-cards', { uid: `04A2B3C4D5E6${name}0`, driver, site })
  const session = await app.pool.query<{ id: number }>(
    `insert into sessions (transaction_id, charger_id, connector_id, site_id, card_id, driver_id, id_tag, status, started_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'ended', now(), now()) returning id`,
    [1000 + site, charger, connector, site, card, driver, `TAG-${name}`],
  )
  const { body } = await app.call('POST', '/api/commands', {
    as: admin,
    body: { charger, action: 'Reset', payload: { type: 'Soft' } },
  })
  return {
    region,
    organisation,
    site,
    tariff,
    charger,
    connector,
    card,
    driver,
    session: session.rows[0]?.id ?? 0,
    command: Number(body.doc?.id),
  }
}

const idsIn = async (slug: string, as: Person | null, query = '') => {
  const { status, body } = await app.call('GET', `/api/${slug}?depth=0&limit=100${query}`, { as })
  return status === 200 ? body.docs?.map((doc) => doc.id) : status
}

describe('who sees what', () => {
  test.each(slugs)('a Super Admin sees every one of %s', async (slug) => {
    expect(await idsIn(slug, admin, '&sort=id')).toEqual([a[scoped[slug]], b[scoped[slug]]])
  })

  test.each(slugs)('an operator of site A sees of %s what is at site A, exactly', async (slug) => {
    expect(await idsIn(slug, operator)).toEqual([a[scoped[slug]]])
    expect(
      (await app.call('GET', `/api/${slug}/${a[scoped[slug]]}`, { as: operator })).status,
    ).toBe(200)
  })

  test.each(slugs)('an operator of region A sees the same of %s', async (slug) => {
    expect(await idsIn(slug, regional)).toEqual([a[scoped[slug]]])
  })

  test.each(slugs)(
    'SEC-29 one of %s at site B does not exist for an operator of site A',
    async (slug) => {
      const path = `/api/${slug}/${b[scoped[slug]]}`
      const none = `/api/${slug}/999999`
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? { name: 'mine now' } : undefined
        const foreign = await app.call(method, path, { as: operator, body })
        const missing = await app.call(method, none, { as: operator, body })
        expect([method, foreign.status, foreign.body]).toEqual([
          method,
          missing.status,
          missing.body,
        ])
        expect([method, foreign.status]).toEqual([method, statusOf(method, slug)])
      }
    },
  )

  /** What an operator may never do is 403 whatever the row; what he may do at home is 404 elsewhere. */
  function statusOf(method: string, slug: Slug): number {
    if (method === 'GET') return 404
    const readOnly: Slug[] = ['regions', 'organisations', 'sessions', 'commands']
    if (slug === 'sites') return method === 'PATCH' ? 404 : 403
    return readOnly.includes(slug) || (slug === 'drivers' && method === 'DELETE') ? 403 : 404
  }

  test('an operator of one charger sees it, its connector, sessions, commands and site, and no one else’s', async () => {
    for (const slug of ['chargers', 'connectors', 'sessions', 'commands', 'sites'] as const)
      expect([slug, await idsIn(slug, single)]).toEqual([slug, [a[scoped[slug]]]])
    expect(await idsIn('rfid-cards', single)).toBe(403)
  })

  test('a technician sees chargers and sessions of his sites, but no tariffs, drivers, cards, people', async () => {
    for (const slug of ['chargers', 'connectors', 'sessions', 'commands', 'sites'] as const)
      expect([slug, await idsIn(slug, technician)]).toEqual([slug, [a[scoped[slug]]]])
    for (const slug of ['tariffs', 'drivers', 'rfid-cards', 'organisations', 'grants', 'audit-log'])
      expect([slug, await idsIn(slug, technician)]).toEqual([slug, 403])
    expect(await idsIn('users', technician)).toEqual([technician.id])
  })

  test('a site owner sees his site, chargers, sessions and tariff, and sends no commands', async () => {
    for (const slug of ['chargers', 'sessions', 'sites', 'tariffs', 'organisations'] as const)
      expect([slug, await idsIn(slug, owner)]).toEqual([slug, [a[scoped[slug]]]])
    expect(await idsIn('commands', owner)).toBe(403)
  })

  test.each(['nobody', 'former', 'anonymous'])('%s sees nothing', async (who) => {
    const as = who === 'nobody' ? nobody : who === 'former' ? former : null
    for (const slug of [...slugs, 'grants', 'audit-log', 'payload-preferences'])
      if (!(slug === 'payload-preferences' && as))
        expect([slug, await idsIn(slug, as)]).toEqual([slug, 403])
    expect((await app.call('GET', '/api/globals/settings', { as })).status).toBe(403)
  })

  test('an operator sees himself and the people of his sites (not of wider areas), and only a part of them', async () => {
    const seen = await idsIn('users', operator, '&sort=id')
    expect(seen).toEqual(
      [operator.id, technician.id, owner.id, single.id, former.id, mixed.id, both.id].sort(
        (x, y) => x - y,
      ),
    )
    const { body } = await app.call('GET', `/api/users/${technician.id}`, { as: operator })
    expect(body).toHaveProperty('email')
    for (const field of ['phone', 'hash', 'salt', 'resetPasswordToken', 'loginAttempts'])
      expect(body).not.toHaveProperty(field)
    expect(body['sessions']).toEqual([])
  })

  test('a grant taken away is gone at the next request, and so are the logins', async () => {
    const leaver = await app.person('leaver', [
      { role: 'operator', scope: 'sites', sites: [a.site] },
    ])
    expect(await idsIn('chargers', leaver)).toEqual([a.charger])
    const { body } = await app.call('GET', `/api/grants?where[user][equals]=${leaver.id}&depth=0`, {
      as: admin,
    })
    const grant = body.docs?.[0]?.id
    expect((await app.call('DELETE', `/api/grants/${String(grant)}`, { as: admin })).status).toBe(
      200,
    )
    expect(await idsIn('chargers', leaver)).toBe(403)
    expect((await app.call('GET', '/api/users/me', { as: leaver })).body['user']).toBeNull()
  })
})

describe('fields that some roles are not shown', () => {
  test('a technician and a site owner see that a session was, not whose', async () => {
    for (const as of [technician, owner]) {
      const { body } = await app.call('GET', `/api/sessions/${a.session}?depth=2`, { as })
      expect(body).toMatchObject({ id: a.session, status: 'ended' })
      for (const field of ['idTag', 'card', 'driver', 'stopIdTag'])
        expect(body).not.toHaveProperty(field)
    }
    const { body } = await app.call('GET', `/api/sessions/${a.session}?depth=0`, { as: operator })
    expect(body).toMatchObject({ idTag: 'TAG-A', card: a.card, driver: a.driver })
  })

  test('SEC-27 a hidden field cannot be searched or sorted by: a hit and a miss answer alike', async () => {
    for (const query of [
      'where[idTag][equals]=',
      'where[idTag][like]=',
      'where[driver.name][like]=',
    ]) {
      const hit = await app.call(
        'GET',
        `/api/sessions?${query}${query.includes('driver') ? 'Driver' : 'TAG-A'}`,
        { as: technician },
      )
      const miss = await app.call('GET', `/api/sessions?${query}NO-SUCH`, { as: technician })
      expect([query, hit.status, hit.body]).toEqual([query, miss.status, miss.body])
      expect(hit.status).toBe(400)
    }
    for (const probe of ['hash', 'salt', 'resetPasswordToken', 'sessions.id'])
      expect(
        (await app.call('GET', `/api/users?where[${probe}][like]=a`, { as: operator })).status,
      ).toBe(400)
  })

  test('an operator of A who is a technician of B sees whose A’s sessions are, not B’s, and cannot ask by it', async () => {
    const read = (id: number) => app.call('GET', `/api/sessions/${id}?depth=0`, { as: mixed })
    expect((await read(a.session)).body).toHaveProperty('idTag', 'TAG-A')
    expect((await read(b.session)).body).not.toHaveProperty('idTag')
    expect(await idsIn('sessions', mixed, '&where[idTag][equals]=TAG-B')).toBe(400)
    expect(await idsIn('sessions', both, '&where[idTag][equals]=TAG-B')).toEqual([b.session])
  })

  test('a site owner may search chargers by name although the identity is not shown to him', async () => {
    const search = 'where[or][0][name][like]=Charger&where[or][1][identity][like]=Charger'
    expect(await idsIn('chargers', owner, `&${search}`)).toEqual([a.charger])
    const { body } = await app.call('GET', `/api/chargers/${a.charger}?depth=0`, { as: owner })
    expect(body).toHaveProperty('name', 'Charger A')
    for (const field of ['identity', 'serialNumber', 'state', 'password'])
      expect(body).not.toHaveProperty(field)
  })

  test('an operator is shown the last characters of a card, and saving it keeps the number', async () => {
    const { body } = await app.call('GET', `/api/rfid-cards/${a.card}?depth=0`, { as: operator })
    expect(body['uid']).toBe('••••E6A0')
    const saved = await app.call('PATCH', `/api/rfid-cards/${a.card}`, {
      as: operator,
      body: { uid: body['uid'], label: 'Blue' },
    })
    expect(saved.status).toBe(200)
    const { body: full } = await app.call('GET', `/api/rfid-cards/${a.card}?depth=0`, { as: admin })
    expect(full).toMatchObject({ uid: '04A2B3C4D5E6A0', label: 'Blue' })
  })
})

describe('who may change what', () => {
  test('an operator renames his charger; a technician and an owner may not', async () => {
    const rename = (as: Person) =>
      app.call('PATCH', `/api/chargers/${a.charger}`, { as, body: { name: 'Villa Charger' } })
    expect((await rename(operator)).status).toBe(200)
    expect((await rename(technician)).status).toBe(403)
    expect((await rename(owner)).status).toBe(403)
    await app.call('PATCH', `/api/chargers/${a.charger}`, {
      as: admin,
      body: { name: 'Charger A' },
    })
  })

  test('nobody but a Super Admin moves a charger: not to a foreign site, not to one he only looks after, not between his own', async () => {
    const move = (as: Person, charger: number, site: number) =>
      app.call('PATCH', `/api/chargers/${charger}`, { as, body: { site } })
    expect((await move(operator, a.charger, b.site)).status).toBe(400)
    expect((await move(operator, b.charger, a.site)).status).toBe(404)
    expect((await move(mixed, a.charger, b.site)).status).toBe(403)
    expect((await move(mixed, b.charger, a.site)).status).toBe(404)
    expect((await move(both, a.charger, b.site)).status).toBe(403)
    const { rows } = await app.pool.query('select id, site_id from chargers order by id')
    expect(rows).toEqual([
      { id: a.charger, site_id: a.site },
      { id: b.charger, site_id: b.site },
    ])
    expect((await move(admin, a.charger, b.site)).status).toBe(200)
    expect(await idsIn('chargers', operator)).toEqual([])
    expect((await move(admin, a.charger, a.site)).status).toBe(200)
  })

  test('whoever only looks after site B makes nothing there', async () => {
    const body = { name: 'X', identity: 'X-1', site: b.site }
    expect((await app.call('POST', '/api/chargers', { as: mixed, body })).status).toBe(400)
    const card = { uid: '0499887766', site: b.site }
    expect((await app.call('POST', '/api/rfid-cards', { as: mixed, body: card })).status).toBe(400)
    const moved = await app.call('PATCH', `/api/rfid-cards/${a.card}`, {
      as: mixed,
      body: { site: b.site },
    })
    expect(moved.status).toBe(400)
  })

  test('an operator creates chargers, cards, drivers, tariffs at his site and at no other', async () => {
    const makes: [string, (site: number | null) => object][] = [
      ['chargers', (site) => ({ name: 'New', identity: `NEW-${site}`, site })],
      ['rfid-cards', (site) => ({ uid: `0455667788${site ?? 'AA'}`, site })],
      ['drivers', (site) => ({ name: 'New', email: `new${site}@drivers.test`, site })],
      ['tariffs', (site) => ({ name: 'New', energyRateMicros: 1, site })],
    ]
    for (const [slug, make] of makes) {
      const own = await app.call('POST', `/api/${slug}?depth=0`, {
        as: operator,
        body: make(a.site),
      })
      expect([slug, own.status]).toEqual([slug, 201])
      for (const site of [b.site, 999_999, null]) {
        const foreign = await app.call('POST', `/api/${slug}`, { as: operator, body: make(site) })
        expect([slug, site, foreign.status]).toEqual([slug, site, 400])
      }
      await app.call('DELETE', `/api/${slug}/${String(own.body.doc?.id)}`, { as: admin })
    }
  })

  test('an operator cannot point his rows to what he cannot see', async () => {
    const tries: [string, object][] = [
      [`sites/${a.site}`, { tariff: b.tariff }],
      [`chargers/${a.charger}`, { tariff: b.tariff }],
      [`rfid-cards/${a.card}`, { driver: b.driver }],
      [`rfid-cards/${a.card}`, { site: b.site }],
      [`connectors/${a.connector}`, { charger: b.charger }],
    ]
    for (const [path, body] of tries) {
      const foreign = await app.call('PATCH', `/api/${path}`, { as: operator, body })
      const missing = await app.call('PATCH', `/api/${path}`, {
        as: operator,
        body: Object.fromEntries(Object.keys(body).map((name) => [name, 999_999])),
      })
      expect([path, foreign.status, foreign.body]).toEqual([path, 400, missing.body])
    }
  })

  test('an operator changes his site but not who owns it or which region it is in', async () => {
    const patch = (body: object) =>
      app.call('PATCH', `/api/sites/${a.site}`, { as: operator, body })
    expect((await patch({ openingHours: 'Mon–Fri' })).status).toBe(200)
    expect((await patch({ region: null })).status).toBe(403)
    expect((await patch({ owner: null })).status).toBe(403)
    expect(
      (await app.call('POST', '/api/sites', { as: operator, body: { name: 'Mine' } })).status,
    ).toBe(403)
    expect((await app.call('DELETE', `/api/sites/${a.site}`, { as: operator })).status).toBe(403)
  })

  test('people change their own name and password, never their rights or somebody else', async () => {
    expect(
      (
        await app.call('PATCH', `/api/users/${technician.id}`, {
          as: technician,
          body: { name: 'Tess' },
        })
      ).status,
    ).toBe(200)
    expect(
      (
        await app.call('PATCH', `/api/users/${operator.id}`, {
          as: technician,
          body: { name: 'X' },
        })
      ).status,
    ).toBe(404)
    const mail = await app.call('PATCH', `/api/users/${technician.id}`, {
      as: technician,
      body: { email: 'new@example.test' },
    })
    expect(mail.body.doc?.email).toBe(technician.email)
    for (const as of [operator, technician, owner, nobody])
      expect(
        (
          await app.call('POST', '/api/grants', {
            as,
            body: { user: as.id, role: 'super-admin', scope: 'all' },
          })
        ).status,
      ).toBe(403)
    expect(
      (
        await app.call('POST', '/api/users', {
          as: operator,
          body: { name: 'X', email: 'x@example.test', password: 'long enough word' },
        })
      ).status,
    ).toBe(403)
  })

  test('SEC-28 facts, ids and other people’s columns in a body change nothing', async () => {
    const forged = {
      publicId: 'f'.repeat(32),
      state: b.charger,
      status: 'Available',
      connected: true,
      id: 77,
      lastSeenAt: '2030-01-01T00:00:00Z',
    }
    const before = await app.pool.query('select public_id, state_id from chargers where id = $1', [
      a.charger,
    ])
    const patched = await app.call('PATCH', `/api/chargers/${a.charger}`, {
      as: admin,
      body: forged,
    })
    expect(patched.status).toBe(200)
    expect(
      (await app.pool.query('select public_id, state_id from chargers where id = $1', [a.charger]))
        .rows,
    ).toEqual(before.rows)
    expect((await app.call('GET', `/api/chargers/${a.charger}`, { as: admin })).body).toMatchObject(
      { status: 'NeverConnected', connected: false },
    )
  })
})

describe('facts belong to the chargers', () => {
  test.each(['sessions', 'commands', 'audit-log', 'charger-states', 'connector-states'])(
    'nobody writes or deletes %s over REST',
    async (slug) => {
      for (const as of [admin, operator, technician])
        for (const [method, path] of [
          ['PATCH', '/1'],
          ['DELETE', '/1'],
          ['PATCH', '?where[id][exists]=true'],
          ['DELETE', '?where[id][exists]=true'],
          ['POST', slug === 'commands' ? '/1' : ''],
        ] as const) {
          const { status } = await app.call(method, `/api/${slug}${path}`, {
            as,
            body: { energyWh: 1 },
          })
          expect([method, path, [403, 404, 501].includes(status)]).toEqual([method, path, true])
        }
    },
  )

  test('SEC-26 routes that nobody needs are shut, for the Super Admin too', async () => {
    const routes = [
      ['POST', `/api/chargers/${a.charger}/duplicate`],
      ['GET', '/api/chargers/versions'],
      ['POST', '/api/users/first-register'],
      ['GET', '/api/users/init'],
      ['GET', '/api/charger-states'],
      ['GET', '/api/charger-states/1'],
      ['GET', '/api/payload-locked-documents'],
      ['POST', '/api/payload-locked-documents'],
      ['GET', '/api/payload-jobs'],
      ['GET', '/api/payload-jobs/run'],
      ['GET', '/api/payload-migrations'],
      ['GET', '/api/payload-kv'],
      ['GET', '/api/nothing'],
    ] as const
    for (const [method, path] of routes) {
      const { status } = await app.call(method, path, {
        as: admin,
        body: method === 'POST' ? {} : undefined,
      })
      expect([path, [403, 404, 501].includes(status)]).toEqual([path, true])
    }
  })

  test('SEC-30 nobody gets everything at once, or asks for ever', async () => {
    const { body } = await app.call('GET', '/api/audit-log?limit=0&depth=0', { as: admin })
    expect(body['limit']).toBe(200)
    expect(
      (await app.call('GET', '/api/audit-log?limit=1000000000', { as: admin })).body['limit'],
    ).toBe(200)
    expect(
      (await app.call('GET', '/api/audit-log?pagination=false', { as: admin })).body.docs?.length,
    ).toBeLessThanOrEqual(200)
    expect((await app.call('GET', '/api/audit-log?page=1000000000', { as: admin })).status).toBe(
      400,
    )
    const terms = Array.from({ length: 150 }, (_, i) => `where[or][${i}][name][equals]=${i}`).join(
      '&',
    )
    expect((await app.call('GET', `/api/chargers?${terms}`, { as: admin })).status).toBe(400)
  })
})
