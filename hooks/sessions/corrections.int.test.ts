import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { startApp, type App, type Person } from '@/tests/helpers/app'
import { makeCharger } from '@/tests/helpers/network'

/** Corrections of sessions (row 47): append only, with a reason, by Super Admins; what a charger measured stays. */
let app: App
let admin: Person
let operator: Person
let charger: number
let site: number
let tariff: number
let count = 0

beforeAll(async () => {
  app = await startApp()
  site = (await app.payload.create({ collection: 'sites', data: { name: 'Leeds Dock' } })).id
  charger = await makeCharger(app.pool, site, 'KP-07')
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [site] }])
  tariff = (
    await app.payload.create({
      collection: 'tariffs',
      data: { name: 'Usual', currency: 'GBP', energyRateMicros: 450_000, taxBasisPoints: 2000 },
    })
  ).id
})
afterAll(() => app.close())

const price = () =>
  priceEndedSessions({
    pool: app.pool,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })

/** 10 kWh in an hour; priced as the worker prices it. */
async function ended(isPriced: boolean): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into sessions (public_id, start_key, charger_id, site_id, connector_number, status, started_at, stopped_at,
            ended_by, meter_start_wh, meter_stop_wh, tariff_version, price_source, duration_seconds)
     values ($1, $1, $2, $3, 1, 'ended', now() - interval '2 hours', now() - interval '1 hour', 'charger', 1000, 11000,
             (select id from telemetry.tariff_versions where tariff_id = $4), $5, 3600) returning id`,
    [`corr-${++count}`, charger, site, isPriced ? tariff : null, isPriced ? 'site' : null],
  )
  await price()
  return rows[0]!.id
}

const decide = (id: number, body: object, as: Person | null = admin) =>
  app.call('POST', `/api/sessions/${id}/corrections`, { as, body })

const total = async (id: number) =>
  (
    await app.pool.query(
      `select status, final_minor, final_tax_minor, final_wh, is_final from telemetry.session_totals where session_id = $1`,
      [id],
    )
  ).rows[0] as Record<string, unknown>

test('a goodwill of £1.50 comes off the final cost with its tax, and the ledger stays', async () => {
  const id = await ended(true)
  expect(await total(id)).toMatchObject({ final_minor: 450, final_tax_minor: 75, final_wh: 10_000 })
  const { status } = await decide(id, {
    kind: 'adjustment',
    amountMinor: -150,
    reason: 'The bay was blocked for half an hour.',
  })
  expect(status).toBe(201)
  expect(await total(id)).toMatchObject({ final_minor: 300, final_tax_minor: 50, is_final: true })
  const { rows } = await app.pool.query(
    `select cost_minor, (select sum(amount_minor + tax_minor) from telemetry.ledger_lines where session_id = s.id) lines
       from sessions s where id = $1`,
    [id],
  )
  expect(rows).toEqual([{ cost_minor: 450, lines: 450 }])
  const list = await app.call('GET', `/api/corrections?where[session][equals]=${id}`, { as: admin })
  expect(list.body['docs']).toMatchObject([
    { kind: 'adjustment', amountMinor: -125, taxMinor: -25, currency: 'GBP' },
  ])
})

test('a correction cannot be changed or erased: not over REST, not in SQL', async () => {
  const id = await ended(true)
  const { body } = await decide(id, { kind: 'adjustment', amountMinor: 100, reason: 'Late fee' })
  const correction = (body['doc'] as { id: number }).id
  for (const method of ['PATCH', 'DELETE'] as const)
    expect(
      (await app.call(method, `/api/corrections/${correction}`, { as: admin, body: {} })).status,
    ).toBe(403)
  const change = `where id = ${correction}`
  await expect(app.pool.query(`delete from corrections ${change}`)).rejects.toThrow(/on record/)
  await expect(app.pool.query(`update corrections set amount_minor = 0 ${change}`)).rejects.toThrow(
    /cannot be changed/,
  )
})

test.each<[string, object, RegExp]>([
  ['no reason', { kind: 'adjustment', amountMinor: -10 }, /why/],
  ['a reason of spaces', { kind: 'adjustment', amountMinor: -10, reason: '   ' }, /why/],
  ['more than it costs', { kind: 'adjustment', amountMinor: -451, reason: 'Refund' }, /£4.50/],
  ['nothing', { kind: 'adjustment', reason: 'Nothing at all' }, /added or taken off/],
  ['half a penny', { kind: 'adjustment', amountMinor: 0.5, reason: 'Half' }, /whole numbers/],
  ['text', { kind: 'adjustment', amountMinor: 'much', reason: 'Much' }, /whole numbers/],
  ['a known price again', { kind: 'price-again', reason: 'Cheaper please' }, /it stays/],
  ['a known price settled', { kind: 'settlement', amountMinor: 1, reason: 'Less' }, /has a price/],
  ['an unknown kind', { kind: 'erase', reason: 'Because' }, /kind is one of/],
])('%s is refused with a sentence, and nothing is written', async (_what, body, sentence) => {
  const id = await ended(true)
  const answer = await decide(id, body)
  expect(answer.status).toBe(400)
  expect(answer.body['detail']).toMatch(sentence)
  const { rows } = await app.pool.query('select 1 from corrections where session_id = $1', [id])
  expect(rows).toEqual([])
})

test('operators see corrections and make none; others do not learn that the session exists', async () => {
  const id = await ended(true)
  const body = { kind: 'adjustment', amountMinor: -10, reason: 'Goodwill' }
  expect((await decide(id, body, operator)).status).toBe(403)
  expect((await decide(id, body, null)).status).toBe(401)
  const stranger = await app.person('sid', [
    {
      role: 'operator',
      scope: 'sites',
      sites: [(await app.payload.create({ collection: 'sites', data: { name: 'Far' } })).id],
    },
  ])
  expect((await decide(id, body, stranger)).status).toBe(404)
  await decide(id, body)
  const seen = async (as: Person) =>
    (await app.call('GET', `/api/corrections?where[session][equals]=${id}`, { as })).body[
      'totalDocs'
    ]
  expect([await seen(operator), await seen(stranger)]).toEqual([1, 0])
})

test('a session without a price is priced by the tariff that is chosen for it, to the penny', async () => {
  const id = await ended(false)
  expect(await total(id)).toMatchObject({ status: 'needs-review', final_minor: null })
  const { status } = await decide(id, { kind: 'price-again', tariff, reason: 'Site had no tariff' })
  expect(status).toBe(201)
  await price()
  expect(await total(id)).toMatchObject({ status: 'ended', final_minor: 450, is_final: true })
})

test('or by what holds at its charger by now; while nothing does, that is said', async () => {
  const id = await ended(false)
  const again = { kind: 'price-again', reason: 'Priced since' }
  const refused = await decide(id, again)
  expect([refused.status, refused.body['detail']]).toEqual([
    400,
    expect.stringMatching(/still no price/),
  ])
  await app.payload.update({ collection: 'sites', id: site, data: { freeOfCharge: true } })
  expect((await decide(id, again)).status).toBe(201)
  await price()
  await app.payload.update({ collection: 'sites', id: site, data: { freeOfCharge: false } })
  expect(await total(id)).toMatchObject({ status: 'ended', final_minor: 0, is_final: true })
})

test('or it is settled: the amount is a correction, and it is final', async () => {
  const id = await ended(false)
  const body = { kind: 'settlement', amountMinor: 600, taxBasisPoints: 2000, reason: 'As agreed' }
  expect((await decide(id, body)).status).toBe(201)
  await price()
  expect(await total(id)).toMatchObject({
    status: 'ended',
    final_minor: 600,
    final_tax_minor: 100,
    is_final: true,
  })
})
