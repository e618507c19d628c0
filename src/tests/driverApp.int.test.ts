/**
 * A driver with an app, from the printed code to the receipt: only what the OpenAPI document offers, real chargers on
 * real sockets, the jobs of the worker. Every answer is checked against the document (`helpers/driverApp`).
 */
import { randomUUID } from 'node:crypto'

import { Client } from 'rpc-websockets'

import { readReceipt } from '#reports/receipt/figures'
import { closePdf } from '#reports/render/pdf'
import { wholeScope } from '#reports/report'
import { openReport } from '#reports/run'
import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { postEntry } from '@/db/queries/app/wallet'
import { withTransaction } from '@/db/tx'
import { fromFields } from '@/domain/tariff/fromFields'
import { tendCharges } from '@/jobs/definitions/driverCharges'
import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { tellDriversNews } from '@/jobs/definitions/tellDrivers'
import { runningCost } from '@/jobs/definitions/runningCost'
import { startLive, type Live } from '@/live/main'
import { logFor } from '@/platform/log'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'
import { startDriverApp, type DriverApp } from './helpers/driverApp'
import { pdfText } from './helpers/pdfText'

let side: RunningChargerSide
let app: DriverApp
let live: Live
let working: NodeJS.Timeout
const chargers: SimCharger[] = []
type Driver = Awaited<ReturnType<DriverApp['driver']>>
let ann: Driver
let bob: Driver

const car = {
  batteryWh: 60_000,
  acMaxW: 22_000,
  acPhases: 3 as const,
  dcMaxW: 0,
  socPercent: 20,
  targetPercent: 100,
}

