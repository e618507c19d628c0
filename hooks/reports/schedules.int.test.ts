import { startApp, type App, type Person } from '@/tests/helpers/app'
import { makeNetwork, type Network } from '@/tests/helpers/network'

let app: App
let net: Network
let admin: Person
let operator: Person
let owner: Person
let technician: Person
let organisation: number

beforeAll(async () => {
  app = await startApp()
  net = await makeNetwork(app.pool)
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('operator', [
    { role: 'operator', scope: 'sites', sites: [net.siteA] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [net.siteA] }])
  technician = await app.person('tech', [
    { role: 'technician', scope: 'sites', sites: [net.siteA] },
  ])
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into organisations (name, kind) values ('Both Ltd', 'site-owner') returning id`,
  )
  organisation = rows[0]!.id
  await app.pool.query('update sites set owner_id = $1', [organisation])
})
afterAll(() => app.close())

const schedule = (more: object = {}) => ({
  name: 'Monthly',
  kind: 'statement',
  covers: 'site',
  site: net.siteA,
  frequency: 'monthly',
  formats: ['pdf'],
  recipients: ['accounts@owner.example'],
  ...more,
})
const make = (as: Person | null, more: object = {}) =>
  app.call('POST', '/api/report-schedules', { as, body: schedule(more) })

test('an operator schedules a report of his own site, and its zone is fixed from then on', async () => {
  const { status, body } = await make(operator)
  expect(status).toBe(201)
  expect(body.doc).toMatchObject({ timezone: 'Europe/London', paused: false })
  const { rows } = await app.pool.query(
    'select address, confirmed_at from telemetry.report_recipients where schedule_id = $1',
    [body.doc!['id']],
  )
  expect(rows).toEqual([{ address: 'accounts@owner.example', confirmed_at: null }])
})

test.each([
  ['a site of somebody else', () => make(operator, { site: net.siteB })],
  [
    'an owner with a site of somebody else',
    () => make(operator, { covers: 'owner', organisation }),
  ],
  ['no site', () => make(operator, { site: null })],
  ['an address that is a list', () => make(operator, { recipients: ['a@b.example, c@d.example'] })],
  ['an address twice', () => make(operator, { recipients: ['a@b.example', 'A@b.example'] })],
  [
    'an address with a second header',
    () => make(operator, { recipients: ['a@b.example\r\nBcc: x@y.example'] }),
  ],
])('%s is refused with a sentence at the field', async (_what, ask) => {
  const { status, body } = await ask()
  expect(status).toBe(400)
  expect(body.errors?.[0]?.data?.errors?.[0]?.message).toMatch(/\w/)
})

test('a technician and a stranger schedule nothing', async () => {
  expect((await make(technician)).status).toBe(403)
  expect([401, 403]).toContain((await make(null)).status)
})

test('a site owner sends to his own address only, and sees only what he made', async () => {
  expect((await make(owner)).status).toBe(400)
  const mine = await make(owner, { recipients: [owner.email], name: 'For me' })
  expect(mine.status).toBe(201)
  const { body } = await app.call('GET', '/api/report-schedules', { as: owner })
  expect(body.docs?.map((doc) => doc['name'])).toEqual(['For me'])
  const changed = await app.call('PATCH', `/api/report-schedules/${mine.body.doc!['id']}`, {
    as: owner,
    body: { recipients: [owner.email, 'friend@else.example'] },
  })
  expect(changed.status).toBe(400)
})

test('what a schedule covers cannot be changed afterwards', async () => {
  const { body } = await make(admin)
  const id = body.doc!['id']
  await app.call('PATCH', `/api/report-schedules/${id}`, { as: admin, body: { site: net.siteB } })
  const { body: after } = await app.call('GET', `/api/report-schedules/${id}?depth=0`, {
    as: admin,
  })
  expect(after['site']).toBe(net.siteA)
})

test('an address that confirmed for the same owner need not confirm again', async () => {
  await app.pool.query(
    `update telemetry.report_recipients set confirmed_at = now() where address = 'accounts@owner.example'`,
  )
  const { body } = await make(admin, { site: net.siteB })
  const { rows } = await app.pool.query<{ confirmed_at: Date | null }>(
    'select confirmed_at from telemetry.report_recipients where schedule_id = $1',
    [body.doc!['id']],
  )
  expect(rows[0]?.confirmed_at).toBeInstanceOf(Date)
})

test('statements and links are written by the server alone, and seen where all their sites are', async () => {
  const created = await app.call('POST', '/api/statements', { as: admin, body: { title: 'Mine' } })
  expect(created.status).toBe(403)
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into statements (title, site_id, period_from) values ('A', $1, now()), ('A and B', null, now()) returning id`,
    [net.siteA],
  )
  await app.pool.query(
    `insert into telemetry.statement_runs (statement_id, schedule_id, site_ids) values ($1, 1, $3), ($2, 1, $4)`,
    [rows[0]!.id, rows[1]!.id, [net.siteA], [net.siteA, net.siteB]],
  )
  const seen = async (as: Person) =>
    (await app.call('GET', '/api/statements?sort=id', { as })).body.docs?.map((doc) => doc['title'])
  expect(await seen(operator)).toEqual(['A'])
  expect(await seen(owner)).toEqual(['A'])
  expect(await seen(admin)).toEqual(['A', 'A and B'])
  const foreign = await app.call('GET', `/api/statements/${rows[1]!.id}`, { as: operator })
  expect(foreign.status).toBe(404)
  expect((await app.call('GET', '/api/statements', { as: technician })).status).toBe(403)
})
