/**
 * Cards, through Stripe's own SDK against a stand-in of its API on real HTTP: however answers are lost, events doubled,
 * replayed and reordered, a charge is captured once, and what the ledger says is what left the card.
 */
import { randomUUID } from 'node:crypto'

import { createApp, hearCards } from '@/api'
import { createPool } from '@/db/pool'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { fromFields } from '@/domain/tariff/fromFields'
import { tendCharges } from '@/jobs/definitions/driverCharges'
import { payOnce } from '@/jobs/definitions/tendPayments'
import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import type { CardProvider } from '@/payments/provider'
import { createStripe } from '@/payments/stripe'
import { randomStream } from '#ocpp/sim/random'

import { testDatabase, type TestDatabase } from './helpers/db'
import { startDriverApp, type DriverApp } from './helpers/driverApp'
import { makeNetwork } from './helpers/network'
import { startStripe, webhookSecret, type StripeEvent, type StripeStandIn } from './helpers/stripe'

let database: TestDatabase
let stripe: StripeStandIn
let cards: CardProvider
let app: DriverApp
let evseId: string
let charger: number
let version: number
let transaction = 1_000
type Driver = Awaited<ReturnType<DriverApp['driver']>>
let ann: Driver

const quiet = { info: () => {}, warn: () => {} }
const context = () => ({ pool: database.pool, now: () => new Date(), log: quiet })

beforeAll(async () => {
  database = await testDatabase()
  stripe = await startStripe()
  cards = createStripe({
    secretKey: 'sk_test_x',
    webhookSecret,
    publishableKey: 'pk_test_x',
    apiUrl: stripe.url,
    publicUrl: 'http://localhost:3000',
  })
  app = await startDriverApp(database.pool, cards)
  const { pool } = database
  charger = (await makeNetwork(pool)).chargerA
  const { rows } = await pool.query<{ id: number }>(
    `insert into tariffs (name, currency, energy_rate_micros) values ('Card', 'GBP', 500000) returning id`,
  )
  await insertTariffVersion(
    pool,
    tariffVersion(
      rows[0]!.id,
      fromFields({
        currency: 'GBP',
        energyRateMicros: 500_000,
        taxBasisPoints: 2_000,
        taxIncluded: true,
      }),
    ),
  )
  version = (await pool.query<{ id: number }>('select id from telemetry.tariff_versions limit 1'))
    .rows[0]!.id
  await pool.query(
    'update settings set default_tariff_id = $1, billing_enabled = true, hold_minor = 1000',
    [rows[0]!.id],
  )
  await pool.query(`update chargers set visibility = 'public'`)
  await pool.query(`update charger_states set registration_status = 'Accepted'`)
  evseId = (
    await pool.query<{ id: string }>(
      'select public_id as id from connectors where charger_id = $1',
      [charger],
    )
  ).rows[0]!.id
  ann = await app.driver('Ann')
  const { body } = await app.call('POST', '/me/payment-methods', { token: ann.token })
  stripe.saveCard(body['clientSecret'], 'pm_good')
  await hear(...stripe.events)
})
afterAll(async () => {
  await stripe?.close()
  await database?.close()
})

const post = (event: Pick<StripeEvent, 'body' | 'signature'>) =>
  hearCards(
    new Request('http://localhost:3000/api/payments/stripe', {
      method: 'POST',
      headers: { 'stripe-signature': event.signature },
      body: event.body,
    }),
    { pool: database.pool, cards, now: new Date() },
  )

async function hear(...events: StripeEvent[]): Promise<void> {
  for (const event of events) expect((await post(event)).status).toBe(200)
}

/** Whatever waits for another try is due; before now, for our clock counts milliseconds and Postgres more. */
const hurry = () =>
  database.pool.query(
    `update app.payments set next_try_at = now() - interval '1 second' where wish is not null`,
  )

const work = async () => {
  await hurry()
  await payOnce(cards, context())
  await tendCharges(context())
}
const settle = async () => {
  for (let n = 0; n < 6; n++) await work()
}

const start = async (driver: Driver, more: object = {}) => {
  const { body, status } = await app.call('POST', '/sessions', {
    token: driver.token,
    key: randomUUID(),
    body: { evseId, ...more },
  })
  return { status, body, id: body['session']?.id as string }
}
const session = async (driver: Driver, id: string) =>
  (await app.call('GET', `/sessions/${id}`, { token: driver.token })).body

