import {
  giveGrant,
  makeCharger,
  makeNetwork,
  makePerson,
  type Network,
} from '@/tests/helpers/network'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { tomorrowAtNoon } from '@/tests/helpers/clock'
import { raiseWhatHappened, watchRegisters } from './definitions/raiseIncidents'
import type { JobContext } from './job'

/**
 * The engine by its own doors: lines of the outbox and the rows beside them, a clock that the test turns, several
 * workers. Guarantees: each line is heard once, whoever dies; alerts, what is remembered and how far was read commit
 * together; who may see an alert and wants mail of it gets one planned.
 */
let database: TestDatabase
let network: Network
let now: Date
let context: JobContext

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  now = tomorrowAtNoon()
  context = { pool: database.pool, now: () => now, log: { info: () => {}, warn: () => {} } }
  await raiseWhatHappened(context)
})
afterAll(() => database?.close())

const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))

async function tell(kind: string, charger: number, body: object, sessionId: number | null = null) {
  await database.pool.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select $1, $2, id, site_id, $4, $5 from chargers where id = $3`,
    [now, kind, charger, sessionId, JSON.stringify(body)],
  )
}

const status = (charger: number, word: string, errorCode = 'NoError', over = {}) =>
  tell('connector.status', charger, { connectorId: 1, status: word, errorCode, ...over })

type Row = {
  id: number
  key: string
  kind: string
  status: string
  severity: string
  count: number
  charger_id: number | null
  site_id: number
  auto_resolved: boolean
  steps: string
  evidence: string
}

async function alertsOf(charger: number): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(
    'select * from alerts where charger_id = $1 order by id',
    [charger],
  )
  return rows
}

async function heardNow(charger: number, connected = true) {
  await database.pool.query(
    `update charger_states set connected = $3, last_seen_at = $2
      where id = (select state_id from chargers where id = $1)`,
    [charger, now, connected],
  )
}

async function fresh(identity: string, site = network.siteA): Promise<number> {
  const charger = await makeCharger(database.pool, site, identity)
  await heardNow(charger)
  await raiseWhatHappened(context)
  return charger
}

test('a fault becomes an alert with its words, place and what was reported, and a line in the outbox', async () => {
  const charger = await fresh('INC-1')
  await status(charger, 'Faulted', 'HighTemperature', { info: 'T=91' })
  await raiseWhatHappened(context)
  const [alert] = await alertsOf(charger)
  expect(alert).toMatchObject({
    kind: 'overheating',
    status: 'open',
    severity: 'urgent',
    site_id: network.siteA,
    count: 1,
  })
  expect(JSON.parse(alert!.steps)).toEqual(expect.arrayContaining([expect.any(String)]))
  expect(JSON.parse(alert!.evidence)).toMatchObject({ errorCode: 'HighTemperature' })
  const { rows } = await database.pool.query(
    `select body from telemetry.events where kind = 'alert.changed' and charger_id = $1`,
    [charger],
  )
  expect(rows).toMatchObject([
    { body: { alertId: alert!.id, what: 'opened', kind: 'overheating' } },
  ])
})

test('ten workers hear a thousand flapping reports once each: one alert, counted right', async () => {
  const charger = await fresh('INC-2')
  for (let i = 0; i < 1_000; i++) {
    later(0.05)
    await status(charger, i % 2 ? 'Available' : 'Faulted', i % 2 ? 'NoError' : 'InternalError')
    if (i % 100 === 0) void raiseWhatHappened(context)
  }
  await Promise.all(Array.from({ length: 10 }, () => raiseWhatHappened(context)))
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ count: 500, status: 'open' }])
  later(120)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ status: 'resolved', auto_resolved: true }])
})

test('a worker that dies in the middle leaves nothing half done; the next one does it', async () => {
  const charger = await fresh('INC-3')
  await status(charger, 'Faulted', 'GroundFailure')
  const dying: JobContext = {
    ...context,
    pool: new Proxy(database.pool, {
      get(target, name) {
        if (name !== 'connect') return Reflect.get(target, name) as unknown
        return async () => {
          const client = await target.connect()
          return new Proxy(client, {
            get(inner, key) {
              if (key === 'query')
                return (text: unknown, values?: unknown[]) =>
                  typeof text === 'string' && text.includes('insert into alerts')
                    ? Promise.reject(new Error('died'))
                    : (inner.query as (...args: unknown[]) => unknown)(text, values)
              const value = Reflect.get(inner, key) as unknown
              return typeof value === 'function' ? (value.bind(inner) as unknown) : value
            },
          })
        }
      },
    }),
  }
  await expect(raiseWhatHappened(dying)).rejects.toThrow('died')
  expect(await alertsOf(charger)).toEqual([])
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ kind: 'ground', count: 1 }])
})

test('a line whose transaction commits after a later one is heard all the same', async () => {
  const charger = await fresh('INC-4')
  const slow = await database.pool.connect()
  await slow.query('begin')
  await slow.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, body) values ($1, 'connector.status', $2, $3, $4)`,
    [
      now,
      charger,
      network.siteA,
      JSON.stringify({ connectorId: 1, status: 'Faulted', errorCode: 'PowerSwitchFailure' }),
    ],
  )
  await tell('charger.booted', charger, { vendor: 'V', model: 'M' })
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toEqual([])
  await slow.query('commit')
  slow.release()
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ kind: 'fault', severity: 'urgent' }])
})

