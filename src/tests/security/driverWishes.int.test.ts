import { randomUUID } from 'node:crypto'

import { testDatabase, type TestDatabase } from '../helpers/db'
import { startDriverApp, type DriverApp } from '../helpers/driverApp'
import { makeNetwork, type Network } from '../helpers/network'

/** SEC-34: what a driver wants of a charger is his, on a connector he may use, and not twenty times a second; else nothing is sent. */
let database: TestDatabase
let network: Network
let app: DriverApp
let ann: Awaited<ReturnType<DriverApp['driver']>>
let bob: Awaited<ReturnType<DriverApp['driver']>>
let evse: { open: string; closed: string }

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  await database.pool.query(`update charger_states set registration_status = 'Accepted'`)
  await database.pool.query(`update chargers set visibility = 'public' where id = $1`, [
    network.chargerA,
  ])
  await database.pool.query(`update chargers set visibility = 'private' where id = $1`, [
    network.chargerB,
  ])
  await database.pool.query(
    `insert into settings (app_sign_in, billing_enabled) select true, false where not exists (select from settings)`,
  )
  app = await startDriverApp(database.pool)
  ann = await app.driver('Ann')
  bob = await app.driver('Bob')
  const evseOf = async (charger: number) =>
    (
      await database.pool.query<{ id: string }>(
        'select public_id id from connectors where charger_id = $1',
        [charger],
      )
    ).rows[0]!.id
  evse = { open: await evseOf(network.chargerA), closed: await evseOf(network.chargerB) }
})
afterAll(() => database?.close())

const sent = async () =>
  (await database.pool.query<{ action: string }>('select action from commands order by id')).rows
const start = (driver: { token: string }, evseId: string, more: object = {}) =>
  app.call('POST', '/sessions', {
    token: driver.token,
    key: randomUUID(),
    body: { evseId, ...more },
  })
const stop = (driver: { token: string }, session: string) =>
  app.call('POST', `/sessions/${session}/stop`, { token: driver.token, key: randomUUID() })

test('not with somebody else’s card, nor where he is not let in: 4xx, and nothing is sent', async () => {
  for (const more of [
    { idTag: 'BOBSCARD' },
    { driverId: bob.id },
    { vehicleId: 'f'.repeat(32) },
    { paymentMethodId: 'f'.repeat(32), driver: bob.id },
  ])
    expect([400, 404, 422]).toContain((await start(ann, evse.open, more)).status)
  expect((await start(ann, evse.closed)).status).toBe(404)
  expect((await start(ann, 'f'.repeat(32))).status).toBe(404)
  expect(await sent()).toEqual([])
})

test('one who wants the same connector at the same moment gets it, the others do not', async () => {
  const answers = await Promise.all([start(ann, evse.open), start(bob, evse.open)])
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
  expect(await sent()).toEqual([{ action: 'RemoteStartTransaction' }])
})

test('a charge of somebody else is not there to be stopped, unlocked or limited', async () => {
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into sessions (transaction_id, charger_id, site_id, connector_number, id_tag, driver_id, status, started_at, start_key, public_id)
     values (71, $1, $2, 1, 'ANN', $3, 'charging', now(), 'sec 34', $4) returning public_id id`,
    [network.chargerA, network.siteA, ann.id, 'a'.repeat(32)],
  )
  const before = await sent()
  const { id } = rows[0]!
  expect((await stop(bob, id)).status).toBe(404)
  for (const [method, path] of [
    ['POST', `/sessions/${id}/unlock`],
    ['PATCH', `/sessions/${id}/limit`],
    ['GET', `/sessions/${id}`],
  ] as const)
    expect([
      path,
      (
        await app.call(method, path, {
          token: bob.token,
          key: randomUUID(),
          body: method === 'GET' ? undefined : {},
        })
      ).status,
    ]).toEqual([path, 404])
  expect(await sent()).toEqual(before)
  expect((await stop(ann, id)).status).toBe(202)
  expect((await sent()).at(-1)).toEqual({ action: 'RemoteStopTransaction' })
})

test('twenty starts in a row: one charge, one frame', async () => {
  await database.pool.query(`update chargers set visibility = 'public'`)
  const cy = await app.driver('Cy')
  const before = (await sent()).length
  const answers: number[] = []
  for (let n = 0; n < 20; n++) answers.push((await start(cy, evse.closed)).status)
  expect(answers.filter((status) => status === 202)).toHaveLength(1)
  expect(answers.filter((status) => status === 409 || status === 429)).toHaveLength(19)
  expect((await sent()).length - before).toBe(1)
})