beforeAll(async () => {
  side = await startChargerSide({ chargers: 4, prefix: 'APP' })
  const { rows } = await side.pool.query<{ id: number }>(
    `insert into tariffs (name, currency, energy_rate_micros, session_fee_minor) values ('App', 'GBP', 453700, 35) returning id`,
  )
  const tariff = fromFields({
    currency: 'GBP',
    energyRateMicros: 453_700,
    sessionFeeMinor: 35,
    taxBasisPoints: 2_000,
    taxIncluded: true,
  })
  await insertTariffVersion(side.pool, tariffVersion(rows[0]!.id, tariff))
  await side.pool.query('update settings set default_tariff_id = $1', [rows[0]!.id])
  await side.pool.query(`update chargers set visibility = 'public' where identity <> $1`, [
    side.chargers[3]!.identity,
  ])
  app = await startDriverApp(side.pool)
  live = await startLive({
    pool: side.pool,
    connectionString: side.pool.options.connectionString ?? '',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:3000',
    payloadSecret: 'unused here',
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
  ann = await app.driver('Ann')
  bob = await app.driver('Bob')
  for (const [seed, registered] of side.chargers.entries()) {
    const charger = createCharger({
      ...registered,
      url: side.role.url,
      model: 'AC22',
      seed,
      clock: createClock({ speed: 60 }),
      sampleSeconds: 10,
      reconnectMs: 50,
    })
    chargers.push(charger)
    charger.powerUp()
  }
  await Promise.all(chargers.map((charger) => charger.whenOnline()))
  await until('connectors', async () => {
    const { rows } = await side.pool.query(
      `select from connectors cn join connector_states cs on cs.id = cn.state_id where cs.status = 'Available'`,
    )
    return rows.length >= chargers.length
  })
  // what the worker does all day
  const context = { pool: side.pool, now: () => new Date(), log: logFor('test') }
  // the chargers' day began yesterday; what is old by their clock is no news
  const theirs = createClock({ speed: 60 })
  let isBusy = false
  working = setInterval(() => {
    if (isBusy) return
    isBusy = true
    void runningCost
      .run(context)
      .then(() => priceEndedSessions(context))
      .then(() => tendCharges(context))
      .then(() => tellDriversNews({ ...context, now: () => theirs.now() }))
      .catch(() => {})
      .finally(() => (isBusy = false))
  }, 200)
}, 120_000)
afterAll(async () => {
  closePdf()
  clearInterval(working)
  await live?.close()
  await Promise.all(chargers.map((charger) => charger.end()))
  await new Promise((done) => setTimeout(done, 300))
  await side?.close()
})

async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
): Promise<T> {
  for (const end = Date.now() + 30_000; ;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what}: not within 30 s`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

type Told = { energyWh: number | null; at: number }

/** The longest that a reading, taken by the charger, waited until the app knew of so much energy; Infinity for never. */
function latestMs(
  measured: readonly { energyWh: number; at: number }[],
  told: readonly Told[],
): number {
  const waits = measured.map(({ energyWh, at }) => {
    const first = told.find((one) => one.energyWh !== null && one.energyWh >= energyWh)
    return first ? Math.max(0, first.at - at) : Infinity
  })
  return Math.max(...waits)
}

const codeOf = async (charger: SimCharger): Promise<string> =>
  (
    await side.pool.query<{ code: string }>(
      'select cn.code from connectors cn join chargers ch on ch.id = cn.charger_id where ch.identity = $1 and connector_id = 1',
      [charger.identity],
    )
  ).rows[0]!.code

const evseOf = async (charger: SimCharger): Promise<string> =>
  (await app.call('GET', `/evses/by-code/${await codeOf(charger)}`)).body['id']

const start = (driver: Driver, evseId: string, more: object = {}, key = randomUUID()) =>
  app.call('POST', '/sessions', { token: driver.token, key, body: { evseId, ...more } })

const session = async (driver: Driver, id: string) =>
  (await app.call('GET', `/sessions/${id}`, { token: driver.token })).body

test('from the printed code to the receipt: a limit of energy stops the charge, and every figure agrees', async () => {
  const [charger] = chargers
  const { body: evse } = await app.call(
    'GET',
    `/evses/by-code/${(await codeOf(charger!)).toLowerCase()}`,
  )
  expect(evse).toMatchObject({ status: 'AVAILABLE', locationName: 'Proving Ground' })
  expect(JSON.stringify(evse)).not.toContain(charger!.identity)
  const { body: tariff } = await app.call('GET', `/evses/${evse['id']}/tariff`)
  expect(tariff['summary']).toEqual(['£0.35 per charge', '£0.4537 per kWh', '20 % tax included'])
  const { body: estimate } = await app.call('POST', '/price-estimates', {
    body: { evseId: evse['id'], energyWh: 10_000, minutes: 30 },
  })
  expect(estimate).toMatchObject({ totalMinor: 454 + 35, currency: 'GBP' })
  const { body: before } = await app.call('GET', `/me/start-context?evseId=${evse['id']}`, {
    token: ann.token,
  })
  expect(before).toMatchObject({ allowed: true, blockers: [], payment: { required: false } })

  // a price group shows its own price to its driver, and to nobody else
  const group = await side.pool.query<{ id: number }>(
    `insert into price_groups (name, pricing, discount_basis_points) values ('Staff', 'discount', 1000) returning id`,
  )
  await side.pool.query('update drivers set price_group_id = $1 where id = $2', [
    group.rows[0]!.id,
    bob.id,
  ])
  const forBob = await app.call('GET', `/evses/${evse['id']}/tariff`, { token: bob.token })
  expect(forBob.body['summary'][1]).toBe('£0.40833 per kWh')
  await side.pool.query('update drivers set price_group_id = null')

  const started = await start(ann, evse['id'], { limit: { energyWh: 1500 } })
  expect(started).toMatchObject({
    status: 202,
    body: { session: { state: 'requested', limit: { energyWh: 1500 } } },
  })
  const id = started.body['session'].id as string
  await charger!.connectors[0]!.plugIn(car)
  await until('charging', async () => (await session(ann, id))['state'] === 'charging')
  const done = await until('priced', async () => {
    const now = await session(ann, id)
    return now['state'] === 'priced' && now
  })
  expect(done).toMatchObject({ stopCause: 'energy', startedBy: 'app' })
  expect(done['energyWh']).toBeGreaterThanOrEqual(1500)

  const { body: receipt } = await app.call('GET', `/sessions/${id}/receipt`, { token: ann.token })
  const { rows } = await side.pool.query<{
    energy_wh: number
    cost_minor: number
    ledger: number
    driver: string
    id_tag: string
  }>(
    `select s.energy_wh, s.cost_minor, d.name driver, s.id_tag,
            (select sum(amount_minor + tax_minor)::int from telemetry.ledger_lines l where l.session_id = s.id) ledger
       from sessions s join drivers d on d.id = s.driver_id where s.transaction_id = $1`,
    [receipt['number']],
  )
  const [row] = rows
  const metered = charger!.ledger.transactions.at(-1)!
  expect(row).toMatchObject({
    driver: 'Ann',
    energy_wh: receipt['energyWh'],
    ledger: receipt['totalMinor'],
    cost_minor: receipt['totalMinor'],
  })
  expect(row!.id_tag).toMatch(/^[0-9A-F]{16}$/)
  expect(receipt['energyWh']).toBe(metered.meterStopWh! - metered.meterStartWh)
  expect(receipt['totalMinor']).toBe(Math.round((receipt['energyWh'] * 4537) / 100_000) + 35)
  expect(receipt['netMinor'] + receipt['taxMinor']).toBe(receipt['totalMinor'])
  expect(receipt['ended']).toMatchObject({ code: 'limit' })
  // the report, the paper and the ledger say the same, also after a correction
  await side.pool.query(
    `insert into corrections (session_id, kind, amount_minor, tax_minor, tax_basis_points, currency, reason, counts_at)
     select id, 'adjustment', -50, -10, 2000, 'GBP', 'The bay was blocked.', now() from sessions where transaction_id = $1`,
    [receipt['number']],
  )
  await side.pool.query(
    'update sessions set correction_minor = -60, correction_tax_minor = -10 where transaction_id = $1',
    [receipt['number']],
  )
  const { body: corrected } = await app.call('GET', `/sessions/${id}/receipt`, {
    token: ann.token,
  })
  expect(corrected['totalMinor']).toBe(receipt['totalMinor'] - 60)
  const lines = corrected['lines'] as { amountMinor: number; taxMinor: number }[]
  expect(lines.reduce((all, line) => all + line.amountMinor + line.taxMinor, 0)).toBe(
    corrected['totalMinor'],
  )
  expect(corrected['taxes']).toEqual([
    { taxBasisPoints: 2_000, netMinor: corrected['netMinor'], taxMinor: corrected['taxMinor'] },
  ])
  const paper = await app.raw('GET', `/sessions/${id}/receipt.pdf`, { token: ann.token })
  expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const pounds = `£${(corrected['totalMinor'] / 100).toFixed(2)}`
  expect(pdfText(new Uint8Array(await paper.arrayBuffer()))).toContain(pounds)
  const { rows: found } = await side.pool.query<{ id: number }>(
    'select id from sessions where transaction_id = $1',
    [receipt['number']],
  )
  const figures = await readReceipt(side.pool, found[0]!.id)
  // the clocks of the chargers run ahead
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const report = await openReport('chargingSessions', { from: day(-1), to: day(2) }, wholeScope, {
    pool: side.pool,
    now: new Date(),
  })
  const totals = await report.totals()
  await report.close()
  expect([figures!.totalMinor, totals.money[0]!.sums['costMinor']]).toEqual([
    corrected['totalMinor'],
    corrected['totalMinor'],
  ])
  const { body: invoices } = await app.call('GET', '/me/invoices', { token: ann.token })
  expect(invoices['invoices']).toMatchObject([
    { sessionId: id, totalMinor: corrected['totalMinor'], paidMinor: 0, dueMinor: 0 },
  ])
  const { body: history } = await app.call('GET', '/sessions', { token: ann.token })
  expect(history['sessions'].map((one: { id: string }) => one.id)).toEqual([id])
  await charger!.connectors[0]!.unplug()
}, 90_000)

test('a start that is sent again with its key is one charge, also when both come at once', async () => {
  const [, charger] = chargers
  const evseId = await evseOf(charger!)
  const key = randomUUID()
  const [first, second] = await Promise.all([
    start(ann, evseId, {}, key),
    start(ann, evseId, {}, key),
  ])
  const third = await start(ann, evseId, {}, key)
  expect([first.status, second.status, third.status]).toEqual([202, 202, 202])
  expect(new Set([first, second, third].map(({ body }) => body['session'].id)).size).toBe(1)
  expect(third.headers.get('idempotency-replayed')).toBe('true')
  const { rows } = await side.pool.query<{ n: number }>(
    `select count(*)::int n from commands where action = 'RemoteStartTransaction' and charger_id = (select id from chargers where identity = $1)`,
    [charger!.identity],
  )
  expect(rows[0]!.n).toBe(1)
  expect((await start(ann, evseId, { limit: { minutes: 5 } }, key)).body).toMatchObject({
    code: 'idempotency-key-reused',
  })
  expect((await start(bob, evseId)).body).toMatchObject({ status: 409, code: 'cannot-start' })

  const id = first.body['session'].id as string
  await charger!.connectors[0]!.plugIn(car)
  await until('charging', async () => (await session(ann, id))['state'] === 'charging')
  expect(
    (await app.call('GET', '/sessions/active', { token: ann.token })).body['sessions'],
  ).toHaveLength(1)

  // somebody else's charge is not there, whatever is asked of it
  for (const [method, path, body] of [
    ['GET', `/sessions/${id}`],
    ['GET', `/sessions/${id}/samples`],
    ['GET', `/sessions/${id}/receipt`],
    ['GET', `/commands/${first.body['commandId']}`],
    ['POST', `/sessions/${id}/stop`],
    ['POST', `/sessions/${id}/unlock`],
    ['PATCH', `/sessions/${id}/limit`, {}],
    ['POST', `/sessions/${id}/disputes`, { text: 'it is mine' }],
  ] as const)
    expect([
      path,
      (await app.call(method, path, { token: bob.token, key: randomUUID(), body })).status,
    ]).toEqual([path, 404])
  const foreign = await app.raw('GET', `/sessions/${id}/events`, { token: bob.token })
  expect(foreign.status).toBe(404)

  const stop = await app.call('POST', `/sessions/${id}/stop`, {
    token: ann.token,
    key: randomUUID(),
  })
  expect(stop.status).toBe(202)
  await until('ended', async () => ['priced', 'ended'].includes((await session(ann, id))['state']))
  expect((await session(ann, id))['stopCause']).toBe('driver')
  await until(
    'the command is effective',
    async () =>
      (await app.call('GET', `/commands/${stop.body['id']}`, { token: ann.token })).body[
        'status'
      ] === 'effective',
  )
  await charger!.connectors[0]!.unplug()
}, 90_000)

test('stream and live channel are at most two seconds behind the meter; the stream resumes, and ends with the price', async () => {
  const [, , charger] = chargers
  const started = await start(bob, await evseOf(charger!), { limit: { energyWh: 3000 } })
  const id = started.body['session'].id as string
  const response = await app.raw('GET', `/sessions/${id}/events`, { token: bob.token })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const client = new Client(`ws://127.0.0.1:${live.port}/live`, {
    reconnect: false,
    headers: { Authorization: `Bearer ${bob.token}` },
  })
  await new Promise<void>((done, fail) => {
    client.on('open', done)
    client.on('error', fail)
  })
  const byRpc: Told[] = []
  for (const kind of ['session', 'meter'])
    client.on(kind, ({ energyWh }: { energyWh: number | null }) =>
      byRpc.push({ energyWh, at: Date.now() }),
    )
  await client.call('rpc.on', [`session/${id}`])
  const measured: { energyWh: number; at: number }[] = []
  const watching = setInterval(() => {
    const now = charger!.ledger.transactions.at(-1)
    for (const sample of now?.samples.slice(measured.length) ?? [])
      measured.push({ energyWh: sample.energyWh - now!.meterStartWh, at: Date.now() })
  }, 10)
  const byStream: Told[] = []
  await charger!.connectors[0]!.plugIn(car)
  const events: { id: string; state: string; energyWh: number | null; isEnd: boolean }[] = []
  const decoder = new TextDecoder()
  let buffer = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    buffer += decoder.decode(chunk, { stream: true })
    for (let at = buffer.indexOf('\n\n'); at >= 0; at = buffer.indexOf('\n\n')) {
      const block = buffer.slice(0, at)
      buffer = buffer.slice(at + 2)
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (!data) continue
      const body = JSON.parse(data) as { state: string; energyWh: number | null }
      events.push({
        id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
        ...body,
        isEnd: /^event: end/m.test(block),
      })
      byStream.push({ energyWh: body.energyWh, at: Date.now() })
    }
  }
  const states = [...new Set(events.map(({ state }) => state))]
  expect(states).toEqual(expect.arrayContaining(['charging', 'priced']))
  expect(events.at(-1)).toMatchObject({ isEnd: true, state: 'priced' })
  clearInterval(watching)
  client.close()
  const behind = [byStream, byRpc].map((told) => latestMs(measured, told))
  process.stdout.write(
    `Behind the meter at most: events ${behind[0]} ms, JSON-RPC ${behind[1]} ms, of ${measured.length} readings\n`,
  )
  expect(measured.length).toBeGreaterThan(20)
  expect(Math.max(...behind)).toBeLessThan(2_000)
  // a reading that arrives behind the price is told as well; who knows the last state is told nothing but the end
  let known = events.at(-2)!.id
  await until('nothing new', async () => {
    const again = await app.raw('GET', `/sessions/${id}/events`, {
      token: bob.token,
      headers: { 'Last-Event-ID': known },
    })
    const text = await again.text()
    const before = known
    known = /^id: (.*)$/m.exec(text)?.[1] ?? known
    return text.includes('event: end') && known === before
  })
  await charger!.connectors[0]!.unplug()
}, 90_000)

