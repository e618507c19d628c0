import { verifySecret } from '@/platform/credentials'
import { env } from '@/platform/env'
import { startApp, type App, type Person } from '@/tests/helpers/app'

/** What must hold when a row is written: secrets, spellings, histories, versions, and the trace of it. */
let app: App
let admin: Person
let operator: Person
let site: number
let otherSite: number

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  site = await make('sites', { name: 'Site' })
  otherSite = await make('sites', { name: 'Other' })
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [site] }])
})

afterAll(() => app.close())

const post = (slug: string, body: object, as: Person = admin) =>
  app.call('POST', `/api/${slug}?depth=0`, { as, body })

async function make(slug: string, body: object): Promise<number> {
  const { status, body: answer } = await post(slug, body)
  if (status !== 201) throw new Error(`${slug}: ${status} ${JSON.stringify(answer)}`)
  return Number(answer.doc?.id)
}

let count = 0
const newCharger = (more: object = {}) =>
  post('chargers', { name: 'KP', identity: `KP-${++count}`, site, ...more })

async function stored(chargerId: number) {
  const { rows } = await app.pool.query<{ salt: Buffer; hash: Buffer }>(
    'select salt, hash from telemetry.charger_credentials where charger_id = $1',
    [chargerId],
  )
  return rows[0]
}

const opens = async (chargerId: number, secret: string) => {
  const row = await stored(chargerId)
  return row !== undefined && verifySecret(env().chargerKey, row, secret)
}

