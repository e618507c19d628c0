import { csvText } from '@/domain/csv'
import { startApp, type App, type Person } from '@/tests/helpers/app'

/** Cards as people add them: one by one with their holder, and from a file (M4). */
let app: App
let admin: Person
let operator: Person
let technician: Person
const sites = { leeds: 0, goole: 0 }

beforeAll(async () => {
  app = await startApp()
  for (const [key, name] of [
    ['leeds', 'Leeds Dock'],
    ['goole', 'Goole Yard'],
  ] as const)
    sites[key] = (await app.payload.create({ collection: 'sites', data: { name } })).id
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [sites.leeds] }])
  technician = await app.person('tom', [
    { role: 'technician', scope: 'sites', sites: [sites.leeds] },
  ])
})
afterAll(() => app.close())

const rows = async (text: string, values: unknown[] = []) =>
  (await app.pool.query<Record<string, unknown>>(text, values)).rows
const add = (body: object, as: Person = admin) =>
  app.call('POST', '/api/rfid-cards?depth=0', { as, body })
const errorAt = (answer: Awaited<ReturnType<typeof add>>) =>
  answer.body.errors?.[0]?.data?.errors?.[0]
const importFile = (csv: string, as: Person | null = admin, query = '') =>
  app.call('POST', `/api/rfid-cards/import${query}`, {
    as,
    raw: csv,
    headers: { 'Content-Type': 'text/csv' },
  })

describe('Add Card', () => {
  test('with a new user: both are there, belong together and are in the audit log', async () => {
    const answer = await add({
      uid: '04:a2:b3:01',
      newDriver: { name: 'Anna Hill', email: 'anna@example.test', phone: '+44 20 7946 0000' },
    })
    expect(answer.status).toBe(201)
    expect(answer.body.doc).not.toHaveProperty('newDriver')
    expect(answer.body.doc).not.toHaveProperty('holder')
    expect(
      await rows(
        `select c.uid, d.name, d.email, d.phone, d.status::text, length(d.public_id) id from rfid_cards c join drivers d on d.id = c.driver_id
          where c.id = $1`,
        [answer.body.doc?.['id']],
      ),
    ).toEqual([
      {
        uid: '04A2B301',
        name: 'Anna Hill',
        email: 'anna@example.test',
        phone: '+44 20 7946 0000',
        status: 'active',
        id: 32,
      },
    ])
    expect(
      await rows(
        `select resource, action, actor from audit_log where resource in ('drivers', 'rfid-cards') order by id`,
      ),
    ).toEqual([
      { resource: 'drivers', action: 'create', actor: 'admin' },
      { resource: 'rfid-cards', action: 'create', actor: 'admin' },
    ])
  })

  test('for an existing user', async () => {
    const [anna] = await rows(`select id from drivers where email = 'anna@example.test'`)
    const { status, body } = await add({ uid: '04A2B302', driver: anna!['id'] })
    expect([status, body.doc?.['driver']]).toEqual([201, anna!['id']])
  })

  test.each([
    [
      'an address that is taken',
      { name: 'Other', email: 'anna@example.test' },
      'newDriver.email',
      'existing user',
    ],
    ['no name', { email: 'x@example.test' }, 'newDriver.name', ''],
    ['no address', { name: 'X' }, 'newDriver.email', ''],
    ['an address that is none', { name: 'X', email: 'nonsense' }, 'newDriver.email', ''],
  ])(
    '%s is said at its field, and no card is left behind',
    async (_what, newDriver, path, word) => {
      const answer = await add({ uid: '04FFFF01', newDriver })
      expect([answer.status, errorAt(answer)?.path]).toEqual([400, path])
      expect(errorAt(answer)?.message).toContain(word)
      expect(await rows(`select 1 from rfid_cards where uid = '04FFFF01'`)).toEqual([])
    },
  )

  test('a card number that is taken leaves no new user behind', async () => {
    const answer = await add({
      uid: '04A2B301',
      newDriver: { name: 'Nobody', email: 'nobody@example.test' },
    })
    expect(answer.status).toBe(400)
    expect(await rows(`select 1 from drivers where email = 'nobody@example.test'`)).toEqual([])
  })

  test('an operator’s new user stands at the site of the card; without a site he gets neither', async () => {
    const body = { uid: '04B0B001', newDriver: { name: 'Bea', email: 'bea@example.test' } }
    const refused = await add(body, operator)
    expect([refused.status, errorAt(refused)?.path]).toEqual([400, 'site'])
    expect((await add({ ...body, site: sites.leeds }, operator)).status).toBe(201)
    expect(await rows(`select site_id from drivers where email = 'bea@example.test'`)).toEqual([
      { site_id: sites.leeds },
    ])
    expect(await rows(`select 1 from drivers where email = 'bea@example.test'`)).toHaveLength(1)
  })

  test('a technician adds neither', async () => {
    const answer = await add(
      { uid: '04B0B002', newDriver: { name: 'X', email: 'x2@example.test' } },
      technician,
    )
    expect(answer.status).toBe(403)
  })

  test('later, newDriver changes nothing', async () => {
    const [card] = await rows(`select id, driver_id from rfid_cards where uid = '04A2B301'`)
    await app.call('PATCH', `/api/rfid-cards/${String(card!['id'])}`, {
      as: admin,
      body: { newDriver: { name: 'Y', email: 'y@example.test' }, holder: 'new' },
    })
    expect(await rows(`select id, driver_id from rfid_cards where uid = '04A2B301'`)).toEqual([
      card,
    ])
    expect(await rows(`select 1 from drivers where email = 'y@example.test'`)).toEqual([])
  })
})

