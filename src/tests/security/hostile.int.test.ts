import { channels } from '@/db/channels'
import { startLive, type Live } from '@/live/main'

import { testDatabase, type TestDatabase } from '../helpers/db'
import { makeNetwork, makePerson, type Network } from '../helpers/network'
import { beHostile } from './hostile'

/** SEC-32 with frames from a seed: whoever sends them learns nothing and ends nothing but his own socket. */
const secret = 'a secret of the panel for this test 0123456789'
let database: TestDatabase
let network: Network
let live: Live
let telling: NodeJS.Timeout

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  live = await startLive({
    pool: database.pool,
    connectionString: database.url,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:3000',
    payloadSecret: secret,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
  telling = setInterval(() => {
    void database.pool
      .query(
        `insert into telemetry.events (kind, charger_id, site_id, body) values ('charger.status', $1, $2, '{}')`,
        [network.chargerB, network.siteB],
      )
      .then(() => database.pool.query('select pg_notify($1, $2)', [channels.event, '']))
      .catch(() => {})
  }, 20)
})
afterAll(async () => {
  clearInterval(telling)
  await new Promise((done) => setTimeout(done, 100))
  await live?.close()
  await database?.close()
})

const throwAt = async (sites: number[] | null, frames: number) => {
  const grant = sites ? { role: 'operator', sites } : { role: 'super-admin' }
  const { token } = await makePerson(database.pool, secret, grant)
  return beHostile({
    url: `ws://127.0.0.1:${live.port}/live`,
    headers: { Authorization: `JWT ${token}` },
    frames,
    seed: 7,
    foreignTopics: [
      `charger/${network.chargerB}`,
      `site/${network.siteB}`,
      'charger/999999',
      'board',
    ],
    isForeign: ({ siteId }) => siteId === network.siteB,
  })
}

test('1,500 hostile frames: every socket is closed by the server, the channel answers, nothing of others is heard', async () => {
  const { sent, foreign, closedBy } = await throwAt([network.siteA], 1_500)
  expect(sent).toBeGreaterThanOrEqual(1_500)
  expect(foreign).toBe(0)
  expect((closedBy.get(1008) ?? 0) + (closedBy.get(1009) ?? 0)).toBeGreaterThan(20)
  expect((await fetch(`http://127.0.0.1:${live.port}/healthz`)).status).toBe(200)
}, 60_000)

test('control: who may hear site B does hear it meanwhile', async () => {
  expect((await throwAt(null, 200)).foreign).toBeGreaterThan(0)
}, 60_000)
