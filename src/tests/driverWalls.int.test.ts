/**
 * Who gets in, and what he gets to see: two drivers and a guest over every operation of the document and over the live
 * channel, with ids of each other and with guessed ones; the second factor at every door.
 */
import { randomUUID } from 'node:crypto'
import { Client } from 'rpc-websockets'

import { channels } from '@/db/channels'
import { insertPayment } from '@/db/queries/app/payments'
import { startLive, type Live } from '@/live/main'
import { codeAt, stepAt } from '@/platform/totp'

import { testDatabase, type TestDatabase } from './helpers/db'
import { mailedToken, startDriverApp, type DriverApp } from './helpers/driverApp'
import { makeCharger, makeNetwork, type Network } from './helpers/network'

let database: TestDatabase
let app: DriverApp
let live: Live
let network: Network
type Driver = Awaited<ReturnType<DriverApp['driver']>>
let ann: Driver
let bob: Driver
let own: Record<
  | 'session'
  | 'command'
  | 'vehicle'
  | 'card'
  | 'ticket'
  | 'method'
  | 'payment'
  | 'evse'
  | 'hidden'
  | 'site',
  string
>
const open: Client[] = []

beforeAll(async () => {
  process.env['PAYLOAD_SECRET'] = 'a secret of the panel for this test 0123456789'
  database = await testDatabase()
  app = await startDriverApp(database.pool)
  network = await makeNetwork(database.pool)
  ann = await app.driver('Ann')
  bob = await app.driver('Bob')
  live = await startLive({
    pool: database.pool,
    connectionString: database.url,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:3000',
    payloadSecret: 'unused here',
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
  await makeThings()
})
afterEach(() => {
  for (const client of open.splice(0)) client.close()
})
afterAll(async () => {
  await live?.close()
  await database?.close()
})

const one = async (text: string, values: unknown[] = []): Promise<string> =>
  String(
    Object.values((await database.pool.query<Record<string, unknown>>(text, values)).rows[0]!)[0],
  )

/** Something of Ann's for every path that takes an id, and a charger that only she may know of. */
async function makeThings(): Promise<void> {
  const { pool } = database
  const as = { token: ann.token }
  await pool.query(`update charger_states set registration_status = 'Accepted'`)
  await pool.query(`update chargers set visibility = 'public' where id = $1`, [network.chargerA])
  await pool.query(
    `insert into chargers_rels (parent_id, path, drivers_id) values ($1, 'approvedDrivers', $2)`,
    [network.chargerB, ann.id],
  )
  const evse = await one('select public_id from connectors where charger_id = $1', [
    network.chargerA,
  ])
  const started = await app.call('POST', '/sessions', {
    ...as,
    key: randomUUID(),
    body: { evseId: evse },
  })
  await pool.query(
    `insert into sessions (public_id, start_key, charger_id, connector_id, site_id, connector_number, transaction_id, status,
            started_at, meter_start_wh, id_tag, driver_id, energy_wh)
     select 'walls', 'walls', charger_id, connector_id, site_id, 1, 77, 'charging', now(), 0, id_tag, driver_id, 1200 from app.starts`,
  )
  const { body: vehicle } = await app.call('POST', '/me/vehicles', {
    ...as,
    key: randomUUID(),
    body: { registration: 'AN11 ANN' },
  })
  const { body: ticket } = await app.call('POST', '/tickets', {
    ...as,
    key: randomUUID(),
    body: { subject: 'Ann asks', text: 'A word of Ann.' },
  })
  const payment = await insertPayment(pool, {
    driverId: ann.id,
    startId: null,
    purpose: 'top-up',
    provider: 'stripe',
    amountMinor: 500,
    currency: 'GBP',
    methodId: null,
    wish: 'checkout',
    now: new Date(),
  })
  own = {
    session: started.body['session'].id,
    command: started.body['commandId'],
    vehicle: vehicle['id'],
    ticket: ticket['id'],
    payment: payment.publicId,
    card: await one(
      `insert into rfid_cards (uid, driver_id, status) values ('04AABBCCDDEE80', $1, 'active') returning public_id`,
      [ann.id],
    ),
    method: await one(
      `insert into app.payment_methods (driver_id, provider, provider_id, is_default) values ($1, 'stripe', 'pm_x', true) returning public_id`,
      [ann.id],
    ),
    evse,
    hidden: await one('select public_id from connectors where charger_id = $1', [network.chargerB]),
    site: await one('select public_id from sites where id = $1', [network.siteB]),
  }
}

/** Each path that takes an id, with the one of Ann's that Bob tries, and a body that is good for its owner. */
const tries = (): Record<string, [id: string, body?: object]> => ({
  'GET /sessions/{id}': [own.session],
  'GET /sessions/{id}/events': [own.session],
  'GET /sessions/{id}/samples': [own.session],
  'GET /sessions/{id}/receipt': [own.session],
  'GET /sessions/{id}/receipt.pdf': [own.session],
  'POST /sessions/{id}/stop': [own.session],
  'POST /sessions/{id}/unlock': [own.session],
  'PATCH /sessions/{id}/limit': [own.session, {}],
  'POST /sessions/{id}/disputes': [own.session, { text: 'it is mine' }],
  'POST /sessions/{id}/payments/retry': [own.session, {}],
  'GET /commands/{id}': [own.command],
  'GET /me/payments/{id}': [own.payment],
  'PUT /me/payment-methods/{id}/default': [own.method],
  'DELETE /me/payment-methods/{id}': [own.method],
  'DELETE /me/vehicles/{id}': [own.vehicle],
  'POST /me/cards/{id}/block': [own.card, {}],
  'GET /tickets/{id}/messages': [own.ticket],
  'POST /tickets/{id}/messages': [own.ticket, { text: 'from Bob' }],
  'GET /evses/{id}': [own.hidden],
  'GET /evses/{id}/tariff': [own.hidden],
  'POST /evses/{id}/reports': [own.hidden, { text: 'I know of it' }],
  'GET /locations/{id}': [own.site],
  'PUT /me/favourites/{locationId}': [own.site],
  'DELETE /me/favourites/{locationId}': [own.site],
})
/** Ids here are one's own to choose, and reach nobody else's. */
const ofOneself = ['PUT /me/devices/{id}', 'DELETE /me/devices/{id}', 'GET /evses/by-code/{code}']

const everything = async () =>
  (
    await database.pool.query(
      `select (select json_agg(s order by id) from app.starts s) starts, (select json_agg(v order by id) from vehicles v) vehicles,
              (select json_agg(c order by id) from rfid_cards c) cards, (select json_agg(m order by id) from app.payment_methods m) methods,
              (select count(*) from commands) commands, (select count(*) from ticket_replies) replies, (select count(*) from tickets) tickets,
              (select count(*) from app.favourites) favourites`,
    )
  ).rows[0] as unknown

test('what is Ann\u2019s is not there for Bob, over every path that takes an id, and nothing of it changes', async () => {
  const paths = Object.entries(app.document.paths).flatMap(([path, methods]) =>
    path.includes('{')
      ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
      : [],
  )
  // a new path has to say here whose its ids are
  expect(paths.toSorted()).toEqual([...Object.keys(tries()), ...ofOneself].toSorted())
  const before = await everything()
  for (const [where, [id, body]] of Object.entries(tries())) {
    const [method, path] = where.split(' ') as [string, string]
    const ask = (token: string, asked: string) =>
      app.call(method, path.replace(/\{\w+\}/, asked), { token, key: randomUUID(), body })
    const guessed = id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect([
      where,
      (await ask(bob.token, id)).status,
      (await ask(ann.token, guessed)).status,
    ]).toEqual([where, 404, 404])
  }
  expect(await everything()).toEqual(before)
})

test('no list of Bob\u2019s holds anything of Ann\u2019s', async () => {
  const lists = Object.entries(app.document.paths).flatMap(([path, methods]) =>
    !path.includes('{') && methods['get'] && !/openapi|docs|start-context/.test(path) ? [path] : [],
  )
  expect(lists.length).toBeGreaterThan(15)
  for (const path of lists) {
    const text = JSON.stringify((await app.call('GET', path, { token: bob.token })).body)
    for (const id of [
      own.session,
      own.vehicle,
      own.card,
      own.ticket,
      own.method,
      own.payment,
      own.hidden,
      own.site,
      'Ann',
      'AN11',
      '04AABB',
    ])
      expect([path, id, text.includes(id)]).toEqual([path, id, false])
  }
})

async function listen(token: string) {
  const client = new Client(`ws://127.0.0.1:${live.port}/live`, {
    reconnect: false,
    headers: { Authorization: `Bearer ${token}` },
  })
  open.push(client)
  const heard: { kind: string; of: Record<string, unknown>; at: number }[] = []
  for (const kind of ['session', 'meter', 'evse', 'event'])
    client.on(kind, (of: Record<string, unknown>) => heard.push({ kind, of, at: Date.now() }))
  const closed = new Promise<number>((done) => client.on('close', (code: number) => done(code)))
  await new Promise<void>((done, fail) => {
    client.on('open', done)
    client.on('error', fail)
  })
  return { client, heard, closed }
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !what();) {
    if (Date.now() > end) throw new Error('not within 5 s')
    await new Promise((done) => setTimeout(done, 10))
  }
}

const tick = (session: number, wh: number) =>
  database.pool.query('select pg_notify($1, $2)', [
    channels.live,
    JSON.stringify([
      {
        session,
        charger: network.chargerA,
        site: network.siteA,
        wh,
        w: 7_000,
        soc: null,
        at: new Date().toISOString(),
      },
    ]),
  ])

test('the live channel tells a driver of his own charge within two seconds, of a connector he may know of, and of nothing else', async () => {
  const row = Number(await one(`select id from sessions where public_id = 'walls'`))
  const hers = await listen(ann.token)
  const his = await listen(bob.token)
  expect(
    await hers.client.call('rpc.on', [`session/${own.session}`, `evse/${own.hidden}`]),
  ).toEqual({
    [`session/${own.session}`]: 'ok',
    [`evse/${own.hidden}`]: 'ok',
  })
  await until(() => hers.heard.length === 2)
  expect(hers.heard.find(({ kind }) => kind === 'session')!.of).toMatchObject({
    id: own.session,
    state: 'charging',
    energyWh: 1_200,
  })
  for (const topic of [`session/${own.session}`, `evse/${own.hidden}`, `session/${'0'.repeat(32)}`])
    await expect(his.client.call('rpc.on', [topic])).rejects.toMatchObject({ code: -32606 })
  for (const bad of [
    ['board'],
    [`charger/${network.chargerA}`],
    [`session/${row}`],
    [],
    {},
    'x',
    ['__proto__'],
  ])
    await expect(his.client.call('rpc.on', bad as never)).rejects.toMatchObject({ code: -32602 })
  await his.client.call('rpc.on', [`evse/${own.evse}`])

  const sentAt = Date.now()
  await tick(row, 1_450)
  await until(() => hers.heard.some(({ kind }) => kind === 'meter'))
  const told = hers.heard.find(({ kind }) => kind === 'meter')!
  expect(told.of).toMatchObject({ id: own.session, energyWh: 1_450, powerW: 7_000 })
  expect(told.at - sentAt).toBeLessThan(2_000)
  await database.pool.query(
    `update connector_states set status = 'Faulted' where id = (select state_id from connectors where charger_id = $1)`,
    [network.chargerA],
  )
  await database.pool.query(
    `insert into telemetry.events (kind, charger_id, site_id, body) values ('connector.status', $1, $2, '{"idTag":"04AABB"}')`,
    [network.chargerA, network.siteA],
  )
  await database.pool.query('select pg_notify($1, $2)', [channels.event, ''])
  await until(() => his.heard.some(({ of }) => of['status'] === 'OUTOFORDER'))
  expect(JSON.stringify([his.heard, hers.heard])).not.toMatch(/04AABB|KP-|idTag|Ann/)
  expect(his.heard.filter(({ kind }) => kind !== 'evse')).toEqual([])

  // signed out: nothing more is heard, and the socket is closed
  await app.call('POST', '/auth/logout', { token: ann.token })
  expect(await hers.closed).toBe(1008)
  await expect(listen(ann.token)).rejects.toBeDefined()
  ann.token = (
    await app.call('POST', '/auth/login', { body: { email: ann.email, password: ann.password } })
  ).body['accessToken']
}, 30_000)

test('a second factor is asked for at every door, each code opens once, and five wrong ones shut it', async () => {
  const as = { token: bob.token }
  expect((await app.call('POST', '/me/mfa', { ...as, body: { password: 'not it' } })).status).toBe(
    401,
  )
  const { body: setup } = await app.call('POST', '/me/mfa', {
    ...as,
    body: { password: bob.password },
  })
  expect(setup['uri']).toMatch(/^otpauth:\/\/totp\//)
  const begun = stepAt(new Date())
  const code = (step: number) => codeAt(setup['secret'], begun + step)
  const login = () =>
    app.call('POST', '/auth/login', { body: { email: bob.email, password: bob.password } })
  expect((await login()).body['accessToken']).toBeDefined()
  const wrong = code(0) === '000000' ? '000001' : '000000'
  expect((await app.call('POST', '/me/mfa/confirm', { ...as, body: { code: wrong } })).status).toBe(
    401,
  )
  const { body: on } = await app.call('POST', '/me/mfa/confirm', {
    ...as,
    body: { code: code(-1) },
  })
  expect(on['recoveryCodes']).toHaveLength(10)
  expect(
    await one('select totp_sealed from app.credentials where driver_id = $1', [bob.id]),
  ).not.toContain(setup['secret'])
  expect((await app.call('GET', '/me', as)).body['hasSecondFactor']).toBe(true)

  const { body: first } = await login()
  expect(first).toMatchObject({ mfaRequired: true })
  expect(first['accessToken']).toBeUndefined()
  expect((await app.call('GET', '/me', { token: first['mfaToken'] })).status).toBe(401)
  const second = (mfaToken: string, given: string) =>
    app.call('POST', '/auth/mfa', { body: { mfaToken, code: given } })
  // the one that turned it on was used
  expect((await second(first['mfaToken'], code(-1))).status).toBe(401)
  const inside = await second(first['mfaToken'], code(0))
  expect(inside.status).toBe(200)
  expect((await second(first['mfaToken'], code(1))).status).toBe(401)
  const { body: again } = await login()
  expect((await second(again['mfaToken'], on['recoveryCodes'][0])).status).toBe(200)
  const { body: third } = await login()
  expect((await second(third['mfaToken'], on['recoveryCodes'][0])).status).toBe(401)

  // a new password by mail is no way around it
  await app.call('POST', '/auth/forgot-password', { body: { email: bob.email } })
  const { body: reset } = await app.call('POST', '/auth/reset-password', {
    body: { token: await mailedToken(database.pool, bob.email), password: bob.password },
  })
  expect(reset).toMatchObject({ mfaRequired: true })
  // one wrong one is on the account already, and the new password took nothing off it
  for (let n = 0; n < 4; n++) expect((await second(reset['mfaToken'], wrong)).status).toBe(401)
  expect((await login()).status).toBe(429)
  await database.pool.query('update app.credentials set locked_until = null where driver_id = $1', [
    bob.id,
  ])
  const { body: fourth } = await login()
  const { body: tokens } = await second(fourth['mfaToken'], on['recoveryCodes'][1])
  bob.token = tokens['accessToken']
  expect(
    (
      await app.call('DELETE', '/me/mfa', {
        token: bob.token,
        body: { password: bob.password, code: on['recoveryCodes'][2] },
      })
    ).status,
  ).toBe(204)
  bob.token = (await login()).body['accessToken']
  expect(bob.token).toBeDefined()
}, 30_000)

test('a guest charges once without an account, where the network allows it, and has that charge and nothing else', async () => {
  const { pool } = database
  const guest = (evseId: string) => app.call('POST', '/guest-sessions', { body: { evseId } })
  const charger = await makeCharger(pool, network.siteA, 'KP-G')
  await pool.query(`update chargers set visibility = 'public' where id = $1`, [charger])
  await pool.query(`update charger_states set registration_status = 'Accepted'`)
  const evseId = await one('select public_id from connectors where charger_id = $1', [charger])
  expect(await guest(evseId)).toMatchObject({ status: 403, body: { code: 'guests-switched-off' } })
  await pool.query('update settings set guest_charging = true')
  expect((await guest(own.hidden)).status).toBe(404)
  const { body, status } = await guest(evseId)
  expect([status, body['session'].state, body['session'].payment]).toEqual([
    202,
    'requested',
    'none',
  ])
  const token = body['tokens'].accessToken as string
  const { id } = body['session']
  expect((await app.call('GET', `/sessions/${id}`, { token })).body['state']).toBe('requested')
  for (const [path, code] of [
    ['/me', 403],
    ['/sessions', 403],
    ['/me/wallet', 403],
    ['/tickets', 403],
    [`/sessions/${own.session}`, 404],
  ] as const)
    expect([path, (await app.call('GET', path, { token })).status]).toEqual([path, code])
  expect(
    (await app.call('POST', '/sessions', { token, key: randomUUID(), body: { evseId } })).status,
  ).toBe(403)
  expect((await guest(evseId)).body).toMatchObject({ code: 'cannot-start' })
  // with billing on and no card provider there is no way for a guest to pay
  await pool.query(`update settings set billing_enabled = true`)
  expect((await app.call('GET', '/config')).body['features']).toMatchObject({ guests: false })
  const other = await makeCharger(pool, network.siteA, 'KP-H')
  await pool.query(`update chargers set visibility = 'public' where id = $1`, [other])
  const paid = await guest(
    await one('select public_id from connectors where charger_id = $1', [other]),
  )
  expect(paid.status).toBeGreaterThanOrEqual(400)
  expect(await one('select count(*) from drivers where is_guest')).toBe('1')
  await pool.query(`update settings set billing_enabled = false, guest_charging = false`)
})