describe('block and lost', () => {
  test('the chargers that know the card are asked to forget it where their memory is kept in step, others are not', async () => {
    await app.pool.query('update sites set keep_local_lists = true')
    const [card] = await rows(`select id from rfid_cards where uid = '04A2B301'`)
    const chargers: number[] = []
    for (const identity of ['KNOWS', 'KNOWS-NOT', 'KNOWS-OFFLINE'])
      chargers.push(
        (
          await app.payload.create({
            collection: 'chargers',
            data: { identity, name: identity, site: sites.leeds, visibility: 'private' },
          })
        ).id,
      )
    await app.pool.query(
      `insert into telemetry.connections (charger_id, connection_id, instance, connected_at, disconnected_at)
       values ($1, 1, 'x', now(), null), ($2, 2, 'x', now(), null), ($3, 3, 'x', now(), now())`,
      chargers,
    )
    await app.pool.query(`update charger_states set registration_status = 'Accepted'`)
    await app.pool.query(
      `insert into sessions (charger_id, site_id, card_id, started_at, updated_at, created_at)
       values ($1, $3, $4, now() - interval '1 day', now(), now()), ($2, $3, $4, now() - interval '1 day', now(), now())`,
      [chargers[0], chargers[2], sites.leeds, card!['id']],
    )
    const { status } = await app.call('PATCH', `/api/rfid-cards/${String(card!['id'])}`, {
      as: admin,
      body: { status: 'lost' },
    })
    expect(status).toBe(200)
    expect(await rows('select charger_id, action, source from commands')).toEqual([
      { charger_id: chargers[0], action: 'ClearCache', source: 'rule' },
    ])
    await app.call('PATCH', `/api/rfid-cards/${String(card!['id'])}`, {
      as: admin,
      body: { status: 'active' },
    })
    expect(await rows('select 1 from commands')).toHaveLength(1)
  })

  test('a driver who is suspended takes his cards out of the caches too, once', async () => {
    const [card] = await rows(`select id, driver_id from rfid_cards where uid = '04A2B301'`)
    await app.pool.query('delete from commands')
    const suspend = (status: string) =>
      app.call('PATCH', `/api/drivers/${String(card!['driver_id'])}`, {
        as: admin,
        body: { status },
      })
    expect((await suspend('suspended')).status).toBe(200)
    await suspend('suspended')
    expect(await rows('select action, source from commands')).toEqual([
      { action: 'ClearCache', source: 'rule' },
    ])
    await suspend('active')
    expect(await rows('select 1 from commands')).toHaveLength(1)
  })
})