/** What the charger would say: the charge began, and ended with so much energy. */
async function begin(id: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into sessions (public_id, start_key, charger_id, connector_id, site_id, connector_number, transaction_id, status,
            started_at, meter_start_wh, id_tag, driver_id, tariff_version, price_source, currency)
     select 'c' || st.public_id, st.public_id, st.charger_id, st.connector_id, st.site_id, 1, $2, 'charging',
            now() - interval '1 hour', 0, st.id_tag, st.driver_id, $3, 'default', 'GBP' from app.starts st where st.public_id = $1
     returning id`,
    [id, ++transaction, version],
  )
  await database.pool.query(
    `update commands set status = 'effective', is_final = true where id = (select command_id from app.starts where public_id = $1)`,
    [id],
  )
  return rows[0]!.id
}
async function end(sessionRow: number, energyWh: number): Promise<void> {
  await database.pool.query(
    `update sessions set stopped_at = now(), status = 'ended', meter_stop_wh = $2, ended_by = 'charger', duration_seconds = 3600 where id = $1`,
    [sessionRow, energyWh],
  )
  await priceEndedSessions(context())
}

const taken = async () =>
  (
    await database.pool.query<{ n: number }>(
      `select coalesce(-sum(balance_minor), 0)::int n from app.accounts where kind = 'card'`,
    )
  ).rows[0]!.n

test('a saved card is listed once, however often it is told, and never with more than its last four', async () => {
  await hear(...stripe.events, ...stripe.events)
  const { body } = await app.call('GET', '/me/payment-methods', { token: ann.token })
  expect(body['methods']).toMatchObject([
    { brand: 'visa', last4: '4242', expires: '04/31', isDefault: true },
  ])
})

test('an event whose signature does not fit is not heard', async () => {
  const [event] = stripe.events
  expect((await post({ ...event!, signature: 't=1,v1=00' })).status).toBe(400)
  expect((await post({ body: `${event!.body} `, signature: event!.signature })).status).toBe(400)
})

test('the charger is asked once the card is good for it; the price is captured, the rest let go, a correction refunded', async () => {
  const { body, id, status } = await start(ann)
  expect([status, body['commandId'], body['session'].payment, body['session'].state]).toEqual([
    202,
    null,
    'card',
    'requested',
  ])
  const commands = () =>
    database.pool.query(
      `select from commands c join app.starts st on st.command_id = c.id where st.public_id = $1`,
      [id],
    )
  await tendCharges(context())
  expect((await commands()).rowCount).toBe(0)
  await work()
  expect((await commands()).rowCount).toBe(1)
  expect([...stripe.intents.values()].map((one) => [one.amount, one.status])).toEqual([
    [1000, 'requires_capture'],
  ])

  const row = await begin(id)
  await end(row, 12_340)
  await settle()
  expect(await session(ann, id)).toMatchObject({ state: 'paid', costMinor: 617, dueMinor: 0 })
  const { body: receipt } = await app.call('GET', `/sessions/${id}/receipt`, { token: ann.token })
  expect(receipt).toMatchObject({ totalMinor: 617, paid: { method: 'card', amountMinor: 617 } })
  expect(stripe.netMinor()).toBe(617)

  // told again, twice, backwards: nothing moves
  await hear(...stripe.events.toReversed(), ...stripe.events)
  await settle()
  expect([stripe.netMinor(), await taken()]).toEqual([617, 617])

  await database.pool.query(
    'update sessions set correction_minor = -117, correction_tax_minor = -20 where id = $1',
    [row],
  )
  await database.pool.query('update app.starts set settled_at = null where public_id = $1', [id])
  await settle()
  expect([stripe.netMinor(), await taken()]).toEqual([500, 500])
  expect((await session(ann, id))['state']).toBe('paid')
}, 60_000)

test('a start by card that is sent again with its key, at once and after its answer was lost, is one payment and one charge', async () => {
  const key = randomUUID()
  const before = { intents: stripe.intents.size, net: stripe.netMinor() }
  const send = () => app.call('POST', '/sessions', { token: ann.token, key, body: { evseId } })
  stripe.loseAnswers(2)
  const answers = await Promise.all([send(), send()])
  await work()
  answers.push(await send())
  stripe.loseAnswers(0)
  await settle()
  answers.push(await send())
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
  const ids = new Set(answers.map(({ body }) => body['session'].id as string))
  expect(ids.size).toBe(1)
  const [id] = [...ids]
  const { rows } = await database.pool.query<{ starts: number; commands: number }>(
    `select count(*)::int starts, count(command_id)::int commands from app.starts where public_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ starts: 1, commands: 1 }])
  await end(await begin(id!), 10_000)
  await settle()
  expect(await session(ann, id!)).toMatchObject({ state: 'paid', costMinor: 500, dueMinor: 0 })
  expect([stripe.intents.size - before.intents, stripe.netMinor() - before.net]).toEqual([1, 500])
}, 60_000)

