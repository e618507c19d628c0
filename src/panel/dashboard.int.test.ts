import { readFleetTakings } from '@/db/queries/fleetBoard'
import { readFleetUsage } from '@/db/queries/fleetUsage'
import type { Scope } from '@/domain/scope'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { makeNetwork, type Network } from '@/tests/helpers/network'

/** The dashboard's figures over rows as chargers leave them: two sites, each with one charger of one connector. */

const now = new Date('2026-11-24T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const everything: Scope = { kind: 'all' }

let database: TestDatabase
let network: Network
let siteA: Scope

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  siteA = { kind: 'some', regionIds: [], siteIds: [network.siteA], chargerIds: [] }
  const { chargerA, chargerB } = network
  // yesterday 21:00 to today 03:00: three hours in use on each of two days
  await session(chargerA, 15, 9, 30_000, 1_200)
  await session(chargerA, 2, 1, 5_000, 250)
  // a start that came to nothing, and one of a moment ago that has not failed yet
  await session(chargerB, 30, 29.9, 0, 0)
  await session(chargerB, 0.01, null, 0, null)
  await session(chargerB, 200, 199, 9_000, 400)
  await database.pool.query(
    `insert into commands (charger_id, action, payload, status, is_final, created_at)
     values ($1, 'RemoteStartTransaction', '{}', 'timeout', true, $2), ($1, 'Reset', '{}', 'failed', true, $2)`,
    [chargerB, hoursAgo(5)],
  )
  await database.pool.query(
    `update charger_states set last_proven_at = $2 where id = (select state_id from chargers where id = $1)`,
    [chargerA, hoursAgo(1)],
  )
  await database.pool.query(
    `update charger_states set last_proven_at = $2, status = 'Faulted' where id = (select state_id from chargers where id = $1)`,
    [chargerB, hoursAgo(199)],
  )
})

afterAll(() => database.close())

async function session(
  chargerId: number,
  from: number,
  to: number | null,
  energyWh: number,
  costMinor: number | null,
): Promise<void> {
  await database.pool.query(
    `insert into sessions (charger_id, connector_number, site_id, started_at, stopped_at, energy_wh, cost_minor, currency,
                           meter_start_wh, start_key, status)
     select $1, 1, site_id, $2, $3, $4, $5, 'GBP', 0, gen_random_uuid()::text, 'ended' from chargers where id = $1`,
    [chargerId, hoursAgo(from), to === null ? null : hoursAgo(to), energyWh, costMinor],
  )
}

const takings = (scope: Scope, seesMoney = true) =>
  readFleetTakings(database.pool, { chargers: scope, sessions: scope, seesMoney, now })
const usage = (scope: Scope) =>
  readFleetUsage(database.pool, { chargers: scope, sessions: scope, commands: scope, now })

test('a session over midnight is taken on the day it began and in use on both', async () => {
  const { days, connectors, todayShare, todayFrom } = await takings(siteA)
  expect(days).toHaveLength(30)
  expect(days.at(-2)).toEqual({
    day: '2026-11-23',
    energyWh: 30_000,
    sessions: 1,
    revenueMinor: 1_200,
    usedSeconds: 3 * 3_600,
  })
  expect(days.at(-1)).toMatchObject({ energyWh: 5_000, usedSeconds: 3 * 3_600 + 3_600 })
  expect(connectors).toBe(1)
  expect(todayShare).toBe(0.5)
  expect(new Date(todayFrom)).toEqual(new Date('2026-11-24T00:00:00Z'))
})

test('whoever sees no money is told none, on no day', async () => {
  const { days, currency, today } = await takings(everything, false)
  expect(days.every(({ revenueMinor }) => revenueMinor === 0)).toBe(true)
  expect([currency, today.revenue]).toEqual([null, []])
})

test('a start worked when energy flowed; a remote start that failed was one, a moment ago is none yet', async () => {
  const { starts, proven, worst, unproven } = await usage(everything)
  expect(starts).toEqual({ tried: 4, flowed: 2 })
  expect(proven).toMatchObject({ chargers: 1, of: 2 })
  expect(worst).toEqual([
    { id: network.siteB, name: 'Site B', chargers: 1, down: 1, tried: 2, flowed: 0 },
  ])
  expect(unproven.map(({ id }) => id)).toEqual([network.chargerB])
})

test('an operator of one site is told of nothing else', async () => {
  expect(await usage(siteA)).toMatchObject({
    starts: { tried: 2, flowed: 2 },
    proven: { chargers: 1, of: 1 },
    worst: [],
    unproven: [],
  })
})