describe('a start with a card whose number is not shown', () => {
  const start = (as: Person, card: unknown, payload: object = { connectorId: 1 }) =>
    app.call('POST', '/api/commands', {
      as,
      body: { charger: 'KNOWS', action: 'RemoteStartTransaction', payload, card },
    })
  const made = async (uid: string, site: number) =>
    Number((await add({ uid, site, status: 'active' })).body.doc?.['id'])

  test('the card stands in for its number; the charger is told the number', async () => {
    const id = await made('04FACADE01', sites.leeds)
    const answer = await start(operator, id)
    expect(answer.status).toBe(201)
    expect(
      await rows('select id_tag, payload from commands where id = $1', [answer.body.doc?.['id']]),
    ).toEqual([{ id_tag: '04FACADE01', payload: '{"connectorId":1,"idTag":"04FACADE01"}' }])
  })

  test('a card of another site, one that is blocked and one that is none are all the same', async () => {
    const foreign = await made('04FACADE02', sites.goole)
    const blocked = await made('04FACADE03', sites.leeds)
    await app.call('PATCH', `/api/rfid-cards/${blocked}`, {
      as: admin,
      body: { status: 'blocked' },
    })
    const answers = await Promise.all(
      [foreign, blocked, 999_999, 'x', 1.5].map((card) => start(operator, card)),
    )
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
    expect(new Set(answers.map(({ body }) => body['detail'])).size).toBe(1)
  })

  test('a technician, who sees no cards, cannot try numbers by it', async () => {
    expect((await start(technician, await made('04FACADE05', sites.leeds))).status).toBe(400)
  })

  test('beside a number, or for another command, it is refused', async () => {
    const id = await made('04FACADE04', sites.leeds)
    expect((await start(admin, id, { connectorId: 1, idTag: 'X' })).status).toBe(400)
    const reset = await app.call('POST', '/api/commands', {
      as: admin,
      body: { charger: 'KNOWS', action: 'Reset', payload: { type: 'Soft' }, card: id },
    })
    expect(reset.status).toBe(400)
  })
})

