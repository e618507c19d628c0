import { randomBytes } from 'node:crypto'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { demoChargers, demoSites } from './demoNetwork'
import { writeDemo } from './demoWrite'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
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
