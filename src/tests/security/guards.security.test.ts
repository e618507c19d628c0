import { createHmac } from 'node:crypto'

import pg from 'pg'

import { tokenKey } from '@/live/token'

import { startApp, type App, type CallOptions, type Person } from '../helpers/app'
import { openFront } from '../helpers/front'
import { makeCharger } from '../helpers/network'
import { injections } from './injections'

/** SEC-20 to SEC-31 at the door of REST, as somebody who means harm would knock. What shows that each can fail: `src/tests/controls`. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let site: { a: number; b: number }
let charger: { a: number; b: number }

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}`, { as: admin, body })).body.doc?.id)
  site = { a: await make('sites', { name: 'A' }), b: await make('sites', { name: 'B' }) }
  charger = {
    a: await makeCharger(app.pool, site.a, 'GUARD-A'),
    b: await makeCharger(app.pool, site.b, 'GUARD-B'),
  }
  await app.pool.query(`update charger_states set registration_status = 'Accepted'`)
  const at = { scope: 'sites' as const, sites: [site.a] }
  operator = await app.person('operator', [{ role: 'operator', ...at }])
  technician = await app.person('technician', [{ role: 'technician', ...at }])
  // in pieces: each within the seconds that a statement has, on a machine that does much else
  const filled = `insert into sessions (transaction_id, charger_id, site_id, connector_number, id_tag, status, started_at, start_key)
     select n, case when n % 2 = 0 then $1::int else $2::int end, case when n % 2 = 0 then $3::int else $4::int end, 1,
            'TAG-' || n, 'ended', now() - n * interval '1 minute', 'guard ' || n
       from generate_series($5::int + 1, $5::int + 2000) n`
  for (let done = 0; done < 20_000; done += 2_000)
    await app.pool.query(filled, [charger.a, charger.b, site.a, site.b, done])
}, 120_000)
afterAll(() => app?.close())

const get = async (path: string, as: Person | null = admin) => app.call('GET', path, { as })

describe('SEC-20: tokens', () => {
  type Claims = Record<string, unknown>
  const claims = (): Claims =>
    JSON.parse(Buffer.from(admin.token.split('.')[1]!, 'base64url').toString()) as Claims
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forged = (
    body: Claims,
    { head = { alg: 'HS256', typ: 'JWT' }, key = 'another secret' } = {},
  ): string => {
    // Payload signs which version of its sign-in made the token
    const text = `${part({ authVersion: 1, ...head })}.${part(body)}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const trueKey = () => tokenKey(process.env.PAYLOAD_SECRET!).toString('utf8')
  const now = () => Math.floor(Date.now() / 1000)
  const isIn = async (token: string) => {
    const as = { ...admin, token }
    const me = (await app.call('GET', '/api/users/me', { as })).body['user']
    const list = (await app.call('GET', '/api/chargers', { as })).status
    const graph = await app.graphql('{ Chargers { totalDocs } }', { as })
    const answers = [me !== null, list === 200, /"totalDocs":/.test(JSON.stringify(graph.body))]
    expect(new Set(answers).size).toBe(1)
    return answers[0]
  }

  test('the forger of this test is good: with the true key it gets in', async () => {
    expect(await isIn(forged(claims(), { key: trueKey() }))).toBe(true)
  })

  test.each<[string, () => string]>([
    ['another secret', () => forged(claims())],
    ['no algorithm', () => `${part({ alg: 'none', authVersion: 1 })}.${part(claims())}.`],
    [
      'no algorithm, signed',
      () => forged(claims(), { head: { alg: 'none', typ: 'JWT' }, key: trueKey() }),
    ],
    [
      'RS256 with the secret as key',
      () => forged(claims(), { head: { alg: 'RS256', typ: 'JWT' }, key: trueKey() }),
    ],
    ['an empty key', () => forged(claims(), { key: '' })],
    ['the raw secret as key', () => forged(claims(), { key: process.env.PAYLOAD_SECRET! })],
    [
      'claims of somebody else under the old signature',
      () => {
        const [head, , signature] = admin.token.split('.')
        return [head, part({ ...claims(), id: operator.id }), signature].join('.')
      },
    ],
    ['expired by a second', () => forged({ ...claims(), exp: now() - 1 }, { key: trueKey() })],
    [
      'another collection',
      () => forged({ ...claims(), collection: 'drivers' }, { key: trueKey() }),
    ],
    ['a user who is not there', () => forged({ ...claims(), id: 999_999 }, { key: trueKey() })],
    [
      'a login of somebody else',
      () => forged({ ...claims(), id: operator.id }, { key: trueKey() }),
    ],
    ['a login that never was', () => forged({ ...claims(), sid: 'x' }, { key: trueKey() })],
    ['no login', () => forged({ ...claims(), sid: undefined }, { key: trueKey() })],
    ['no token at all', () => ''],
  ])('%s: nobody', async (_what, make) => {
    expect(await isIn(make())).toBe(false)
  })
})

describe('SEC-22: a page of somebody else’s that uses the cookie', () => {
  const rename = (headers: Record<string, string>, more: CallOptions = {}) =>
    app.call('PATCH', `/api/sites/${site.a}`, {
      body: { note: `x ${Math.random()}` },
      headers: { Cookie: `payload-token=${admin.token}`, ...headers },
      ...more,
    })
  const evil: Record<string, string>[] = [
    { Origin: 'https://evil.test' },
    { Origin: 'null' },
    { Origin: 'http://localhost:3000.evil.test' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://evil.test', 'Content-Type': 'text/plain' },
  ]

  test('changes nothing; ours does', async () => {
    for (const headers of evil)
      expect([headers, [401, 403].includes((await rename(headers)).status)]).toEqual([
        headers,
        true,
      ])
    expect((await rename({ Origin: 'http://localhost:3000' })).status).toBe(200)
  })

  test('text/plain, as a form of theirs would send it, changes nothing either', async () => {
    const before = await app.pool.query('select note from sites where id = $1', [site.a])
    await app.call('PATCH', `/api/sites/${site.a}`, {
      raw: JSON.stringify({ note: 'theirs' }),
      headers: {
        Cookie: `payload-token=${admin.token}`,
        Origin: 'https://evil.test',
        'Content-Type': 'text/plain',
      },
    })
    const after = await app.pool.query('select note from sites where id = $1', [site.a])
    expect(after.rows).toEqual(before.rows)
  })

  test('and no GET changes anything', async () => {
    const counts = async () =>
      (
        await app.pool.query(
          `select (select count(*) from sites) s, (select count(*) from users) u, (select count(*) from commands) c,
                  (select count(*) from users_sessions) l, (select max(updated_at) from sites) at`,
        )
      ).rows
    const before = await counts()
    for (const path of [
      '/api/users/logout',
      `/api/sites/${site.b}?_method=DELETE`,
      `/api/users/${operator.id}/suspend`,
      '/api/commands?charger=1&action=Reset',
      '/api/users/refresh-token',
    ])
      await app.call('GET', path, { as: admin, headers: { 'X-HTTP-Method-Override': 'DELETE' } })
    expect(await counts()).toEqual(before)
  })
})

describe('SEC-24: the door for the first user', () => {
  const knock = async () => [
    (await get('/api/users/init', null)).status,
    (
      await app.call('POST', '/api/users/first-register', {
        body: { email: 'eve@example.test', password: 'long enough it is', name: 'Eve' },
      })
    ).status,
  ]

  test('is shut', async () => expect(await knock()).toEqual([404, 404]))
})

describe('SEC-27: what is hidden cannot be asked about', () => {
  /** A hit and a miss, by every way there is to ask. */
  const ways = (field: string, hit: string) => [
    [`where[${field}][equals]=${hit}`, `where[${field}][equals]=none`],
    [`where[${field}][like]=${hit}`, `where[${field}][like]=none`],
    [`where[or][0][${field}][in]=${hit}`, `where[or][0][${field}][in]=none`],
    [`where[and][0][or][0][${field}][exists]=true`, `where[and][0][or][0][${field}][exists]=false`],
    [`sort=${field}`, `sort=-${field}`],
    [`select[${field}]=true`, `select[nothing]=true`],
  ]
  const differ = async (as: Person, slug: string, field: string, hit: string) => {
    const told: string[] = []
    for (const [yes, no] of ways(field, hit)) {
      const [a, b] = [await get(`/api/${slug}?${yes}`, as), await get(`/api/${slug}?${no}`, as)]
      const shape = ({ status, body }: typeof a) =>
        status >= 400
          ? status
          : JSON.stringify([
              body['totalDocs'],
              body.docs?.map((one) => one['id']),
              JSON.stringify(body).includes(hit),
            ])
      if (shape(a) !== shape(b)) told.push(yes!)
    }
    return told
  }

  test.each([
    ['sessions', 'idTag', 'TAG-2'],
    ['sessions', 'driver.name', 'x'],
    ['sessions', 'card.uid', 'x'],
    ['commands', 'idTag', 'x'],
    ['commands', 'payload', 'Soft'],
    ['users', 'hash', 'a'],
    ['users', 'salt', 'a'],
    ['users', 'resetPasswordToken', 'a'],
    ['users', 'sessions.id', 'a'],
  ])('%s.%s', async (slug, field, hit) => {
    expect(await differ(technician, slug, field, hit)).toEqual([])
  })
})