describe('a file of cards', () => {
  test('each line is reported: created, updated, skipped with its reason', async () => {
    await app.payload.create({ collection: 'fleets', data: { name: 'Couriers' } })
    await app.payload.create({ collection: 'vehicles', data: { registration: 'AB12 CDE' } })
    const csv = [
      'UID;Label;Status;Driver email;Driver name;Fleet;Vehicle;Site',
      '04C0 0001;Blue 1;;carl@example.test;Carl;couriers;;',
      '04C00002;Blue 2;blocked;carl@example.test;;;ab12cde;Leeds Dock',
      '04A2B301;Anna’s;;;;;;',
      '04A2B302;;;;;;;',
      '04C00001;again;;;;;;',
      '04C00003;;;;;Nobody;;',
      '1,2E+13;;;;;;;',
    ].join('\r\n')
    const look = await importFile(csv, admin, '?dryRun=true')
    expect(await rows(`select 1 from rfid_cards where uid like '04C0%'`)).toEqual([])
    const { status, body } = await importFile(csv)
    expect(status).toBe(200)
    expect({ ...body, dryRun: true }).toEqual(look.body)
    expect(body).toEqual({
      created: 2,
      updated: 1,
      skipped: 4,
      newDrivers: 1,
      dryRun: false,
      lines: [
        { line: 2, uid: '04C00001', outcome: 'created', reason: 'with the new driver Carl' },
        { line: 3, uid: '04C00002', outcome: 'created', reason: null },
        { line: 4, uid: '04A2B301', outcome: 'updated', reason: null },
        { line: 5, uid: '04A2B302', outcome: 'skipped', reason: 'Nothing to change.' },
        { line: 6, uid: '04C00001', outcome: 'skipped', reason: 'The same card stands in line 2.' },
        {
          line: 7,
          uid: '04C00003',
          outcome: 'skipped',
          reason: 'There is no fleet "Nobody". Add it first, under Fleets.',
        },
        {
          line: 8,
          uid: '1,2E+13',
          outcome: 'skipped',
          reason: expect.stringContaining('power of ten') as string,
        },
      ],
    })
    expect(
      await rows(
        `select c.uid, c.label, c.status::text, d.name driver, f.name fleet, v.registration vehicle, s.name site
           from rfid_cards c left join drivers d on d.id = c.driver_id left join fleets f on f.id = c.fleet_id
           left join vehicles v on v.id = c.vehicle_id left join sites s on s.id = c.site_id
          where c.uid like '04C0%' or c.uid = '04A2B301' order by c.uid`,
      ),
    ).toEqual([
      {
        uid: '04A2B301',
        label: 'Anna’s',
        status: 'active',
        driver: 'Anna Hill',
        fleet: null,
        vehicle: null,
        site: null,
      },
      {
        uid: '04C00001',
        label: 'Blue 1',
        status: 'active',
        driver: 'Carl',
        fleet: 'Couriers',
        vehicle: null,
        site: null,
      },
      {
        uid: '04C00002',
        label: 'Blue 2',
        status: 'blocked',
        driver: 'Carl',
        fleet: null,
        vehicle: 'AB12 CDE',
        site: 'Leeds Dock',
      },
    ])
    expect(
      await rows(
        `select action, resource, count(*)::int from audit_log where reason = 'card import' or action = 'import'
          group by 1, 2 order by 1, 2`,
      ),
    ).toEqual([
      { action: 'create', resource: 'drivers', count: 1 },
      { action: 'create', resource: 'rfid-cards', count: 2 },
      { action: 'import', resource: 'rfid-cards', count: 1 },
      { action: 'update', resource: 'rfid-cards', count: 1 },
    ])
  })

  test('an operator imports to his own site, and changes no card of another', async () => {
    await app.payload.create({
      collection: 'rfid-cards',
      data: { uid: '04D00009', status: 'active', site: sites.goole },
    })
    const csv =
      'uid,status,site\n04D00001,,\n04D00002,,Goole Yard\n04D00009,lost,\n04D00003,,Leeds Dock'
    const { body } = await importFile(csv, operator)
    expect(
      (body['lines'] as { outcome: string; reason: string | null }[]).map((l) => l.reason),
    ).toEqual([
      null,
      'There is no site "Goole Yard" among those you run.',
      'This card exists and is not yours to change.',
      null,
    ])
    expect(
      await rows(
        `select uid, status::text, site_id from rfid_cards where uid like '04D%' order by uid`,
      ),
    ).toEqual([
      { uid: '04D00001', status: 'active', site_id: sites.leeds },
      { uid: '04D00003', status: 'active', site_id: sites.leeds },
      { uid: '04D00009', status: 'active', site_id: sites.goole },
    ])
    expect((await importFile(csv, operator, `?site=${sites.goole}`)).status).toBe(400)
  })

  test('a driver out of sight is neither taken nor made again', async () => {
    await app.payload.create({
      collection: 'drivers',
      data: { name: 'Gus', email: 'gus@example.test', status: 'active', site: sites.goole },
    })
    const { body } = await importFile('uid,email,name\n04D00011,Gus@example.test,Gus', operator)
    expect(body['skipped']).toBe(1)
    expect(
      await rows(`select 1 from drivers where lower(email) = 'gus@example.test'`),
    ).toHaveLength(1)
  })

  test.each([
    ['nobody signed in', () => importFile('uid\n04E00001', null), 401],
    ['a technician', () => importFile('uid\n04E00001', technician), 403],
    ['no columns', () => importFile('04E00001\n04E00002'), 400],
    [
      'another kind of body',
      () => app.call('POST', '/api/rfid-cards/import', { as: admin, body: { uid: '04E00001' } }),
      415,
    ],
    [
      'a form',
      () =>
        app.call('POST', '/api/rfid-cards/import', {
          as: admin,
          raw: 'uid\n04E00001',
          headers: { 'Content-Type': 'text/plain' },
        }),
      415,
    ],
  ])('%s imports nothing', async (_what, send, status) => {
    expect((await send()).status).toBe(status)
    expect(await rows(`select 1 from rfid_cards where uid = '04E00001'`)).toEqual([])
  })

  test('10,000 lines are in within a few seconds, and what looks like a formula is kept as text', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => [
      `04F${String(i).padStart(6, '0')}`,
      i === 0 ? '=1+1' : `Card ${i}`,
      `fleet${i % 500}@example.test`,
      `Driver ${i % 500}`,
    ])
    const csv = csvText([['uid', 'label', 'driver_email', 'driver_name'], ...lines])
    expect(csv).toContain("'=1+1")
    const begun = performance.now()
    const { status, body } = await importFile(csv)
    expect([status, body['created'], body['newDrivers']]).toEqual([200, 10_000, 500])
    expect(performance.now() - begun).toBeLessThan(8_000)
    expect(await rows(`select label from rfid_cards where uid = '04F000000'`)).toEqual([
      { label: '=1+1' },
    ])
    const again = await importFile(csv)
    expect(again.body['skipped']).toBe(10_000)
  })
})
