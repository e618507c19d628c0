import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { startApp, type App, type Person } from '@/tests/helpers/app'

/** "What if" over real sessions, by the door of the tariff's form: nothing is written, and nobody sees further than before. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let tariff: number
let foreign: number
let here: number
let there: number

const fields = {
  name: 'Day and evening',
  currency: 'GBP',
  energyRateMicros: 450_000,
  taxBasisPoints: 2_000,
  taxIncluded: true,
  elements: [{ name: 'Peak', startTime: '17:00', endTime: '19:00', energyRateMicros: 790_000 }],
}

const make = async (slug: string, body: object) =>
  Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)

/** 16:30 to 17:30 with a reading at 17:00: half of it at each price. */
async function charge(given: {
  site: number
  charger: number
  daysAgo: number
  group?: number
}): Promise<number> {
  const day = new Date(Date.now() - given.daysAgo * 86_400_000).toISOString().slice(0, 10)
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into sessions (public_id, charger_id, site_id, connector_number, status, started_at, stopped_at, meter_start_wh,
       meter_stop_wh, energy_wh, tariff_version, price_source, currency, price_group_id)
     values (md5(random()::text), $1, $2, 1, 'ended', $3::date + time '16:30', $3::date + time '17:30', 0, 20000, 20000,
       (select max(id) from telemetry.tariff_versions where tariff_id = $4), 'site', 'GBP', $5) returning id`,
    [given.charger, given.site, day, tariff, given.group ?? null],
  )
  await app.pool.query(
    `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
     select $1::date + time '17:00', now(), $2, 1, $3, 1, 10000`,
    [day, given.charger, rows[0]!.id],
  )
  return rows[0]!.id
}

async function tried(as: Person | null, draft: object, months = 1, id = tariff) {
  const answer = await app.call('POST', `/api/tariffs/${id}/preview`, {
    as,
    body: { draft, months },
  })
  const text = String(answer.body['text'] ?? JSON.stringify(answer.body))
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { status: answer.status, lines, result: lines.at(-1)?.['result'] }
}

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  here = await make('sites', { name: 'Leeds Dock', timezone: 'UTC' })
  there = await make('sites', { name: 'Goole', timezone: 'UTC' })
  const chargerHere = await make('chargers', { name: 'Bay 3', identity: 'KP-0007', site: here })
  const chargerThere = await make('chargers', { name: 'Bay 4', identity: 'KP-0008', site: there })
  tariff = await make('tariffs', { ...fields, site: here })
  foreign = await make('tariffs', { ...fields, name: 'Goole', site: there })
  const group = await make('price-groups', {
    name: 'Staff',
    pricing: 'discount',
    discountBasisPoints: 1_000,
    sites: [here],
  })
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [here] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [here] },
  ])
  await charge({ site: here, charger: chargerHere, daysAgo: 3 })
  await charge({ site: here, charger: chargerHere, daysAgo: 4, group })
  await charge({ site: there, charger: chargerThere, daysAgo: 5 })
  await charge({ site: here, charger: chargerHere, daysAgo: 70 })
  await priceEndedSessions({
    pool: app.pool,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  } as never)
}, 60_000)

afterAll(() => app.close())

const versions = async () =>
  (await app.pool.query(`select tariff_id, sha256 from telemetry.tariff_versions order by id`)).rows

test('an unchanged draft changes nothing, to the penny, and nothing is written', async () => {
  const before = await versions()
  const { status, lines, result } = await tried(admin, fields)
  expect(status).toBe(200)
  expect(lines[0]).toEqual({ done: 0, total: 3 })
  // 10 kWh at 45 p and 10 kWh at 79 p
  expect(result).toMatchObject({
    sessions: 3,
    beforeMinor: 3 * 1_240,
    afterMinor: 3 * 1_240,
    cheaper: 0,
    dearer: 0,
    unpriced: 0,
    isPart: false,
    dearestEnergyMicros: 790_000,
    dearestPerKWhHundredths: 6_200,
  })
  expect(await versions()).toEqual(before)
})

test('a draft without other prices is tried as the form sends it, with their number in place of a list', async () => {
  const { status, result } = await tried(admin, { ...fields, elements: 0 })
  expect(status).toBe(200)
  expect(result).toMatchObject({ sessions: 3, beforeMinor: 3 * 1_240, afterMinor: 3 * 900 })
})

test('a dearer evening shows who pays more, by group', async () => {
  const draft = { ...fields, elements: [{ ...fields.elements[0], energyRateMicros: 890_000 }] }
  const { result } = await tried(admin, draft, 3)
  expect(result).toMatchObject({
    sessions: 4,
    beforeMinor: 4 * 1_240,
    afterMinor: 4 * 1_340,
    dearer: 4,
    groups: [
      { name: 'No price group', sessions: 3, beforeMinor: 3_720, afterMinor: 4_020 },
      { name: 'Staff', sessions: 1, beforeMinor: 1_240, afterMinor: 1_340 },
    ],
  })
})

test('an operator tries it on the own sessions, and another’s tariff is one that is not there', async () => {
  const { result } = await tried(operator, fields)
  expect(result).toMatchObject({ sessions: 2 })
  expect((await tried(operator, fields, 1, foreign)).status).toBe(404)
  expect((await tried(technician, fields)).status).toBe(404)
  expect((await tried(null, fields)).status).toBe(401)
})

test('a draft that cannot price is answered with what is wrong', async () => {
  const { status, lines } = await tried(admin, { ...fields, currency: 'pounds' })
  expect([status, lines[0]?.['member']]).toEqual([400, 'draft'])
  expect((await tried(admin, fields, 13)).status).toBe(400)
})