describe('SEC-28: columns that are nobody’s to set', () => {
  const forged = {
    publicId: 'f'.repeat(32),
    state: 999,
    status: 'Faulted',
    connected: false,
    id: 77_777,
    lastSeenAt: '2030-01-01T00:00:00Z',
    createdAt: '2001-01-01T00:00:00Z',
  }
  const row = async () =>
    (
      await app.pool.query(
        `select c.public_id, c.state_id, c.id, s.status, s.connected from chargers c join charger_states s on s.id = c.state_id
          where c.id = $1`,
        [charger.a],
      )
    ).rows
  const send = () => app.call('PATCH', `/api/chargers/${charger.a}`, { as: admin, body: forged })

  test('are ignored', async () => {
    const before = await row()
    await send()
    expect(await row()).toEqual(before)
  })

  test('and of a user: sessions, hashes, locks, links', async () => {
    const read = async () =>
      (
        await app.pool.query(
          'select hash, salt, reset_password_token, (select count(*) from users_sessions where _parent_id = u.id) n from users u where id = $1',
          [operator.id],
        )
      ).rows
    const before = await read()
    for (const as of [admin, operator])
      await app.call('PATCH', `/api/users/${operator.id}`, {
        as,
        body: {
          hash: 'x',
          salt: 'x',
          resetPasswordToken: 'x',
          resetPasswordExpiration: '2030-01-01T00:00:00Z',
          sessions: [],
          loginAttempts: 0,
          lockUntil: null,
          _verified: true,
        },
      })
    expect(await read()).toEqual(before)
  })
})