test('a charger that stays away is offline after the time of the settings, and no more when it is back', async () => {
  const charger = await fresh('INC-5')
  await tell('charger.connected', charger, { connectionId: 10 })
  await tell('charger.disconnected', charger, { connectionId: 10, reason: '1006' })
  await heardNow(charger, false)
  later(70)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toEqual([])
  later(5)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ kind: 'offline', status: 'open' }])
  await tell('charger.connected', charger, { connectionId: 11 })
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ status: 'resolved', auto_resolved: true }])
})

test('a return that stands further back in the outbox is seen before anybody is called offline', async () => {
  const charger = await fresh('INC-6')
  const other = await fresh('INC-6b', network.siteB)
  await tell('charger.connected', charger, { connectionId: 20 })
  await heardNow(charger)
  await tell('charger.disconnected', charger, { connectionId: 20, reason: '1006' })
  for (let i = 0; i < 900; i++) await status(other, i % 2 ? 'Available' : 'Preparing')
  later(30)
  await tell('charger.connected', charger, { connectionId: 21 })
  later(3_600)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toEqual([])
})

test('two chargers of a site that go dark are one alert of the site', async () => {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into sites (name, timezone) values ('Dark site', 'Europe/London') returning id`,
  )
  const site = rows[0]!.id
  const [one, two] = [await fresh('INC-7', site), await fresh('INC-8', site)]
  for (const charger of [one, two]) {
    await tell('charger.connected', charger, { connectionId: 30 })
    await tell('charger.disconnected', charger, { connectionId: 30, reason: '1006' })
    await heardNow(charger, false)
  }
  later(200)
  await raiseWhatHappened(context)
  const { rows: alerts } = await database.pool.query<Row>(
    'select * from alerts where site_id = $1',
    [site],
  )
  expect(alerts).toMatchObject([{ kind: 'site-power-lost', charger_id: null, status: 'open' }])
  expect(JSON.parse(alerts[0]!.evidence)).toMatchObject({ chargers: [one, two] })
})

test('a new charger that nobody connects is told of after a day', async () => {
  const { rows } = await database.pool.query<{ id: number }>(
    `with st as (insert into charger_states (status) values ('NeverConnected') returning id)
     insert into chargers (state_id, name, identity, site_id, created_at)
     select id, 'Never', 'INC-NEVER', $1, $2 from st returning id`,
    [network.siteA, now],
  )
  const charger = rows[0]!.id
  await raiseWhatHappened(context)
  later(86_300)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toEqual([])
  later(200)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ kind: 'never-connected', severity: 'notice' }])
})

test('sessions: starts that fail, readings that do not fit, a meter that stands still', async () => {
  const charger = await fresh('INC-9')
  const session = async (energyWh: number | null, tag: string, isRunning = false) => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into sessions (status, charger_id, connector_number, site_id, started_at, stopped_at, id_tag,
         meter_start_wh, energy_wh, start_key)
       values ($1, $2, 1, $3, $4, $5, $6, 0, $7, gen_random_uuid()::text) returning id`,
      [
        isRunning ? 'charging' : 'ended',
        charger,
        network.siteA,
        now,
        isRunning ? null : now,
        tag,
        energyWh,
      ],
    )
    later(60)
    return rows[0]!.id
  }
  const priced = (id: number, energyWh: number, isEnergyInDoubt = false) =>
    tell(
      'session.priced',
      charger,
      { status: 'ended', energyWh, connectorId: 1, isEnergyInDoubt },
      id,
    )
  for (const [energyWh, tag] of [
    [9000, 'A'],
    [0, 'A'],
    [10, 'B'],
  ] as const)
    await priced(await session(energyWh, tag), energyWh)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toEqual([])
  const failed = await session(0, 'C')
  await priced(failed, 0)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ kind: 'starts-fail', status: 'open' }])
  expect((await alertsOf(charger))[0]!.evidence).not.toMatch(/"[ABC]"/)
  await priced(await session(5000, 'A'), 5000, true)
  await priced(await session(5000, 'A'), 5000, true)
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([
    { kind: 'starts-fail', status: 'resolved' },
    { kind: 'meter-implausible', status: 'open' },
  ])

  await database.pool.query(
    `update connector_states set status = 'Charging' where id =
       (select state_id from connectors where charger_id = $1 and connector_id = 1)`,
    [charger],
  )
  await status(charger, 'Charging')
  const running = await session(3000, 'A', true)
  const sample = (energyWh: number) =>
    database.pool.query(
      `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
       values ($1, $1, $2, 1, $3, 1, $4)`,
      [now, charger, running, energyWh],
    )
  for (const energyWh of [1000, 2000, 3000, 3000]) {
    await sample(energyWh)
    later(300)
  }
  await raiseWhatHappened(context)
  await watchRegisters.run(context)
  expect((await alertsOf(charger)).map((row) => row.kind)).not.toContain('no-energy')
  for (let i = 0; i < 3; i++) {
    await sample(3000)
    later(300)
    await watchRegisters.run(context)
  }
  expect((await alertsOf(charger)).filter((row) => row.kind === 'no-energy')).toMatchObject([
    { status: 'open', count: 1 },
  ])
  await sample(3500)
  await watchRegisters.run(context)
  expect((await alertsOf(charger)).filter((row) => row.kind === 'no-energy')).toMatchObject([
    { status: 'resolved', auto_resolved: true },
  ])
})