test('a private charger is there only for those it lets in', async () => {
  const hidden = chargers[3]!
  const code = await codeOf(hidden)
  expect((await app.call('GET', `/evses/by-code/${code}`)).status).toBe(404)
  expect((await app.call('GET', `/evses/by-code/${code}`, { token: ann.token })).status).toBe(404)
  await side.pool.query(
    `insert into chargers_rels (parent_id, path, drivers_id) select id, 'approvedDrivers', $2 from chargers where identity = $1`,
    [hidden.identity, ann.id],
  )
  const { body: evse } = await app.call('GET', `/evses/by-code/${code}`, { token: ann.token })
  expect(evse['status']).toBe('AVAILABLE')
  expect((await start(bob, evse['id'])).status).toBe(404)
  const box = { token: ann.token }
  const { body: listed } = await app.call('GET', '/locations?bbox=-2,53,-1,54&zoom=10', box)
  expect(listed['locations'][0].evseCount).toBe(
    (await app.call('GET', '/locations?near=53.8,-1.55')).body['locations'][0].evseCount + 2,
  )
})

test('with billing on, money is set aside, the price is taken, the rest is given back; without money nothing starts', async () => {
  await side.pool.query('update settings set billing_enabled = true, hold_minor = 500')
  const [charger] = chargers
  const evseId = await evseOf(charger!)
  await until(
    'available',
    async () => (await app.call('GET', `/evses/${evseId}`)).body['status'] === 'AVAILABLE',
  )
  expect((await start(ann, evseId)).body).toMatchObject({ status: 402, code: 'insufficient-funds' })
  await withTransaction(side.pool, (sql) =>
    postEntry(sql, {
      key: 'test/1',
      kind: 'top-up',
      driverId: ann.id,
      currency: 'GBP',
      amountMinor: 2_000,
      from: 'card',
      to: 'available',
    }),
  )
  const started = await start(ann, evseId, { limit: { amountMinor: 120 } })
  const id = started.body['session'].id as string
  const wallet = async () => (await app.call('GET', '/me/wallet', { token: ann.token })).body
  expect(await wallet()).toMatchObject({
    available: { amountMinor: 1_868 },
    held: { amountMinor: 132 },
  })
  await charger!.connectors[0]!.plugIn(car)
  await until('paid', async () => (await session(ann, id))['state'] === 'paid')
  const { body: receipt } = await app.call('GET', `/sessions/${id}/receipt`, { token: ann.token })
  expect(receipt['paid']).toEqual({ method: 'wallet', amountMinor: receipt['totalMinor'] })
  expect(receipt['ended'].code).toBe('limit')
  expect(await wallet()).toMatchObject({
    available: { amountMinor: 2_000 - receipt['totalMinor'] },
    held: { amountMinor: 0 },
  })
  const { body: moves } = await app.call('GET', '/me/wallet/transactions', { token: ann.token })
  const kinds = moves['transactions'].map((one: { kind: string }) => one.kind) as string[]
  // on a slow machine the charge passes its limit by more than was set aside for that
  expect(kinds.slice(-2)).toEqual(['hold', 'top-up'])
  expect(kinds).toContain('capture')
  expect((await app.call('GET', '/me/wallet', { token: bob.token })).body).toMatchObject({
    available: { amountMinor: 0 },
  })
  await charger!.connectors[0]!.unplug()
  await side.pool.query('update settings set billing_enabled = false')
}, 90_000)

