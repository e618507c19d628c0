import { startApp, type App, type Person } from '@/tests/helpers/app'

/** The one door out, from REST: who may ask what of which charger, and what a request leaves behind. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let mine: number
let foreign: number

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  const siteA = await make('sites', { name: 'A' })
  const siteB = await make('sites', { name: 'B' })
  mine = await make('chargers', { name: 'KP 7', identity: 'KP-07', site: siteA })
  foreign = await make('chargers', { name: 'KP 8', identity: 'KP-08', site: siteB })
  const at = { scope: 'sites' as const, sites: [siteA] }
  operator = await app.person('operator', [{ role: 'operator', ...at }])
  technician = await app.person('technician', [{ role: 'technician', ...at }])
  owner = await app.person('owner', [{ role: 'site-owner', ...at }])
})

afterAll(() => app.close())

const soft = { action: 'Reset', payload: { type: 'Soft' } }
const ask = (as: Person | null, body: object) => app.call('POST', '/api/commands', { as, body })
const count = async () =>
  Number((await app.pool.query('select count(*) from commands')).rows[0].count)

async function register(status: string | null, isConnected: boolean): Promise<void> {
  await app.pool.query(
    `update charger_states set registration_status = $2, connected = $3 where id = (select state_id from chargers where id = $1)`,
    [mine, status, isConnected],
  )
}

describe('a request', () => {
  test('is a queued row with its trace and a word to the socket’s holder, all in one', async () => {
    const client = await app.pool.connect()
    const heard: string[] = []
    client.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload ?? ''}`))
    await client.query('listen cpms_command')
    const { status, body } = await ask(operator, { charger: mine, ...soft })
    expect(status).toBe(201)
    expect(body.doc).toMatchObject({ status: 'queued' })
    await client.query('select 1')
    client.release(true)
    expect(heard).toEqual([`cpms_command ${mine}`])
    const id = Number(body.doc?.id)
    const { rows } = await app.pool.query<Record<string, Date>>(
      'select * from commands where id = $1',
      [id],
    )
    expect(rows[0]).toMatchObject({
      charger_id: mine,
      action: 'Reset',
      payload: '{"type":"Soft"}',
      is_final: false,
      requested_by_id: operator.id,
      source: 'rest',
    })
    expect(Number(rows[0]?.['expires_at']) - Number(rows[0]?.['created_at'])).toBe(30_000)
    const events = await app.pool.query(
      `select kind, charger_id, body from telemetry.events where body->>'commandId' = $1`,
      [String(id)],
    )
    expect(events.rows).toEqual([
      {
        kind: 'command.changed',
        charger_id: mine,
        body: {
          commandId: id,
          action: 'Reset',
          status: 'queued',
          isFinal: false,
          reason: null,
          outcome: null,
        },
      },
    ])
    const audit = await app.pool.query(
      `select actor, result, after from audit_log where resource = 'commands' and resource_id = $1`,
      [String(id)],
    )
    expect(audit.rows).toEqual([
      {
        actor: 'operator',
        result: 'queued',
        after: '{"charger":"KP-07","payload":{"type":"Soft"}}',
      },
    ])
  })

  test('names the charger by id or by identity in any case', async () => {
    for (const charger of [mine, 'KP-07', 'kp-07'])
      expect((await ask(operator, { charger, ...soft })).body.doc).toMatchObject({ charger: mine })
  })

  test('keeps the payload’s members in the order they came, as text, and shows them as an object', async () => {
    const payload = { idTag: 'ABC', connectorId: 1 }
    const { body } = await ask(operator, {
      charger: mine,
      action: 'RemoteStartTransaction',
      payload,
    })
    const id = String(body.doc?.id)
    const { rows } = await app.pool.query(
      'select payload, connector_id, id_tag from commands where id = $1',
      [id],
    )
    expect(rows).toEqual([
      { payload: '{"idTag":"ABC","connectorId":1}', connector_id: 1, id_tag: 'ABC' },
    ])
    await app.pool.query(
      `update commands set response = '{"status":"Accepted","a":1}' where id = $1`,
      [id],
    )
    const read = await app.call('GET', `/api/commands/${id}?depth=0`, { as: operator })
    expect(JSON.stringify(read.body['payload'])).toBe('{"idTag":"ABC","connectorId":1}')
    expect(JSON.stringify(read.body['response'])).toBe('{"status":"Accepted","a":1}')
  })

  test('a stop is tied to its session', async () => {
    const session = await app.pool.query<{ id: number }>(
      `insert into sessions (transaction_id, charger_id, status, started_at) values (4711, $1, 'charging', now()) returning id`,
      [mine],
    )
    const { body } = await ask(operator, {
      charger: mine,
      action: 'RemoteStopTransaction',
      payload: { transactionId: 4711 },
    })
    const read = await app.call('GET', `/api/commands/${String(body.doc?.id)}?depth=0`, {
      as: operator,
    })
    expect(read.body).toMatchObject({ transactionId: 4711, session: session.rows[0]?.id })
  })
})

describe('a request is refused', () => {
  test.each<[string, object, string]>([
    ['an unknown action', { action: 'SelfDestruct', payload: {} }, 'action'],
    ['no action', { payload: {} }, 'action'],
    ['an action that is no text', { action: { $ne: null }, payload: {} }, 'action'],
    [
      'a Reset of type Sideways',
      { action: 'Reset', payload: { type: 'Sideways' } },
      'payload.type',
    ],
    [
      'a member too few',
      { action: 'RemoteStartTransaction', payload: { connectorId: 1 } },
      'payload.idTag',
    ],
    [
      'a member too many',
      { action: 'Reset', payload: { type: 'Soft', force: true } },
      'payload.force',
    ],
    ['a payload that is a list', { action: 'Reset', payload: ['Soft'] }, 'payload'],
    ['U+0000', { action: 'RemoteStartTransaction', payload: { idTag: 'a\u0000b' } }, 'payload'],
    ['a charger that is no name', { charger: { id: 1 }, ...soft }, 'charger'],
  ])('for %s, naming the member', async (_what, body, member) => {
    const before = await count()
    const { status, body: answer } = await ask(admin, { charger: mine, ...body })
    expect([status, answer['code'], answer['member']]).toEqual([400, 'invalid-command', member])
    expect(await count()).toBe(before)
  })

  test('when it is not JSON: a form, half a file, an array', async () => {
    const form = new FormData()
    form.set('charger', 'KP-07')
    expect((await app.call('POST', '/api/commands', { as: admin, raw: form })).status).toBe(400)
    for (const raw of ['{"charger":', '[]', '"x"', ''])
      expect(
        (
          await app.call('POST', '/api/commands', {
            as: admin,
            raw,
            headers: { 'Content-Type': 'application/json' },
          })
        ).status,
      ).toBe(400)
    expect(
      (
        await app.call('POST', '/api/commands', {
          as: admin,
          raw: JSON.stringify({ charger: mine, ...soft }),
          headers: { 'Content-Type': 'text/plain' },
        })
      ).status,
    ).toBe(400)
  })

  test('SEC-29 outside the scope exactly as for a charger that does not exist', async () => {
    const before = await count()
    const missing = await ask(operator, { charger: 999_999, ...soft })
    for (const charger of [foreign, 'KP-08', 'NO-SUCH']) {
      const { status, body } = await ask(operator, { charger, ...soft })
      expect([charger, status, body]).toEqual([charger, 404, missing.body])
    }
    expect((await ask(admin, { charger: foreign, ...soft })).status).toBe(201)
    expect(await count()).toBe(before + 1)
  })

  test('by role: a technician resets but sets nothing, an owner does neither, nobody sends raw data but a Super Admin', async () => {
    const change = (key: string, value: string) => ({
      charger: mine,
      action: 'ChangeConfiguration',
      payload: { key, value },
    })
    const raw = { charger: mine, action: 'DataTransfer', payload: { vendorId: 'x' } }
    const statuses = async (as: Person) => [
      (await ask(as, { charger: mine, ...soft })).status,
      (await ask(as, change('HeartbeatInterval', '60'))).status,
      (await ask(as, change('AuthorizationKey', 'a1'.repeat(20)))).status,
      (await ask(as, raw)).status,
    ]
    expect(await statuses(admin)).toEqual([201, 201, 201, 201])
    expect(await statuses(operator)).toEqual([201, 201, 403, 403])
    expect(await statuses(technician)).toEqual([201, 403, 403, 403])
    expect(await statuses(owner)).toEqual([403, 403, 403, 403])
    expect((await ask(null, { charger: mine, ...soft })).status).toBe(401)
    expect(
      (
        await app.call('POST', '/api/commands', {
          as: { ...admin, token: 'x.y.z' },
          body: { charger: mine, ...soft },
        })
      ).status,
    ).toBe(401)
  })

  test('SEC-11 while a charger is not accepted; one that is merely away is waited for', async () => {
    const status = async () => (await ask(admin, { charger: mine, ...soft })).status
    await register('Pending', true)
    expect(await status()).toBe(409)
    await register('Rejected', false)
    expect(await status()).toBe(409)
    await register(null, true)
    expect(await status()).toBe(409)
    await register('Accepted', false)
    expect(await status()).toBe(201)
    await register(null, false)
    expect(await status()).toBe(201)
  })

  test('SEC-22 with the cookie from a foreign page; from the panel it is taken as the panel’s', async () => {
    const from = (origin: string, more: Record<string, string> = {}) =>
      app.call('POST', '/api/commands', {
        body: { charger: mine, ...soft },
        headers: {
          Cookie: `payload-token=${admin.token}`,
          ...(origin ? { Origin: origin } : {}),
          ...more,
        },
      })
    expect((await from('https://evil.test')).status).toBe(401)
    expect((await from('', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(401)
    const { status, body } = await from('http://127.0.0.1:3000')
    expect(status).toBe(201)
    const read = await app.call('GET', `/api/commands/${String(body.doc?.id)}?depth=0`, {
      as: admin,
    })
    expect(read.body).toMatchObject({ source: 'panel' })
  })

  test('when too many wait at one charger', async () => {
    await app.pool.query('update commands set is_final = true')
    const answers = []
    for (let i = 0; i < 34; i++) answers.push((await ask(admin, { charger: mine, ...soft })).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(32)
    expect(answers.slice(-2)).toEqual([429, 429])
  })

  test('and the secret of a setting is not in the trace', async () => {
    await app.pool.query('update commands set is_final = true')
    await ask(admin, {
      charger: mine,
      action: 'ChangeConfiguration',
      payload: { key: 'AuthorizationKey', value: 'canary-key-0123456789' },
    })
    const { rowCount } = await app.pool.query(
      `select 1 from audit_log a where a::text like '%canary-key%'`,
    )
    expect(rowCount).toBe(0)
  })
})
