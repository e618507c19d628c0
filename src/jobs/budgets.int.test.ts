import { answerAuthorization } from '@/facts/answerAuthorization'
import { startApp, type App, type Person } from '@/tests/helpers/app'
import { countAndStop } from './definitions/watchBudgets'

/** What a card, a driver or a fleet may spend: counted from the sessions themselves, told once, stopped at the charger. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let site: number
let charger: number
let fleet: number
let driver: number
let card: number

/** Far ahead, so that what the database calls now lies before it. The month begins at 23:00 UTC and ends in winter time. */
const now = new Date('2099-10-28T12:00:00Z')

const make = async (slug: string, body: object, as = admin) =>
  app.call('POST', `/api/${slug}?depth=0`, { as, body })
const made = async (slug: string, body: object) => Number((await make(slug, body)).body.doc?.id)
const rowsOf = async <T extends object>(text: string, values: unknown[] = []) =>
  (await app.pool.query<T>(text, values)).rows

const count = (at = now) =>
  countAndStop(
    { pool: app.pool, now: () => at, log: { info: () => {}, warn: () => {} } as never },
    'https://cpms.example.com',
  )

async function charge(given: {
  startedAt: string
  costMinor: number
  energyWh?: number
  isRunning?: boolean
  currency?: string
}): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    `insert into sessions (public_id, charger_id, site_id, connector_number, card_id, driver_id, id_tag, status, started_at, stopped_at,
       energy_wh, cost_minor, tax_minor, currency, updated_at)
     values (md5(random()::text), $1, $2, 1, $3, $11, '04A2B3C4', $4, $5, $6, $7, $8, 0, $9, $10) returning id`,
    [
      charger,
      site,
      card,
      given.isRunning ? 'charging' : 'ended',
      given.startedAt,
      given.isRunning ? null : given.startedAt,
      given.energyWh ?? 10_000,
      given.costMinor,
      given.currency ?? 'GBP',
      now,
      driver,
    ],
  )
  return row!.id
}

const authorization = async () => {
  const [answer] = await answerAuthorization(
    {
      query: (_name: string, text: string, values: unknown[]) => app.pool.query(text, values),
    } as never,
    [
      {
        kind: 'AuthorizationAsked',
        chargerId: charger,
        idToken: '04a2b3c4',
        receivedAt: now,
      } as never,
    ],
    now,
  )
  return answer!.status
}
const stops = () =>
  rowsOf<{ n: number }>(
    `select count(*)::int n from commands where action = 'RemoteStopTransaction' and source = 'rule'`,
  ).then(([row]) => row!.n)
const mails = () =>
  rowsOf<{ to: string; subject: string }>(
    `select to_address "to", subject from telemetry.mails where key like 'budget/%' order by id`,
  )
const openAlerts = () =>
  rowsOf<{ title: string }>(
    `select title from alerts where kind = 'budget' and status <> 'resolved' order by id`,
  ).then((rows) => rows.map(({ title }) => title))

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  site = await made('sites', { name: 'Leeds Dock', timezone: 'Europe/London' })
  charger = await made('chargers', { name: 'Bay 3', identity: 'KP-0007', site })
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [site] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [site] },
  ])
  fleet = await made('fleets', { name: 'Parcel vans', contactEmail: 'fleet@example.test', site })
  driver = await made('drivers', { name: 'Amelia', email: 'amelia@example.test', fleet, site })
  card = await made('rfid-cards', { uid: '04A2B3C4', driver, site })
}, 60_000)

afterAll(() => app.close())

test('who may run the place may set a budget there, and a technician sees none', async () => {
  const body = {
    name: 'Parcel vans',
    fleet,
    period: 'month',
    measure: 'money',
    limitMinor: 1_000,
    warnAtPercent: 80,
    whenSpent: 'stop',
    site,
  }
  expect((await make('budgets', body, technician)).status).toBe(403)
  expect((await make('budgets', { ...body, site: null }, operator)).status).toBe(400)
  expect((await make('budgets', body, operator)).status).toBe(201)
  expect((await app.call('GET', '/api/budgets', { as: technician })).status).toBe(403)
})