test('a charge whose line is cut in the middle ends once, and its receipt and its payment are what the meter says', async () => {
  await side.pool.query('update settings set billing_enabled = true, hold_minor = 500')
  await withTransaction(side.pool, (sql) =>
    postEntry(sql, {
      key: 'test/2',
      kind: 'top-up',
      driverId: bob.id,
      currency: 'GBP',
      amountMinor: 5_000,
      from: 'card',
      to: 'available',
    }),
  )
  const [, charger] = chargers
  const evseId = await evseOf(charger!)
  await until(
    'available',
    async () => (await app.call('GET', `/evses/${evseId}`)).body['status'] === 'AVAILABLE',
  )
  const id = (await start(bob, evseId)).body['session'].id as string
  await charger!.connectors[0]!.plugIn(car)
  await until('charging', async () => (await session(bob, id))['energyWh'] > 0)
  charger!.goOffline()
  await charger!.connectors[0]!.unplug()
  charger!.goOnline()
  await charger!.whenOnline()
  await charger!.whenSettled()
  await until('paid', async () => (await session(bob, id))['state'] === 'paid')
  const { body: receipt } = await app.call('GET', `/sessions/${id}/receipt`, { token: bob.token })
  const metered = charger!.ledger.transactions.at(-1)!
  expect(receipt['energyWh']).toBe(metered.meterStopWh! - metered.meterStartWh)
  const { body: wallet } = await app.call('GET', '/me/wallet', { token: bob.token })
  expect([wallet['available'].amountMinor, wallet['held'].amountMinor]).toEqual([
    5_000 - receipt['totalMinor'],
    0,
  ])
  await side.pool.query('update settings set billing_enabled = false')
}, 90_000)

