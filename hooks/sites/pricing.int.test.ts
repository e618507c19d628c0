import { startApp, type App, type Person } from '@/tests/helpers/app'

/** What charging costs at a site (S3, FAQ "tariff per site"): one call, its own tariff, nothing changed elsewhere. */
let app: App
let admin: Person
let operator: Person
let technician: Person
const sites = { leeds: 0, goole: 0, other: 0 }

beforeAll(async () => {
  app = await startApp()
  for (const [key, name] of [
    ['leeds', 'Leeds Dock'],
    ['goole', 'Goole Yard'],
    ['other', 'Other'],
  ] as const)
    sites[key] = (await app.payload.create({ collection: 'sites', data: { name } })).id
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [
    { role: 'operator', scope: 'sites', sites: [sites.leeds, sites.goole] },
  ])
  technician = await app.person('tom', [{ role: 'technician' }])
})
afterAll(() => app.close())

const set = (site: number, body: object, as: Person | null = operator) =>
  app.call('POST', `/api/sites/${site}/pricing`, { as, body })
const priceOf = async (site: number) =>
  (
    await app.pool.query<{ id: number; name: string; energy: number | null; time: number | null }>(
      `select t.id, t.name, t.site_id, t.energy_rate_micros energy, t.time_rate_micros "time" from sites s
         join tariffs t on t.id = s.tariff_id where s.id = $1`,
      [site],
    )
  ).rows[0]

test('a site without a price gets a tariff of its own, and with it a version that sessions can be priced by', async () => {
  const { status, body } = await set(sites.leeds, { energyRateMicros: 450_000 })
  expect([status, body['isNew']]).toEqual([200, true])
  const price = await priceOf(sites.leeds)
  expect(price).toMatchObject({ name: 'Leeds Dock', site_id: sites.leeds, energy: 450_000 })
  const { rows } = await app.pool.query(
    'select 1 from telemetry.tariff_versions where tariff_id = $1',
    [price?.id],
  )
  expect(rows).toHaveLength(1)
})

test('its own tariff is changed in place', async () => {
  const before = await priceOf(sites.leeds)
  const { body } = await set(sites.leeds, { timeRateMicros: 50_000, energyRateMicros: null })
  expect(body['isNew']).toBe(false)
  expect(await priceOf(sites.leeds)).toMatchObject({ id: before?.id, energy: null, time: 50_000 })
})

test('a tariff that holds elsewhere too is left alone; the site gets its own', async () => {
  const shared = await priceOf(sites.leeds)
  await app.payload.update({
    collection: 'sites',
    id: sites.goole,
    data: { tariff: shared?.id },
  })
  const { body } = await set(sites.goole, { energyRateMicros: 300_000 })
  expect(body['isNew']).toBe(true)
  expect(await priceOf(sites.leeds)).toEqual(shared)
  expect(await priceOf(sites.goole)).toMatchObject({ name: 'Goole Yard', energy: 300_000 })
})

test('"everywhere" changes the shared one, where that is the caller’s to change', async () => {
  const shared = await priceOf(sites.leeds)
  await app.payload.update({ collection: 'sites', id: sites.goole, data: { tariff: shared?.id } })
  const { body } = await set(sites.goole, { energyRateMicros: 310_000, everywhere: true })
  expect(body['isNew']).toBe(false)
  expect([await priceOf(sites.leeds), await priceOf(sites.goole)]).toMatchObject([
    { id: shared?.id, energy: 310_000 },
    { id: shared?.id, energy: 310_000 },
  ])
  const standard = await app.payload.create({
    collection: 'tariffs',
    data: { name: 'Standard', currency: 'GBP', energyRateMicros: 400_000 },
  })
  await app.payload.update({ collection: 'sites', id: sites.goole, data: { tariff: standard.id } })
  expect((await set(sites.goole, { energyRateMicros: 1, everywhere: true })).status).toBe(404)
  expect(await priceOf(sites.goole)).toMatchObject({ id: standard.id, energy: 400_000 })
})

test.each<[string, () => Promise<{ status: number }>, number]>([
  ['no price at all', () => set(sites.leeds, { sessionFeeMinor: 100 }), 400],
  ['half a millionth', () => set(sites.leeds, { energyRateMicros: 0.5 }), 400],
  ['a price below nothing', () => set(sites.leeds, { energyRateMicros: -1 }), 400],
  [
    'a currency that is none',
    () => set(sites.leeds, { energyRateMicros: 1, currency: 'POUND' }),
    400,
  ],
  ['a site of others', () => set(sites.other, { energyRateMicros: 1 }), 404],
  ['a technician', () => set(sites.leeds, { energyRateMicros: 1 }, technician), 403],
  ['nobody', () => set(sites.leeds, { energyRateMicros: 1 }, null), 401],
  ['no such site', () => set(999_999, { energyRateMicros: 1 }, admin), 404],
])('%s is refused and changes nothing', async (_what, send, status) => {
  const before = await priceOf(sites.leeds)
  const { rows: tariffs } = await app.pool.query('select count(*) from tariffs')
  expect((await send()).status).toBe(status)
  expect(await priceOf(sites.leeds)).toEqual(before)
  expect((await app.pool.query('select count(*) from tariffs')).rows).toEqual(tariffs)
})