test('what a person closed or took on is not undone by a repeat', async () => {
  const charger = await fresh('INC-10')
  await status(charger, 'Faulted', 'ReaderFailure')
  await raiseWhatHappened(context)
  await database.pool.query(
    `update alerts set status = 'acknowledged', acknowledged_at = $2 where charger_id = $1`,
    [charger, now],
  )
  later(1)
  await status(charger, 'Available')
  await status(charger, 'Faulted', 'ReaderFailure')
  await raiseWhatHappened(context)
  expect(await alertsOf(charger)).toMatchObject([{ status: 'acknowledged', count: 2 }])
})

describe('who is told by mail', () => {
  async function wish(userId: number, over: Record<string, unknown>) {
    const wishes: Record<string, unknown> = {
      bell: true,
      email: true,
      min_severity: 'fault',
      timezone: 'UTC',
      ...over,
    }
    const names = Object.keys(wishes)
    await database.pool.query(
      `insert into notification_preferences (user_id, ${names.join()}) values ($1, ${names.map((_, i) => `$${i + 2}`).join()})`,
      [userId, ...Object.values(wishes)],
    )
  }
  const person = async (grant: Parameters<typeof makePerson>[2]) =>
    (await makePerson(database.pool, 'x'.repeat(32), grant)).userId

  test('those in whose scope it is, as they wish, each once', async () => {
    const inside = await person({ role: 'operator', sites: [network.siteA] })
    const outside = await person({ role: 'operator', sites: [network.siteB] })
    const admin = await person({ role: 'super-admin' })
    const quiet = await person({ role: 'technician', sites: [network.siteA] })
    const never = await person({ role: 'technician', sites: [network.siteA] })
    const urgentOnly = await person({ role: 'technician', sites: [network.siteA] })
    const owner = await person({ role: 'site-owner', sites: [network.siteA] })
    const nobody = await person(null)
    const former = await person(null)
    const grant = await giveGrant(database.pool, former, {
      role: 'operator',
      sites: [network.siteA],
    })
    await database.pool.query('update grants set until = $2 where id = $1', [grant, now])
    await wish(quiet, { quiet_from: '00:00', quiet_until: '23:59' })
    await wish(never, { email: false })
    await wish(urgentOnly, { min_severity: 'urgent' })
    const charger = await fresh('INC-11')
    later(1)
    await status(charger, 'Faulted', 'InternalError')
    await raiseWhatHappened(context)
    const [alert] = await alertsOf(charger)
    const { rows } = await database.pool.query<{ user_id: number; due_at: Date }>(
      'select user_id, due_at from telemetry.alert_mails where alert_id = $1 order by user_id',
      [alert!.id],
    )
    expect(rows.map((row) => row.user_id)).toEqual([inside, admin, quiet])
    expect(rows[0]!.due_at).toEqual(now)
    expect(rows[2]!.due_at.toISOString()).toMatch(/T23:59:00/)
    for (const id of [outside, never, urgentOnly, owner, nobody, former])
      expect(rows.map((row) => row.user_id)).not.toContain(id)
  })
})