test('sign-ins: a spent refresh token ends the sign-in, a suspended driver is out at once, five wrong passwords lock', async () => {
  const { body: tokens } = await app.call('POST', '/auth/login', {
    body: { email: 'ANN@example.test', password: ann.password },
  })
  const renewed = await app.call('POST', '/auth/refresh', {
    body: { refreshToken: tokens['refreshToken'] },
  })
  expect(renewed.status).toBe(200)
  expect(
    (await app.call('POST', '/auth/refresh', { body: { refreshToken: tokens['refreshToken'] } }))
      .status,
  ).toBe(401)
  expect((await app.call('GET', '/me', { token: renewed.body['accessToken'] })).status).toBe(401)
  expect((await app.call('GET', '/me', { token: ann.token })).body).toMatchObject({
    name: 'Ann',
    isEmailVerified: true,
  })

  const eve = await app.driver('Eve')
  for (let n = 0; n < 5; n++)
    expect(
      (await app.call('POST', '/auth/login', { body: { email: eve.email, password: 'wrong' } }))
        .status,
    ).toBe(401)
  const locked = await app.call('POST', '/auth/login', {
    body: { email: eve.email, password: eve.password },
  })
  expect([locked.status, Number(locked.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect((await app.call('GET', '/me', { token: eve.token })).status).toBe(200)
  await side.pool.query(`update drivers set status = 'suspended' where id = $1`, [eve.id])
  expect((await app.call('GET', '/me', { token: eve.token })).status).toBe(401)
  const unknown = await app.call('POST', '/auth/forgot-password', {
    body: { email: 'nobody@example.test' },
  })
  expect([unknown.status, unknown.body]).toEqual([202, {}])
  expect(
    (
      await app.call('POST', '/auth/register', {
        body: { name: 'Mal', email: 'mal@example.test', password: 'long enough it is' },
      })
    ).body,
  ).toMatchObject({ code: 'registration-closed' })
})

test('what a driver has, and what he says: vehicles, cards, tickets, favourites, settings, statistics', async () => {
  const as = { token: bob.token }
  const vehicle = await app.call('POST', '/me/vehicles', {
    ...as,
    key: randomUUID(),
    body: { registration: 'ab12 cde', name: 'Leaf' },
  })
  expect(vehicle).toMatchObject({ status: 201, body: { registration: 'AB12 CDE' } })
  expect(
    (
      await app.call('POST', '/me/vehicles', {
        token: ann.token,
        key: randomUUID(),
        body: { registration: 'AB12 CDE' },
      })
    ).status,
  ).toBe(409)
  expect(
    (await app.call('DELETE', `/me/vehicles/${vehicle.body['id']}`, { token: ann.token })).status,
  ).toBe(404)
  await side.pool.query(
    `insert into rfid_cards (uid, driver_id, status) values ('04A2B3C4D5E680', $1, 'active')`,
    [bob.id],
  )
  const { body: cards } = await app.call('GET', '/me/cards', as)
  expect(JSON.stringify(cards)).not.toContain('04A2B3C4')
  const [card] = cards['cards']
  expect(
    (
      await app.call('POST', `/me/cards/${card.id}/block`, {
        token: ann.token,
        key: randomUUID(),
        body: {},
      })
    ).status,
  ).toBe(404)
  expect(
    (
      await app.call('POST', `/me/cards/${card.id}/block`, {
        ...as,
        key: randomUUID(),
        body: { isLost: true },
      })
    ).status,
  ).toBe(204)
  expect((await app.call('GET', '/me/cards', as)).body['cards'][0].status).toBe('lost')

  const evseId = await evseOf(chargers[0]!)
  const report = await app.call('POST', `/evses/${evseId}/reports`, {
    ...as,
    key: randomUUID(),
    body: { text: 'The cable\nis cut.' },
  })
  expect(report).toMatchObject({
    status: 201,
    body: { messages: [{ text: 'The cable\nis cut.', isMine: true }] },
  })
  const ticket = `/tickets/${report.body['id']}/messages`
  expect((await app.call('GET', ticket, { token: ann.token })).status).toBe(404)
  expect(
    (await app.call('POST', ticket, { ...as, key: randomUUID(), body: { text: 'Still.' } })).status,
  ).toBe(204)
  expect(
    (await app.call('GET', ticket, as)).body['messages'].map((one: { text: string }) => one.text),
  ).toEqual(['The cable\nis cut.', 'Still.'])
  expect((await app.call('GET', '/tickets', as)).body['tickets']).toHaveLength(1)

  const { body: page } = await app.call('GET', '/locations')
  const place = page['locations'][0].id
  expect((await app.call('PUT', `/me/favourites/${place}`, as)).status).toBe(204)
  expect((await app.call('GET', '/locations?favourites=true', as)).body['locations']).toHaveLength(
    1,
  )
  expect((await app.call('GET', `/locations/${place}`, as)).body['isFavourite']).toBe(true)
  expect((await app.call('DELETE', `/me/favourites/${place}`, as)).status).toBe(204)
  expect(
    (await app.call('GET', '/me/statistics?period=day', as)).body['periods'][0].sessions,
  ).toBeGreaterThan(0)
  expect(
    (
      await app.call('PUT', '/me/devices/phone-1', {
        ...as,
        body: { platform: 'ios', pushToken: 'a push token' },
      })
    ).status,
  ).toBe(204)
  expect(
    (await app.call('PATCH', '/me', { ...as, body: { phone: '+44 20 7946 0000' } })).body['phone'],
  ).toBe('+44 20 7946 0000')
  await app.call('GET', '/me/notification-settings', as)
  await app.call('GET', '/me/fleets', as)
  await app.call('GET', '/me/vehicles', as)
  await app.call('GET', '/faqs')
  await app.call('GET', '/config')
})

test('bad requests say which member and what helps; an unchanged answer is not sent again', async () => {
  const evseId = await evseOf(chargers[0]!)
  const bad = await start(ann, evseId, { limit: { energyWh: 1 } })
  expect(bad.body).toMatchObject({
    status: 400,
    code: 'invalid-member',
    errors: [{ pointer: '/limit/energyWh' }],
  })
  expect((await start(ann, evseId, { idTag: 'DEADBEEF' })).status).toBe(400)
  expect(
    (await app.call('POST', '/sessions', { token: ann.token, body: { evseId } })).body,
  ).toMatchObject({ code: 'idempotency-key-missing' })
  expect((await app.call('GET', '/locations?bbox=1,2')).body['detail']).toContain(
    'west,south,east,north',
  )
  expect((await app.call('GET', '/sessions?cursor=nonsense', { token: ann.token })).status).toBe(
    400,
  )
  expect((await app.call('GET', '/sessions')).status).toBe(401)
  const first = await app.call('GET', '/config')
  const again = await app.call('GET', '/config', {
    headers: { 'If-None-Match': first.headers.get('etag')! },
  })
  expect(again.status).toBe(304)
  expect((await app.raw('GET', '/nothing/here')).status).toBe(404)
  expect((await app.raw('DELETE', '/config')).status).toBe(405)
  const docs = await (await app.raw('GET', '/docs')).text()
  expect(docs).toContain('Follow a charge as it happens')
  expect(docs).not.toMatch(/(src|href)="https?:/)
})

test('a driver hears that a charge began, ended and what it cost: on the phone and by mail, once, and only what is wished for', async () => {
  const { rows: relay } = await side.pool.query<{ id: number }>(
    `with hook as (insert into webhooks (name, url, active) values ('Phones', 'https://push.example.test', true) returning id),
          wants as (insert into webhooks_events ("order", parent_id, value) select 1, id, 'driver.notification' from hook)
     select id from hook`,
  )
  const device = { platform: 'android', pushToken: 'the-token-of-the-phone' }
  const as = { token: ann.token }
  expect((await app.call('PUT', '/me/devices/p1', { ...as, body: device })).status).toBe(204)
  const [, charger] = chargers
  const evseId = await evseOf(charger!)
  const charged = async () => {
    await until(
      'available',
      async () => (await app.call('GET', `/evses/${evseId}`)).body['status'] === 'AVAILABLE',
    )
    const id = (await start(ann, evseId, { limit: { energyWh: 1000 } })).body['session']
      .id as string
    await charger!.connectors[0]!.plugIn(car)
    await until('priced', async () => (await session(ann, id))['state'] === 'priced')
    await charger!.connectors[0]!.unplug()
    return id
  }
  const pushes = async (of: string) =>
    (
      await side.pool.query<{ body: { data: Record<string, unknown> } }>(
        `select body from telemetry.webhook_deliveries where webhook_id = $1 and body->'data'->>'session' = $2 order by id`,
        [relay[0]!.id, of],
      )
    ).rows.map(({ body }) => body.data)
  const mails = async () =>
    (
      await side.pool.query<{ subject: string; text: string }>(
        `select subject, text from telemetry.mails where to_address = $1 and key like 'charge/%' order by id`,
        [ann.email],
      )
    ).rows

  const before = (await mails()).length
  const id = await charged()
  const total = (await app.call('GET', `/sessions/${id}/receipt`, as)).body['totalMinor'] as number
  const told = await until('told of the receipt', async () => {
    const all = await pushes(id)
    return all.some(({ what }) => what === 'receipts') && all
  })
  expect(told.map(({ what }) => what)).toEqual(['chargeStarted', 'chargeEnded', 'receipts'])
  expect(told[2]).toMatchObject({
    title: `Your receipt: £${(total / 100).toFixed(2)}`,
    devices: [{ id: 'p1', ...device }],
  })
  expect(JSON.stringify(told)).not.toContain(charger!.identity)
  const after = await mails()
  expect(after).toHaveLength(before + 1)
  expect(after.at(-1)).toMatchObject({
    subject: told[2]!['title'],
    text: expect.stringContaining(`£${(total / 100).toFixed(2)}`),
  })

  const wishes = {
    chargeStarted: false,
    chargeEnded: true,
    chargeInterrupted: true,
    receipts: false,
  }
  await app.call('PUT', '/me/notification-settings', { ...as, body: wishes })
  const next = await charged()
  await until('told of its end', async () => (await pushes(next)).length > 0)
  await new Promise((done) => setTimeout(done, 600))
  expect((await pushes(next)).map(({ what }) => what)).toEqual(['chargeEnded'])
  expect(await mails()).toHaveLength(before + 1)
}, 90_000)

test('an account is erased: the person is gone, the figures stay', async () => {
  const as = { token: bob.token }
  const { body: data } = await app.call('GET', '/me/export', as)
  expect(JSON.stringify(data)).toContain('bob@example.test')
  expect((await app.call('DELETE', '/me', { ...as, body: { password: 'not it' } })).status).toBe(
    401,
  )
  expect(
    (await app.call('DELETE', '/me', { ...as, body: { password: bob.password } })).status,
  ).toBe(204)
  expect((await app.call('GET', '/me', as)).status).toBe(401)
  const { rows } = await side.pool.query<{ n: number; who: string }>(
    `select count(s.id)::int n, min(d.name || d.email || coalesce(d.phone, '')) who from drivers d join sessions s on s.driver_id = d.id where d.id = $1`,
    [bob.id],
  )
  expect(rows[0]!.n).toBeGreaterThan(0)
  expect(rows[0]!.who).not.toMatch(/bob|7946/i)
})