describe('a charger’s password', () => {
  test('is made where none is given, and answered once', async () => {
    const { body, status } = await newCharger()
    expect(status).toBe(201)
    const id = Number(body.doc?.id)
    const secret = String(body.doc?.oneTimePassword)
    expect(secret).toMatch(/^[0-9a-f]{40}$/)
    expect(await opens(id, secret)).toBe(true)
    for (const path of [
      `/api/chargers/${id}?depth=2`,
      '/api/chargers?limit=100',
      '/api/audit-log?limit=200',
    ]) {
      const read = await app.call('GET', path, { as: admin })
      expect(JSON.stringify(read.body)).not.toContain(secret)
    }
    const renamed = await app.call('PATCH', `/api/chargers/${id}`, {
      as: admin,
      body: { name: 'Villa' },
    })
    expect(renamed.body.doc).not.toHaveProperty('oneTimePassword')
    expect(await opens(id, secret)).toBe(true)
  })

  test('may be given, is not answered and stands in clear in no table', async () => {
    const secret = 'canary-Wachtmeister-1'
    const { body } = await newCharger({ password: secret })
    expect(body.doc).not.toHaveProperty('oneTimePassword')
    expect(body.doc).not.toHaveProperty('password')
    expect(await opens(Number(body.doc?.id), secret)).toBe(true)
    const { rows: tables } = await app.pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'telemetry')`,
    )
    for (const { name } of tables) {
      const { rows } = await app.pool.query<{ hit: boolean }>(
        `select exists(select 1 from ${name} t where t::text like '%' || $1 || '%') as hit`,
        [secret],
      )
      expect([name, rows[0]?.hit]).toEqual([name, false])
    }
  })

  test.each([
    'too short',
    'x'.repeat(65),
    12345678901234567890,
    'with\nline-feed-inside',
    { $ne: null },
  ])('%j is refused and nothing is left behind', async (password) => {
    const before = await app.pool.query('select count(*) from charger_states')
    const { status, body } = await newCharger({ password })
    expect([status, body.errors?.[0]?.data?.errors?.[0]?.path]).toEqual([400, 'password'])
    expect((await app.pool.query('select count(*) from charger_states')).rows).toEqual(before.rows)
  })

  test('rotates: the old one is worth nothing, the new one is answered once, and the log says who', async () => {
    const { body } = await newCharger()
    const id = Number(body.doc?.id)
    const old = String(body.doc?.oneTimePassword)
    const rotated = await app.call('POST', `/api/chargers/${id}/rotate-password`, { as: operator })
    expect(rotated.status).toBe(200)
    const fresh = String(rotated.body['oneTimePassword'])
    expect([await opens(id, old), await opens(id, fresh)]).toEqual([false, true])
    const given = await app.call('POST', `/api/chargers/${id}/rotate-password`, {
      as: operator,
      body: { password: 'chosen-by-people-1' },
    })
    expect(given.body).not.toHaveProperty('oneTimePassword')
    expect(await opens(id, 'chosen-by-people-1')).toBe(true)
    await app.call('PATCH', `/api/chargers/${id}`, {
      as: admin,
      body: { password: 'patched-by-people-1' },
    })
    expect(await opens(id, 'patched-by-people-1')).toBe(true)
    const { rows } = await app.pool.query(
      `select actor, after from audit_log where action = 'rotate-password' and resource_id = $1 order by id`,
      [String(id)],
    )
    expect(rows.map((row) => (row as { actor: string }).actor)).toEqual([
      'operator',
      'operator',
      'admin',
    ])
    expect(JSON.stringify(rows)).not.toMatch(/people/)
  })

  test('is nobody else’s to rotate', async () => {
    const { body } = await newCharger({ site: otherSite })
    const id = String(body.doc?.id)
    const technician = await app.person('rotator', [
      { role: 'technician', scope: 'sites', sites: [site, otherSite] },
    ])
    expect(
      (await app.call('POST', `/api/chargers/${id}/rotate-password`, { as: operator })).status,
    ).toBe(404)
    expect(
      (await app.call('POST', `/api/chargers/${id}/rotate-password`, { as: technician })).status,
    ).toBe(403)
    expect((await app.call('POST', `/api/chargers/${id}/rotate-password`)).status).toBe(403)
    expect(
      (await app.call('POST', '/api/chargers/999999/rotate-password', { as: admin })).status,
    ).toBe(404)
  })

  test('changes are told to whoever holds the charger’s socket, once they are true', async () => {
    const client = await app.pool.connect()
    const heard: string[] = []
    client.on('notification', ({ payload }) => heard.push(payload ?? ''))
    await client.query('listen cpms_charger')
    const { body } = await newCharger()
    await newCharger({ identity: `KP-${count}` })
    await client.query('select 1')
    client.release(true)
    expect(new Set(heard)).toEqual(new Set([String(body.doc?.id)]))
  })
})

describe('a charger’s identity', () => {
  test('is one, whatever its case, also when two are made at once', async () => {
    expect((await newCharger({ identity: 'Case-1' })).status).toBe(201)
    for (const identity of ['case-1', 'CASE-1', ' Case-1 ']) {
      const { status, body } = await newCharger({ identity })
      expect(status).toBe(400)
      expect(body.errors?.[0]?.data?.errors?.[0]).toMatchObject({
        path: 'identity',
        message: expect.stringContaining('already') as string,
      })
    }
    const race = await Promise.all(
      ['race', 'RACE', 'Race', 'rAce'].map((identity) => newCharger({ identity })),
    )
    expect(race.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
  })

  test('may change its case, but not into something that is no part of an address', async () => {
    const { body } = await newCharger({ identity: 'lower-case' })
    const path = `/api/chargers/${String(body.doc?.id)}`
    expect(
      (await app.call('PATCH', path, { as: admin, body: { identity: 'LOWER-CASE' } })).status,
    ).toBe(200)
    for (const identity of ['a/b', 'a:b', '', null, 'x'.repeat(49), 7])
      expect([
        identity,
        (await app.call('PATCH', path, { as: admin, body: { identity } })).status,
      ]).toEqual([identity, 400])
  })
})

describe('what is written', () => {
  test('M4 a card is one card in every spelling', async () => {
    const { body } = await post('rfid-cards', { uid: ' 04:a2-b3 c4 ' })
    expect(body.doc?.uid).toBe('04A2B3C4')
    expect((await post('rfid-cards', { uid: '04a2b3c4' })).status).toBe(400)
    expect((await post('rfid-cards', { uid: ' :- ' })).status).toBe(400)
  })

  test('S3 a tariff keeps a version of each price it had, and none for a new name', async () => {
    const id = await make('tariffs', { name: 'Day', energyRateMicros: 450_000, currency: 'gbp' })
    const patch = (body: object) => app.call('PATCH', `/api/tariffs/${id}`, { as: admin, body })
    await patch({ name: 'Daytime' })
    await patch({ energyRateMicros: 500_000 })
    await patch({ energyRateMicros: 450_000 })
    const { rows } = await app.pool.query<{
      body: { currency: string; elements: { components: { rateMicros: number }[] }[] }
    }>('select body from telemetry.tariff_versions where tariff_id = $1 order by id', [id])
    expect(rows.map(({ body }) => body.elements[0]?.components[0]?.rateMicros)).toEqual([
      450_000, 500_000, 450_000,
    ])
    expect(rows[0]?.body.currency).toBe('GBP')
    for (const bad of [
      { energyRateMicros: 0.5 },
      { energyRateMicros: -1 },
      { currency: 'pounds' },
      { taxBasisPoints: 10_001 },
    ])
      expect([bad, (await patch(bad)).status]).toEqual([bad, 400])
  })

  test('a connector is numbered once per charger, and gets its state row', async () => {
    const { body } = await newCharger()
    const charger = Number(body.doc?.id)
    const first = await post('connectors', { charger, connectorId: 1 })
    expect(first.body.doc).toMatchObject({ status: null })
    expect((await post('connectors', { charger, connectorId: 1 })).status).toBe(400)
    expect((await post('connectors', { charger, connectorId: 0 })).status).toBe(400)
    expect((await post('connectors', { charger, connectorId: 1.5 })).status).toBe(400)
  })

  test('facts written by SQL show as the charger’s own, can be searched and sorted by', async () => {
    const { body } = await newCharger()
    const id = Number(body.doc?.id)
    await app.pool.query(
      `update charger_states set status = 'Charging', connected = true, vendor = 'Alfen', last_seen_at = now()
        where id = (select state_id from chargers where id = $1)`,
      [id],
    )
    await app.call('PATCH', `/api/chargers/${id}`, { as: admin, body: { name: 'Renamed' } })
    const read = await app.call('GET', `/api/chargers/${id}?depth=0`, { as: admin })
    expect(read.body).toMatchObject({
      name: 'Renamed',
      status: 'Charging',
      connected: true,
      vendor: 'Alfen',
    })
    expect(read.body).not.toHaveProperty('state')
    const found = await app.call(
      'GET',
      '/api/chargers?where[status][equals]=Charging&sort=-lastSeenAt&depth=0',
      { as: operator },
    )
    expect(found.body.docs?.map((doc) => doc.id)).toEqual([id])
  })

  test('nonsense is a 400 or 404 with a sentence, never a 500', async () => {
    const tries: [string, string, object?][] = [
      ['POST', '/api/sites', { name: 'a\u0000b' }],
      ['POST', '/api/sites', { name: 'x', latitude: 91 }],
      ['POST', '/api/sites', { name: 'x', timezone: 'Mars/Olympus' }],
      ['POST', '/api/chargers', { name: 'x', identity: 'rel', site: 'abc' }],
      ['POST', '/api/chargers', { name: 'x', identity: 'rel', site: { id: 1 } }],
      ['POST', '/api/chargers', { name: 'x', identity: 'rel' }],
      ['GET', '/api/chargers/abc'],
      ['GET', '/api/chargers/99999999999999999999'],
      ['GET', '/api/chargers?where[site][equals]=abc'],
      ['GET', '/api/chargers?where[nothing][equals]=1'],
      ['GET', '/api/sessions?where[startedAt][greater_than]=yesterday'],
      ['PATCH', '/api/chargers/99999999999999999999', { name: 'x' }],
    ]
    for (const [method, path, body] of tries) {
      const { status } = await app.call(method, path, { as: admin, body })
      expect([method, path, body, status < 500]).toEqual([method, path, body, true])
    }
  })
})

test('what Postgres does not commit is not answered as done', async () => {
  await app.pool.query(`
    create function telemetry.no_doomed() returns trigger language plpgsql as $$ begin raise exception 'doomed'; end $$;
    create constraint trigger no_doomed after insert on sites deferrable initially deferred
      for each row when (new.name = 'Doomed') execute function telemetry.no_doomed()`)
  const answer = await app.call('POST', '/api/sites', { as: admin, body: { name: 'Doomed' } })
  expect(answer.status).toBe(500)
  const { rows } = await app.pool.query(`select from sites where name = 'Doomed'`)
  expect(rows).toEqual([])
  await app.pool.query('drop trigger no_doomed on sites; drop function telemetry.no_doomed()')
  const next = await app.call('POST', '/api/sites', { as: admin, body: { name: 'Doomed' } })
  expect(next.status).toBe(201)
})

describe('what history points to stays', () => {
  test('a charger with a session is not deleted, one without goes with all its parts', async () => {
    const { body } = await newCharger()
    const id = Number(body.doc?.id)
    const connector = await make('connectors', { charger: id, connectorId: 1 })
    await app.pool.query(
      `insert into sessions (transaction_id, charger_id, connector_id, site_id, status, started_at) values (99, $1, $2, $3, 'ended', now())`,
      [id, connector, site],
    )
    const refused = await app.call('DELETE', `/api/chargers/${id}`, { as: admin })
    expect(refused.status).toBe(409)
    expect(refused.body.errors?.[0]?.message).toMatch(/history/)
    expect((await app.call('DELETE', `/api/connectors/${connector}`, { as: admin })).status).toBe(
      409,
    )
    expect((await app.call('DELETE', `/api/sites/${site}`, { as: admin })).status).toBe(409)
    await app.pool.query('delete from sessions where charger_id = $1', [id])
    expect((await app.call('DELETE', `/api/chargers/${id}`, { as: operator })).status).toBe(200)
    const left = await app.pool.query(
      `select (select count(*)::int from connectors where charger_id = $1) + (select count(*)::int from telemetry.charger_credentials where charger_id = $1)
            + (select count(*)::int from charger_states s where not exists (select 1 from chargers c where c.state_id = s.id))
            + (select count(*)::int from connector_states s where not exists (select 1 from connectors c where c.state_id = s.id)) as n`,
      [id],
    )
    expect(left.rows).toEqual([{ n: 0 }])
  })

  test('the last Super Admin cannot be taken away, by deleting, demoting or an end date', async () => {
    const { body } = await app.call('GET', `/api/grants?where[role][equals]=super-admin&depth=0`, {
      as: admin,
    })
    const grant = String(body.docs?.[0]?.id)
    expect(body.docs).toHaveLength(1)
    expect((await app.call('DELETE', `/api/grants/${grant}`, { as: admin })).status).toBe(409)
    expect(
      (await app.call('PATCH', `/api/grants/${grant}`, { as: admin, body: { role: 'operator' } }))
        .status,
    ).toBe(409)
    expect(
      (
        await app.call('PATCH', `/api/grants/${grant}`, {
          as: admin,
          body: { until: '2020-01-01T00:00:00Z' },
        })
      ).status,
    ).toBe(409)
    expect((await app.call('DELETE', `/api/users/${admin.id}`, { as: admin })).status).toBe(409)
    expect((await app.call('GET', '/api/chargers', { as: admin })).status).toBe(200)
  })

  test.each([
    { role: 'super-admin', scope: 'sites', sites: [1] },
    { role: 'operator', scope: 'sites', sites: [] },
    { role: 'operator', scope: 'regions' },
    { role: 'operator', scope: 'all', from: '2030-01-01T00:00:00Z', until: '2029-01-01T00:00:00Z' },
    { role: 'king', scope: 'all' },
  ])('a grant that means nothing is refused: %j', async (grant) => {
    expect((await post('grants', { user: operator.id, ...grant })).status).toBe(400)
  })
})

describe('SEC-46 the trace', () => {
  const last = async (where: string) => {
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `select * from audit_log where ${where} order by id desc limit 1`,
    )
    return rows[0]
  }

  test('a change leaves one row: who, role, from where, what it was and is, in which request', async () => {
    const id = await make('drivers', { name: 'Ann', email: 'ann@drivers.test', site })
    const count = async () =>
      (
        await app.pool.query(
          `select 1 from audit_log where resource = 'drivers' and resource_id = '${id}'`,
        )
      ).rowCount
    expect(await count()).toBe(1)
    await app.call('PATCH', `/api/drivers/${id}`, {
      as: operator,
      body: { phone: '+44 20 7946 0000' },
    })
    expect(await count()).toBe(2)
    await app.call('PATCH', `/api/drivers/${id}`, {
      as: operator,
      body: { phone: '+44 20 7946 0000' },
    })
    expect(await count()).toBe(2)
    expect(await last(`resource = 'drivers'`)).toMatchObject({
      user_id: operator.id,
      actor: 'operator',
      role: 'operator',
      action: 'update',
      resource_id: String(id),
      site_id: site,
      before: '{"phone":null}',
      after: '{"phone":"+44 20 7946 0000"}',
      result: 'done',
      ip: '192.0.2.7',
      request_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    })
    await app.call('DELETE', `/api/drivers/${id}`, { as: admin })
    expect(await last(`resource = 'drivers'`)).toMatchObject({
      action: 'delete',
      actor: 'admin',
      after: null,
    })
  })

  test('settings, refused sign-ins and denials are in it; passwords are not', async () => {
    await app.call('POST', '/api/globals/settings', {
      as: admin,
      body: { networkName: 'Villa Network' },
    })
    expect(await last(`resource = 'settings'`)).toMatchObject({
      after: '{"networkName":"Villa Network"}',
    })
    await app.call('POST', '/api/users/login', {
      body: { email: operator.email, password: 'canary-wrong-password' },
    })
    expect(await last(`action = 'login'`)).toMatchObject({
      actor: operator.email,
      result: 'refused',
      user_id: null,
    })
    await app.call('POST', '/api/regions', { as: operator, body: { name: 'North' } })
    expect(await last(`result = 'refused' and user_id is not null`)).toMatchObject({
      actor: 'operator',
      action: 'POST /api/regions',
      resource: 'regions',
    })
    const { rowCount } = await app.pool.query(
      `select 1 from audit_log a where a::text like '%canary-wrong%'`,
    )
    expect(rowCount).toBe(0)
  })

  test('an operator reads the trace of his sites only', async () => {
    const { body } = await app.call('GET', '/api/audit-log?limit=200&depth=0', { as: operator })
    expect(new Set(body.docs?.map((doc) => doc.site))).toEqual(new Set([site]))
  })
})