describe('SEC-29: 10,000 rows, none of them of another site', () => {
  const foreign = async (pages: number) => {
    let [seen, other] = [0, 0]
    for (let page = 1; page <= pages; page++) {
      const { body } = await get(`/api/sessions?limit=200&depth=0&sort=id&page=${page}`, operator)
      for (const doc of body.docs ?? []) {
        seen++
        if (doc['site'] !== site.a) other++
      }
    }
    return { seen, other }
  }

  test('page by page', async () => {
    expect(await foreign(50)).toEqual({ seen: 10_000, other: 0 })
  }, 120_000)

  test('a charger that went to another site a moment ago takes no command', async () => {
    const reset = () =>
      app.call('POST', '/api/commands', {
        as: operator,
        body: { charger: charger.a, action: 'Reset', payload: { type: 'Soft' } },
      })
    expect((await reset()).status).toBe(201)
    await app.pool.query('update chargers set site_id = $2 where id = $1', [charger.a, site.b])
    expect((await reset()).status).toBe(404)
    await app.pool.query('update chargers set site_id = $2 where id = $1', [charger.a, site.a])
  })
})

describe('SEC-30: how much one may ask', () => {
  test('limits hold, and each answer comes within two seconds', async () => {
    const terms = (n: number) =>
      Array.from({ length: n }, (_, i) => `where[or][${i}][idTag][equals]=${i}`).join('&')
    const asks: [string, number][] = [
      ['/api/sessions?limit=0', 200],
      ['/api/sessions?limit=1000000000', 200],
      ['/api/sessions?pagination=false', 200],
      ['/api/sessions?depth=10&limit=200', 200],
      ['/api/sessions?page=1000000000', 400],
      [`/api/sessions?${terms(2_000)}`, 400],
      [`/api/sessions?where[idTag][like]=${'%25_'.repeat(500)}`, 200],
    ]
    for (const [path, status] of asks) {
      const begin = performance.now()
      const answer = await get(path)
      expect([path.slice(0, 60), answer.status]).toEqual([path.slice(0, 60), status])
      expect(answer.body.docs?.length ?? 0).toBeLessThanOrEqual(200)
      expect([path.slice(0, 60), performance.now() - begin < 2_000]).toEqual([
        path.slice(0, 60),
        true,
      ])
    }
  }, 60_000)

  test('GraphQL: depth, width, aliases, the schema, a batch', async () => {
    const nested = (n: number): string => (n === 0 ? 'id' : `site { region { ${nested(n - 1)} } }`)
    const deep = `{ Chargers { docs { ${'site { id '.repeat(10)}${'}'.repeat(10)} } } }`
    const aliases = `{ ${Array.from({ length: 500 }, (_, i) => `a${i}: Chargers { totalDocs }`).join(' ')} }`
    for (const query of [
      deep,
      aliases,
      '{ __schema { types { name } } }',
      '{ __type(name: "User") { name } }',
    ]) {
      const { body } = await app.graphql(query, { as: admin })
      expect(body.errors?.length ?? 0).toBeGreaterThan(0)
      expect(JSON.stringify(body)).not.toMatch(/"totalDocs":|"types":|"name":"User"/)
    }
    expect(nested(1)).toContain('region')
  })
})