test('a card that is refused starts nothing, and says why', async () => {
  const eve = await app.driver('Eve')
  const { body } = await app.call('POST', '/me/payment-methods', { token: eve.token })
  const before = stripe.events.length
  stripe.saveCard(body['clientSecret'], 'pm_bad')
  await hear(...stripe.events.slice(before))
  stripe.refused.add('pm_bad')
  const { id } = await start(eve)
  await settle()
  expect(await session(eve, id)).toMatchObject({
    state: 'failed',
    stateReason: 'Your card was declined.',
  })
  expect((await start(eve)).status).toBe(202)
  await settle()
}, 60_000)

test('nothing is charged for what needs review: the card is let go, and paid from when somebody has settled it', async () => {
  const before = stripe.netMinor()
  const { id } = await start(ann)
  await work()
  const row = await begin(id)
  await database.pool.query(
    `update sessions set stopped_at = now(), status = 'needs-review', review_reason = 'The meter went backwards.' where id = $1`,
    [row],
  )
  await settle()
  expect((await session(ann, id))['state']).toBe('needs_review')
  expect([stripe.netMinor() - before, [...stripe.intents.values()].at(-1)!.status]).toEqual([
    0,
    'canceled',
  ])
  await database.pool.query(
    `update sessions set status = 'ended', priced_at = now(), cost_minor = 0, tax_minor = 0, energy_wh = 0, correction_minor = 240 where id = $1`,
    [row],
  )
  await settle()
  expect([stripe.netMinor() - before, (await session(ann, id))['state']]).toEqual([240, 'paid'])
}, 60_000)

test('more is set aside while it runs, and what exceeds it all is charged; a refused rest is owed until it is paid', async () => {
  const before = stripe.netMinor()
  const { id } = await start(ann)
  await work()
  const row = await begin(id)
  await database.pool.query(
    `update sessions set cost_minor = 850, energy_wh = 17000 where id = $1`,
    [row],
  )
  await settle()
  expect([...stripe.intents.values()].slice(-2).map(({ status }) => status)).toEqual([
    'requires_capture',
    'requires_capture',
  ])
  stripe.refused.add('pm_good')
  await end(row, 50_000)
  await settle()
  expect(await session(ann, id)).toMatchObject({ state: 'priced', costMinor: 2_500, dueMinor: 500 })
  expect((await start(ann)).body).toMatchObject({
    code: 'insufficient-funds',
    errors: [{ pointer: '/payment-due' }],
  })
  stripe.refused.delete('pm_good')
  const key = randomUUID()
  const retry = () =>
    app.call('POST', `/sessions/${id}/payments/retry`, { token: ann.token, key, body: {} })
  expect((await retry()).status).toBe(202)
  expect((await retry()).headers.get('idempotency-replayed')).toBe('true')
  await settle()
  expect(await session(ann, id)).toMatchObject({ state: 'paid', dueMinor: 0 })
  expect(stripe.netMinor() - before).toBe(2_500)
}, 60_000)

test('a top-up by card or on the provider\u2019s page fills the wallet once', async () => {
  const before = stripe.netMinor()
  const { body: methods } = await app.call('GET', '/me/payment-methods', { token: ann.token })
  const topUp = (more: object) =>
    app.call('POST', '/me/wallet/top-ups', {
      token: ann.token,
      key: randomUUID(),
      body: { amountMinor: 2_000, ...more },
    })
  expect((await topUp({ paymentMethodId: methods['methods'][0].id })).status).toBe(202)
  const { body: page } = await topUp({})
  await settle()
  const { body: waiting } = await app.call('GET', `/me/payments/${page['id']}`, {
    token: ann.token,
  })
  expect(waiting).toMatchObject({
    status: 'needs-action',
    checkoutUrl: expect.stringContaining(`${stripe.url}/pay/`),
  })
  const told = stripe.events.length
  stripe.payAt(waiting['checkoutUrl'])
  await hear(...stripe.events.slice(told), ...stripe.events.slice(told), ...stripe.events)
  await settle()
  const { body: wallet } = await app.call('GET', '/me/wallet', { token: ann.token })
  expect([wallet['available'].amountMinor, stripe.netMinor() - before]).toEqual([4_000, 4_000])
  const bob = await app.driver('Bob')
  expect((await app.call('GET', `/me/payments/${page['id']}`, { token: bob.token })).status).toBe(
    404,
  )
  expect(
    (
      await app.call('DELETE', `/me/payment-methods/${methods['methods'][0].id}`, {
        token: bob.token,
      })
    ).status,
  ).toBe(404)
}, 60_000)

/** A guest at the charger: the charge, and the page of the provider that it waits for. */
async function guest() {
  const { body, status } = await app.call('POST', '/guest-sessions', { body: { evseId } })
  expect(status).toBe(202)
  const id = body['session'].id as string
  const me = { token: body['tokens'].accessToken as string }
  await work()
  const { body: payment } = await app.call('GET', `/me/payments/${body['session'].paymentId}`, me)
  return { id, me: me as Driver, checkoutUrl: payment['checkoutUrl'] as string }
}

