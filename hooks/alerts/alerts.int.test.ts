import { startApp, type App, type Person } from '@/tests/helpers/app'

/**
 * What people do about alerts, over REST: inside their scope, by the policy table, each with its line in the alert's
 * history, in the audit log and in the outbox; and what each of them may see.
 */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let foreign: Person
let siteA: number
let siteB: number
let charger: number
let next = 0

beforeAll(async () => {
  app = await startApp()
  const made = async (collection: 'sites' | 'chargers', data: object) =>
    Number((await app.payload.create({ collection, data: data as never, depth: 0 })).id)
  siteA = await made('sites', { name: 'Site A', timezone: 'Europe/London' })
  siteB = await made('sites', { name: 'Site B', timezone: 'Europe/London' })
  charger = await made('chargers', { name: 'Bay 3', identity: 'ALERT-1', site: siteA })
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [siteA] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'chargers', chargers: [charger] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [siteA] }])
  foreign = await app.person('foreign', [{ role: 'operator', scope: 'sites', sites: [siteB] }])
})
afterAll(() => app?.close())

async function makeAlert(over: { charger?: number | null; site?: number } = {}): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into alerts (title, sentence, steps, kind, family, severity, status, charger_id, site_id, count, first_at,
       last_at, key, evidence)
     values ('Overheating', 'It is too hot inside the charger.', '["Check it."]', 'overheating', 'Overheating', 'urgent',
       'open', $1, $2, 1, now(), now(), $3, '{"info":"T=91"}') returning id`,
    [over.charger === undefined ? charger : over.charger, over.site ?? siteA, `test/${next++}`],
  )
  return rows[0]!.id
}

const act = (as: Person | null, id: number, doing: string, body?: object) =>
  app.call('POST', `/api/alerts/${id}/${doing}`, { as, body })

async function rowOf(id: number) {
  const { rows } = await app.pool.query<Record<string, unknown>>(
    'select status, acknowledged_by_id, assigned_to_id, resolved_by_id, auto_resolved from alerts where id = $1',
    [id],
  )
  return rows[0]!
}

test('who acknowledges it has it; who resolves it closes it; each leaves its lines', async () => {
  const id = await makeAlert()
  expect(await act(technician, id, 'acknowledge')).toMatchObject({
    status: 200,
    body: { doc: { id, status: 'acknowledged' } },
  })
  expect(await rowOf(id)).toMatchObject({
    status: 'acknowledged',
    acknowledged_by_id: technician.id,
    assigned_to_id: technician.id,
  })
  expect((await act(operator, id, 'acknowledge')).status).toBe(409)
  expect((await act(operator, id, 'note', { note: 'Fan replaced' })).status).toBe(200)
  expect((await act(operator, id, 'resolve', { note: 'Fan was dead' })).status).toBe(200)
  expect(await rowOf(id)).toMatchObject({
    status: 'resolved',
    resolved_by_id: operator.id,
    auto_resolved: false,
  })
  expect((await act(operator, id, 'resolve')).status).toBe(409)
  const { rows: log } = await app.pool.query(
    'select action, note, user_id from telemetry.alert_log where alert_id = $1 order by id',
    [id],
  )
  expect(log).toEqual([
    { action: 'acknowledged', note: null, user_id: technician.id },
    { action: 'note', note: 'Fan replaced', user_id: operator.id },
    { action: 'resolved', note: 'Fan was dead', user_id: operator.id },
  ])
  const { rows: audit } = await app.pool.query<{ action: string; user_id: number }>(
    `select action, user_id, site_id from audit_log where resource = 'alerts' and resource_id = $1 order by id`,
    [String(id)],
  )
  expect(audit).toEqual([
    { action: 'acknowledge', user_id: technician.id, site_id: siteA },
    { action: 'note', user_id: operator.id, site_id: siteA },
    { action: 'resolve', user_id: operator.id, site_id: siteA },
  ])
  const { rows: events } = await app.pool.query<{ what: string }>(
    `select body ->> 'what' as what from telemetry.events where kind = 'alert.changed' and body ->> 'alertId' = $1 order by id`,
    [String(id)],
  )
  expect(events.map((row) => row.what)).toEqual(['acknowledged', 'resolved'])
})

test('it is given to somebody who looks after the place, to nobody else, and can be taken back', async () => {
  const id = await makeAlert()
  expect((await act(operator, id, 'assign', { user: technician.id })).status).toBe(200)
  expect(await rowOf(id)).toMatchObject({ status: 'open', assigned_to_id: technician.id })
  for (const user of [foreign.id, owner.id, 999_999, 'x', [1]])
    expect((await act(operator, id, 'assign', { user })).status).toBe(400)
  expect((await act(operator, id, 'assign', { user: null })).status).toBe(200)
  expect(await rowOf(id)).toMatchObject({ assigned_to_id: null })
})

test('outside the scope, or where the role does not reach, there is no such alert', async () => {
  const id = await makeAlert()
  const elsewhere = await makeAlert({ charger: null, site: siteB })
  for (const doing of ['acknowledge', 'assign', 'resolve', 'note']) {
    expect([doing, (await act(foreign, id, doing, { note: 'x' })).status]).toEqual([doing, 404])
    expect([doing, (await act(owner, id, doing, { note: 'x' })).status]).toEqual([doing, 404])
    expect([doing, (await act(technician, elsewhere, doing, { note: 'x' })).status]).toEqual([
      doing,
      404,
    ])
    expect([doing, (await act(null, id, doing, { note: 'x' })).status]).toEqual([doing, 401])
    expect([doing, (await act(admin, 999_999, doing, { note: 'x' })).status]).toEqual([doing, 404])
  }
  expect(await rowOf(id)).toMatchObject({ status: 'open', assigned_to_id: null })
})

test.each([[{ note: 5 }], [{ note: 'x'.repeat(2_001) }], [{ note: 'a\u0000b' }]])(
  'nonsense in a note is a 400: %j',
  async (body) => {
    const id = await makeAlert()
    expect((await act(admin, id, 'note', body)).status).toBe(400)
    expect((await act(admin, id, 'note', { note: 'x'.repeat(2_001) })).status).toBe(400)
  },
)

test('nobody writes an alert over REST; an owner reads it without what was seen and who works on it', async () => {
  const id = await makeAlert()
  await act(operator, id, 'acknowledge')
  for (const as of [admin, operator]) {
    expect(
      (await app.call('PATCH', `/api/alerts/${id}`, { as, body: { title: 'x' } })).status,
    ).toBe(403)
    expect((await app.call('POST', '/api/alerts', { as, body: { title: 'x' } })).status).toBe(403)
    expect((await app.call('DELETE', `/api/alerts/${id}`, { as })).status).toBe(403)
  }
  const { body } = await app.call('GET', `/api/alerts/${id}?depth=0`, { as: owner })
  expect(body).toMatchObject({ title: 'Overheating', severity: 'urgent' })
  for (const field of ['evidence', 'assignedTo', 'acknowledgedBy'])
    expect(body).not.toHaveProperty(field)
  expect((await app.call('GET', `/api/alerts/${id}`, { as: foreign })).status).toBe(404)
})

test('looking at the bell is remembered', async () => {
  expect((await app.call('POST', '/api/alerts/seen', { as: operator })).status).toBe(204)
  expect((await app.call('POST', '/api/alerts/seen')).status).toBe(401)
  const { rows } = await app.pool.query('select user_id from telemetry.alert_reads')
  expect(rows).toEqual([{ user_id: operator.id }])
})

test('a forgotten password goes through the outbox, at most three an hour, and says nothing of who exists', async () => {
  const ask = (email: string) => app.call('POST', '/api/users/forgot-password', { body: { email } })
  const known = await ask(operator.email)
  const unknown = await ask('nobody@example.test')
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  for (let i = 0; i < 5; i++) {
    // Payload itself waits a while between two; that is shorter than an hour
    await app.pool.query('update users set reset_password_requested_at = null')
    await ask(operator.email)
  }
  const { rows } = await app.pool.query<{ to_address: string; html: string; text: string }>(
    `select to_address, html, text from telemetry.mails where key like 'account/%'`,
  )
  expect(rows.map((row) => row.to_address)).toEqual(Array(3).fill(operator.email))
  expect(rows[0]!.text).toMatch(/http:\/\/localhost:3000\/admin\/reset\/[0-9a-f]{40}/)
  expect(rows[0]!.html).toContain('href="http://localhost:3000/admin/reset/')
})