describe('SEC-31: text that means something to a database', () => {
  /** Errors that say a text became part of a statement. */
  const broken: string[] = []
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  beforeAll(() => {
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const answer = query.apply(this, args)
      if (answer instanceof Promise)
        answer.catch((error: { code?: string; message: string }) => {
          if (error.code?.startsWith('42')) broken.push(error.message)
        })
      return answer
    } as typeof pg.Client.prototype.query
  })
  afterAll(() => {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  })

  test('the same in the find box and the filters of the OCPP log, where the SQL is ours', async () => {
    const front = openFront()
    const headers = { Authorization: `JWT ${admin.token}` }
    const wrong: unknown[] = []
    for (const text of injections) {
      const coded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
      for (const path of [
        `/api/find?q=${coded}`,
        `/api/ocpp-messages?action=${coded}&charger=${coded}&cursor=${coded}`,
      ]) {
        const { status } = await front(new Request(`http://localhost:3000${path}`, { headers }))
        if (status >= 500) wrong.push([path.slice(0, 120), status])
      }
    }
    expect(wrong).toEqual([])
    expect(broken).toEqual([])
  }, 300_000)

  test('300 and more of them, in values and in names, on every collection: no 500, no pause, no broken statement', async () => {
    expect(injections.length).toBeGreaterThanOrEqual(300)
    const slugs = Object.keys(app.payload.collections).filter(
      (slug) => !slug.startsWith('payload-'),
    )
    const wrong: unknown[] = []
    const ask = async (method: string, path: string, body?: unknown) => {
      const begin = performance.now()
      const { status, body: answer } = await app.call(method, path, { as: admin, body })
      const ms = performance.now() - begin
      // 501: a collection that has no doors
      if ((status >= 500 && status !== 501) || ms > 1_900)
        wrong.push([method, path.slice(0, 120), status, Math.round(ms), answer.errors])
    }
    for (const [at, text] of injections.entries()) {
      const slug = slugs[at % slugs.length]!
      const coded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
      await ask('GET', `/api/${slug}?where[id][equals]=${coded}`)
      await ask('GET', `/api/chargers?where[name][like]=${coded}&where[name][in]=${coded}`)
      await ask('GET', `/api/${slug}?where[${coded}][equals]=1&sort=${coded}`)
      await ask(
        'GET',
        `/api/${slug}?select[${coded}]=true&joins[${coded}][sort]=${coded}&limit=${coded}`,
      )
      await ask('GET', `/api/${slug}/${coded}`)
      if (at % 4 === 0) await ask('PATCH', `/api/sites/${site.a}`, { note: text, [text]: text })
    }
    expect(wrong).toEqual([])
    expect(broken).toEqual([])
  }, 900_000)
})
