import { createHash, randomBytes } from 'node:crypto'
import { openShare } from '@/db/queries/shareLinks'
import { issueStatements } from '@/jobs/definitions/issueStatements'
import { closePdf } from '#reports/render/pdf'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { demoChargers, demoSites } from './demoNetwork'
import { writeDemo } from './demoWrite'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(
    `insert into users (email, name) values ('first@cita.example', 'First')`,
  )
})
afterAll(() => database?.close())

const one = async <T>(statement: string): Promise<T> =>
  (await database.pool.query(statement)).rows[0] as T

const write = () =>
  writeDemo(database.pool, {
    passwordOf: (identity) => `password-of-${identity}`,
    chargerKey: randomBytes(32),
    now: new Date(),
    say: () => {},
  })

test('the demo network is written once, with ninety days of sessions that their ledger explains', async () => {
  const written = await write()
  expect(written!.sessions).toBeGreaterThan(5_000)
  const session = await one<Record<string, number>>(
    `select count(*)::int as sessions, sum(energy_wh) as energy, sum(cost_minor) as cost,
            count(*) filter (where priced_at is null or stopped_at is null)::int as unpriced,
            count(*) filter (where energy_wh <> meter_stop_wh - meter_start_wh)::int as odd,
            (extract(epoch from max(stopped_at) - min(started_at)) / 86400)::int as days from sessions`,
  )
  expect(session).toMatchObject({
    sessions: written!.sessions,
    energy: written!.energyWh,
    cost: written!.costMinor,
    unpriced: 0,
    odd: 0,
  })
  expect(session.days).toBeGreaterThan(85)
  const ledger = await one<{ paid: number }>(
    'select sum(amount_minor + tax_minor) as paid from telemetry.ledger_lines',
  )
  expect(ledger.paid).toBe(written!.costMinor)
  expect(await one('select count(*)::int as sites from sites')).toEqual({ sites: demoSites.length })
  expect(await one('select count(*)::int as chargers from chargers')).toEqual({
    chargers: demoChargers.length,
  })
})

test('there is something to look after: open and closed alerts, tickets with answers', async () => {
  expect(
    await one(
      `select count(*) filter (where status = 'resolved')::int as closed, count(*) filter (where status <> 'resolved')::int as open,
              (select count(*)::int from tickets) as tickets from alerts`,
    ),
  ).toEqual({ closed: 46, open: 1, tickets: 3 })
})

test('no screen of the money is empty: groups with members, fleets, budgets, schedules, a shared paper, an exempt time', async () => {
  expect(
    await one(
      `select (select count(distinct price_group_id) from drivers where price_group_id is not null)::int as groups,
              (select count(distinct price_source) from sessions where price_source like 'group-%')::int as "waysToPay",
              (select count(*) from rfid_cards c join vehicles v on v.id = c.vehicle_id where v.fleet_id is not null)::int as "fleetCards",
              (select count(*) from budgets where coalesce(limit_minor, limit_wh) > 0)::int as budgets,
              (select count(*) from report_schedules)::int as schedules,
              (select count(*) from share_links)::int as links,
              (select count(*) from corrections where amount_minor + tax_minor = -500)::int as corrections,
              (select count(*) from exempt_periods)::int as "exemptPeriods"`,
    ),
  ).toEqual({
    groups: 3,
    waysToPay: 3,
    fleetCards: 6,
    budgets: 2,
    schedules: 3,
    links: 1,
    corrections: 1,
    exemptPeriods: 1,
  })
})

test('the worker makes the papers of the past periods, and the shared one opens', async () => {
  const log = {
    info: () => {},
    warn: ({ err }: object & { err?: unknown }) => void failures.push(err),
  }
  const failures: unknown[] = []
  await issueStatements('https://cpms.example.test').run({
    pool: database.pool,
    now: () => new Date(),
    log,
  } as never)
  closePdf()
  expect(failures).toEqual([])
  const made = await one<{ issued: number; waiting: number; energy: number }>(
    `select count(*) filter (where status = 'issued')::int as issued, count(*) filter (where status <> 'issued')::int as waiting,
            sum(energy_wh)::float8 as energy from statements`,
  )
  expect(made.waiting).toBe(0)
  expect(made.issued).toBeGreaterThanOrEqual(4)
  expect(made.energy).toBeGreaterThan(0)
  const key = createHash('sha256').update('password-of-shared report').digest('hex')
  const shared = await openShare(database.pool, key, new Date())
  expect(shared!.files.map(({ format }) => format)).toEqual(['pdf', 'xlsx'])
})

test('no two sessions of a connector overlap, and its meter never goes back', async () => {
  const { wrong } = await one<{ wrong: number }>(
    `select count(*)::int as wrong from (
       select started_at, meter_start_wh, lag(stopped_at) over connector as before,
              lag(meter_stop_wh) over connector as was
         from sessions window connector as (partition by connector_id order by started_at)) s
      where started_at < before or meter_start_wh < was`,
  )
  expect(wrong).toBe(0)
})

test('asked for again, nothing is added', async () => {
  const before = await one('select count(*)::int as sessions from sessions')
  expect(await write()).toBeNull()
  expect(await one('select count(*)::int as sessions from sessions')).toEqual(before)
})