test('what began before midnight of the first, by the clock of the settings, is of the month before', async () => {
  await charge({ startedAt: '2099-09-30T22:59:59Z', costMinor: 900 })
  await charge({ startedAt: '2099-09-30T23:00:00Z', costMinor: 100 })
  await charge({ startedAt: '2099-10-05T10:00:00Z', costMinor: 500, currency: 'EUR' })
  await count()
  expect(await rowsOf(`select used, period_end "end" from telemetry.budget_states`)).toEqual([
    { used: 100, end: new Date('2099-11-01T00:00:00Z') },
  ])
  expect(await mails()).toEqual([])
})

test('two charges of one fleet at once count together: a warning, then a stop for both, each told once', async () => {
  const one = await charge({ startedAt: '2099-10-28T11:00:00Z', costMinor: 300, isRunning: true })
  const two = await charge({ startedAt: '2099-10-28T11:01:00Z', costMinor: 400, isRunning: true })
  await Promise.all([count(), count(), count()])
  await count()
  expect(await mails()).toEqual([
    { to: 'fleet@example.test', subject: 'Budget nearly used up: Parcel vans' },
  ])
  expect(await openAlerts()).toEqual(['Budget nearly used up: Parcel vans'])
  expect(await stops()).toBe(0)
  expect(await authorization()).toBe('Accepted')
  await rowsOf('update sessions set cost_minor = cost_minor + 100 where id = any($1)', [[one, two]])
  await Promise.all([count(), count(), count()])
  await count()
  expect(await stops()).toBe(2)
  expect(await authorization()).toBe('Blocked')
  expect((await mails()).map(({ subject }) => subject)).toEqual([
    'Budget nearly used up: Parcel vans',
    'Budget used up: Parcel vans',
  ])
  expect(await openAlerts()).toEqual(['Budget used up: Parcel vans'])
  // a charger that does not follow is asked again, later
  await count(new Date(now.getTime() + 61_000))
  expect(await stops()).toBe(4)
})

test('a start with such a card is refused with the reason, and nothing is sent', async () => {
  const { status, body } = await app.call('POST', '/api/commands', {
    as: operator,
    body: { charger, action: 'RemoteStartTransaction', payload: { idTag: '04A2B3C4' } },
  })
  expect([status, body['code']]).toEqual([409, 'budget-spent'])
  expect(JSON.stringify(body)).toMatch(/used up until/)
})

test('a correction that gives money back opens the budget again', async () => {
  await rowsOf(
    `update sessions set stopped_at = started_at, status = 'ended', correction_minor = -200, updated_at = $1
      where stopped_at is null`,
    [now],
  )
  await count()
  expect(await authorization()).toBe('Accepted')
  expect(await openAlerts()).toEqual([])
  expect(await rowsOf('select from telemetry.spent_budgets')).toEqual([])
})

test('a budget in energy that only tells stops nobody, and names the driver', async () => {
  await made('budgets', {
    name: 'Amelia, weekly',
    driver,
    period: 'week',
    measure: 'energy',
    limitWh: 30_000,
    whenSpent: 'warn',
    warnAtPercent: null,
  })
  const before = await stops()
  await charge({
    startedAt: '2099-10-28T11:30:00Z',
    costMinor: 0,
    isRunning: true,
    energyWh: 10_000,
  })
  await count()
  expect((await mails()).at(-1)).toEqual({
    to: 'amelia@example.test',
    subject: 'Budget used up: Amelia, weekly',
  })
  expect(await stops()).toBe(before)
  expect(await authorization()).toBe('Accepted')
})

test('a new period begins with nothing used', async () => {
  await count(new Date('2099-11-02T09:00:00Z'))
  expect(
    await rowsOf(
      `select used from telemetry.budget_states where period_end > '2099-11-02T09:00:00Z' order by budget_id`,
    ),
  ).toEqual([{ used: 0 }, { used: 0 }])
  expect(await openAlerts()).toEqual([])
})
