import { startApp, type App, type Person } from '@/tests/helpers/app'
import { loadFleet } from './fleetPage'

/** M5: a fleet's usage is that of its drivers, its cards and its vehicles' cards, each session once, inside the scope. */
let app: App
let admin: Person
let operator: Person
let technician: Person
const at = { fleet: 0, leeds: 0, goole: 0 }
const id: Record<string, number> = {}

beforeAll(async () => {
  app = await startApp()
  const { payload, pool } = app
  at.leeds = (await payload.create({ collection: 'sites', data: { name: 'Leeds Dock' } })).id
  at.goole = (await payload.create({ collection: 'sites', data: { name: 'Goole Yard' } })).id
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [at.leeds] }])
  technician = await app.person('tom', [{ role: 'technician' }])
  at.fleet = (
    await payload.create({ collection: 'fleets', data: { name: 'Couriers', site: at.leeds } })
  ).id
  id.anna = (
    await payload.create({
      collection: 'drivers',
      data: {
        name: 'Anna',
        email: 'anna@example.test',
        status: 'active',
        fleet: at.fleet,
        site: at.leeds,
      },
    })
  ).id
  id.ben = (
    await payload.create({
      collection: 'drivers',
      data: { name: 'Ben', email: 'ben@example.test', status: 'active' },
    })
  ).id
  id.van = (
    await payload.create({
      collection: 'vehicles',
      data: { registration: 'VAN 1', fleet: at.fleet, site: at.leeds },
    })
  ).id
  const card = async (data: object) =>
    (
      await payload.create({
        collection: 'rfid-cards',
        data: { status: 'active', ...data } as never,
      })
    ).id
  id.annaCard = await card({ uid: '04AA0001', driver: id.anna, site: at.leeds })
  id.pool = await card({ uid: '04AA0002', fleet: at.fleet, site: at.leeds })
  id.vanCard = await card({ uid: '04AA0003', vehicle: id.van, site: at.leeds })
  id.benCard = await card({ uid: '04AA0004', driver: id.ben })
  for (const [name, site] of [
    ['CP-L', at.leeds],
    ['CP-G', at.goole],
  ] as const)
    id[name] = (
      await payload.create({
        collection: 'chargers',
        data: {
          identity: name,
          name,
          site,
          visibility: 'private',
          ...(name === 'CP-L' ? { approvedFleets: [at.fleet] } : {}),
        },
      })
    ).id
  const session = (
    charger: string,
    site: number,
    who: { card?: number; driver?: number },
    wh: number,
    cost: [number, string] | null,
    months = 0,
  ) =>
    pool.query(
      `insert into sessions (charger_id, site_id, card_id, driver_id, energy_wh, cost_minor, currency, started_at, updated_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, date_trunc('month', now() at time zone 'Europe/London') at time zone 'Europe/London'
               - make_interval(months => $8) + interval '1 second', now(), now())`,
      [
        id[charger],
        site,
        who.card ?? null,
        who.driver ?? null,
        wh,
        cost?.[0] ?? null,
        cost?.[1] ?? null,
        months,
      ],
    )
  await session('CP-L', at.leeds, { card: id.annaCard, driver: id.anna }, 10_000, [450, 'GBP'])
  await session('CP-L', at.leeds, { driver: id.anna }, 1_000, null)
  await session('CP-L', at.leeds, { card: id.pool }, 2_000, [100, 'GBP'])
  await session('CP-L', at.leeds, { card: id.vanCard }, 4_000, [200, 'EUR'])
  await session('CP-G', at.goole, { card: id.vanCard }, 8_000, [300, 'GBP'])
  await session('CP-L', at.leeds, { card: id.benCard, driver: id.ben }, 64_000, [9_999, 'GBP'])
  await session('CP-L', at.leeds, { card: id.pool }, 32_000, [777, 'GBP'], 1)
  await session('CP-L', at.leeds, { card: id.pool }, 99_000, [1, 'GBP'], 2)
})
afterAll(() => app.close())

const board = (person: Person) =>
  loadFleet({ payload: app.payload, user: { id: person.id, collection: 'users' } }, at.fleet)

test('this month and last: each session once, by driver or card, currencies apart', async () => {
  expect(await board(admin)).toMatchObject({
    thisMonth: {
      sessions: 5,
      energyWh: 25_000,
      costs: [
        { currency: 'GBP', costMinor: 850 },
        { currency: 'EUR', costMinor: 200 },
      ],
    },
    lastMonth: { sessions: 1, energyWh: 32_000, costs: [{ currency: 'GBP', costMinor: 777 }] },
    driverCount: 1,
    vehicleCount: 1,
    cardCount: 3,
    drivers: [{ name: 'Anna', usage: { sessions: 2, energyWh: 11_000 } }],
    vehicles: [{ registration: 'VAN 1', cards: 1, usage: { sessions: 2, energyWh: 12_000 } }],
    chargers: [{ name: 'CP-L', siteName: 'Leeds Dock' }],
  })
})

test('an operator sees what was used at his sites, and card numbers masked', async () => {
  const page = await board(operator)
  expect(page?.thisMonth).toMatchObject({ sessions: 4, energyWh: 17_000 })
  expect(page?.cards.map((card) => card.uid)).toEqual(['••••0001', '••••0002', '••••0003'])
  expect(page?.cards.map((card) => card.holder)).toEqual(['Anna', null, 'VAN 1'])
})

test('a technician sees no fleets; a stranger nothing', async () => {
  expect(await board(technician)).toBeNull()
  expect(await loadFleet({ payload: app.payload, user: null }, at.fleet)).toBeNull()
  const { status } = await app.call('GET', `/api/fleets/${at.fleet}`, { as: technician })
  expect(status).toBe(403)
})

test('fleets, vehicles and drivers are made at one’s own sites only', async () => {
  for (const [slug, data] of [
    ['fleets', { name: 'New' }],
    ['vehicles', { registration: 'NEW 1' }],
  ] as const) {
    const send = (site: number | undefined, as = operator) =>
      app.call('POST', `/api/${slug}`, { as, body: { ...data, site } })
    expect((await send(at.goole)).status).toBe(400)
    expect((await send(undefined)).status).toBe(400)
    expect((await send(at.leeds)).status).toBe(201)
    expect((await send(at.leeds, technician)).status).toBe(403)
  }
})

test('a fleet that is in use, or let into a private charger, is not deleted', async () => {
  const remove = (fleet: number) => app.call('DELETE', `/api/fleets/${fleet}`, { as: admin })
  expect(await remove(at.fleet)).toMatchObject({ status: 409 })
  const lone = (
    await app.payload.create({ collection: 'fleets', data: { name: 'Lone', site: at.leeds } })
  ).id
  await app.payload.update({
    collection: 'chargers',
    id: id['CP-G']!,
    data: { approvedFleets: [lone] },
  })
  const refused = await remove(lone)
  expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([
    409,
    expect.stringContaining('private charger lets this fleet in') as string,
  ])
  await app.payload.update({
    collection: 'chargers',
    id: id['CP-G']!,
    data: { approvedFleets: [] },
  })
  expect((await remove(lone)).status).toBe(200)
})