test('a guest types the card in on the provider’s page, and pays for this one charge', async () => {
  await database.pool.query('update settings set guest_charging = true')
  const before = stripe.netMinor()
  const { checkoutUrl, id, me } = await guest()
  await settle()
  expect((await session(me, id))['state']).toBe('requested')
  const told = stripe.events.length
  stripe.payAt(checkoutUrl)
  await hear(...stripe.events.slice(told))
  await work()
  const row = await begin(id)
  await end(row, 8_000)
  await settle()
  expect(await session(me, id)).toMatchObject({ state: 'paid', costMinor: 400, dueMinor: 0 })
  expect(stripe.netMinor() - before).toBe(400)
  const { body: receipt } = await app.call('GET', `/sessions/${id}/receipt`, me)
  expect(receipt['paid']).toEqual({ method: 'card', amountMinor: 400 })
  // good for this one charge
  expect((await app.call('GET', '/sessions', me)).status).toBe(403)
}, 60_000)

test('a payment page that is left starts nothing and takes nothing, also when it is paid too late', async () => {
  const before = stripe.netMinor()
  const left = await guest()
  const told = stripe.events.length
  stripe.leave(left.checkoutUrl)
  await hear(...stripe.events.slice(told), ...stripe.events.slice(told))
  await settle()
  expect(await session(left.me, left.id)).toMatchObject({
    state: 'failed',
    stateReason: 'The payment was not completed.',
  })

  const late = await guest()
  await database.pool.query(
    `update app.starts set created_at = now() - interval '16 minutes' where public_id = $1`,
    [late.id],
  )
  stripe.payAt(late.checkoutUrl)
  await settle()
  await hear(...stripe.events)
  await settle()
  expect(await session(late.me, late.id)).toMatchObject({ state: 'failed' })
  expect([stripe.netMinor() - before, [...stripe.intents.values()].at(-1)!.status]).toEqual([
    0,
    'canceled',
  ])
  const { rows } = await database.pool.query(
    'select from app.starts where public_id = any ($1) and command_id is not null',
    [[left.id, late.id]],
  )
  expect(rows).toEqual([])
}, 60_000)

test('answers lost, workers doubled, connections cut, events in any order: each charge is captured once, to the penny', async () => {
  const random = randomStream(Date.now() % 100_000, 'cards')
  const before = { net: stripe.netMinor(), taken: await taken() }
  const { body: methods } = await app.call('GET', '/me/payment-methods', { token: ann.token })
  const other = createPool(database.url, { name: 'cpms-second-worker' })
  const second = { pool: other, now: () => new Date(), log: quiet }
  const wild = async () => {
    await hurry()
    if (random.whole(0, 1)) stripe.loseAnswers(random.whole(1, 5))
    const cut = database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'cpms-second-worker' and state <> 'idle'`,
    )
    await Promise.allSettled([
      payOnce(cards, context()),
      payOnce(cards, second),
      tendCharges(second),
      random.whole(0, 2) === 0 ? cut : null,
      ...Array.from({ length: 3 }, () =>
        post(stripe.events[random.whole(0, stripe.events.length - 1)]!),
      ),
    ])
  }
  let expected = 0
  for (let n = 0; n < 3; n++) {
    const { id } = await start(ann, { paymentMethodId: methods['methods'][0].id })
    for (let step = 0; step < 5; step++) await wild()
    await settle()
    const row = await begin(id)
    const energyWh = random.whole(1_000, 30_000)
    await end(row, energyWh)
    for (let step = 0; step < 6; step++) await wild()
    stripe.loseAnswers(0)
    await settle()
    const { costMinor, state } = await session(ann, id)
    expect(state).toBe('paid')
    expected += costMinor as number
  }
  await other.end()
  await hear(...stripe.events)
  expect({
    net: stripe.netMinor() - before.net,
    taken: (await taken()) - before.taken,
  }).toEqual({ net: expected, taken: expected })
  const intents = [...stripe.intents.values()]
  expect(Math.max(...intents.map(({ captures }) => captures))).toBe(1)
  // no authorisation was made twice and forgotten
  expect(intents.filter(({ status }) => status === 'requires_capture')).toEqual([])
  const { rows } = await database.pool.query(
    'select sum(balance_minor)::int total from app.accounts',
  )
  expect(rows).toEqual([{ total: 0 }])
}, 120_000)

test('without keys of a provider no card is offered', async () => {
  const without = createApp({ pool: database.pool })
  const answer = await without(
    new Request('http://localhost:3000/api/app/v1/me/payment-methods', {
      method: 'POST',
      headers: { Authorization: `Bearer ${ann.token}` },
    }),
  )
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
    503,
    'payment-unavailable',
  ])
})
