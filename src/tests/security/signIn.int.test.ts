import { readUserStatuses } from '@/db/queries/userSignIn'
import { codeAt, stepAt } from '@/platform/totp'
import {
  startApp,
  password,
  type Answer,
  type App,
  type CallOptions,
  type Person,
} from '../helpers/app'

/** SEC-14 … SEC-23 at the door of REST and GraphQL: what a sign-in costs, tells, and how it ends. */

let app: App
let admin: Person
let olga: Person

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  olga = await app.person('olga', [{ role: 'operator' }])
})
afterAll(() => app.close())

const from = (ip: string, more: CallOptions = {}): CallOptions => ({
  ...more,
  headers: { 'x-cpms-client': ip, ...more.headers },
})
const signIn = (email: string, secret: string, ip: string, more: object = {}) =>
  app.call('POST', '/api/users/login', from(ip, { body: { email, password: secret, ...more } }))
const me = async (as: Person) => (await app.call('GET', '/api/users/me', { as })).body['user']
const again = async (person: Person, ip = '192.0.2.99', more: object = {}): Promise<Person> => {
  const { body } = await signIn(person.email, password, ip, more)
  return { ...person, token: String(body['token']) }
}
const msOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
const median = (numbers: number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

describe('SEC-14: guessing one account', () => {
  test('the sixth try from an address waits, right or wrong; another address goes on; an admin unlocks', async () => {
    const target = await app.person('target')
    for (let i = 0; i < 5; i++)
      expect((await signIn(target.email, `wrong guess ${i}`, '198.51.100.1')).status).toBe(401)
    const locked = await signIn(target.email, password, '198.51.100.1')
    expect(locked.status).toBe(429)
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(JSON.stringify(locked.body)).not.toContain('token')
    expect((await signIn(target.email, password, '198.51.100.2')).status).toBe(200)
    expect((await app.call('POST', `/api/users/${target.id}/unlock`, { as: olga })).status).toBe(
      403,
    )
    expect((await app.call('POST', `/api/users/${target.id}/unlock`, { as: admin })).status).toBe(
      200,
    )
    expect((await signIn(target.email, password, '198.51.100.1')).status).toBe(200)
  })

  test('tries at the same moment do not overtake the count', async () => {
    const target = await app.person('parallel')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => signIn(target.email, `guess ${i}`, '198.51.100.3')),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25)
  })

  test('GraphQL counts with REST', async () => {
    const target = await app.person('graph')
    for (let i = 0; i < 5; i++) await signIn(target.email, 'wrong', '198.51.100.4')
    const query = `mutation { loginUser(email: "${target.email}", password: "${password}") { token } }`
    const { body } = await app.graphql(query, from('198.51.100.4'))
    expect(JSON.stringify(body)).toContain('Too many tries')
    expect(JSON.stringify(body)).not.toMatch(/"token":"/)
  })
})

describe('SEC-15: guessing many accounts from one address', () => {
  test('1,000 tries: at least 950 are refused, each without a hash', async () => {
    let refused = 0
    let slowest = 0
    for (let i = 0; i < 1000; i++) {
      const begin = performance.now()
      const { status } = await signIn(`nobody${i}@example.test`, 'guess', '198.51.100.5')
      if (status !== 429) {
        expect(i + 1 - refused).toBeLessThanOrEqual(50)
        continue
      }
      refused++
      slowest = Math.max(slowest, performance.now() - begin)
    }
    expect(refused).toBeGreaterThanOrEqual(950)
    expect(slowest).toBeLessThan(250)
  }, 120_000)
})

describe('SEC-16: whether an account exists', () => {
  test('a wrong password and an unknown account: the same answer in the same time', async () => {
    const shape = async (email: string, ip: string) => {
      const { status, body } = await signIn(email, 'wrong password', ip)
      return JSON.stringify({ status, body })
    }
    expect(await shape('unknown@example.test', '198.51.100.6')).toBe(
      await shape(olga.email, '198.51.100.7'),
    )
    // in turns, so that a busy machine is as slow for the one as for the other
    const took: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let n = 0; n < 11; n++) {
      took.known.push(await msOf(() => shape(olga.email, `198.51.101.${n}`)))
      took.unknown.push(await msOf(() => shape('unknown@example.test', `198.51.102.${n}`)))
    }
    const [known, unknown] = [median(took.known), median(took.unknown)]
    expect(Math.abs(known - unknown) / known).toBeLessThan(0.35)
  }, 60_000)

  test('a forgotten password: the same answer, and three mails an hour', async () => {
    const forgot = (email: string, ip: string) =>
      app.call('POST', '/api/users/forgot-password', from(ip, { body: { email } }))
    const shape = ({ status, body }: Answer) => JSON.stringify({ status, body })
    expect(shape(await forgot('unknown@example.test', '198.51.100.8'))).toBe(
      shape(await forgot(olga.email, '198.51.100.8')),
    )
    for (let i = 0; i < 5; i++)
      expect((await forgot(olga.email, `198.51.103.${i}`)).status).toBe(200)
    const { rows } = await app.pool.query(
      `select 1 from telemetry.mails where key like 'account/%' and to_address = $1`,
      [olga.email],
    )
    expect(rows).toHaveLength(3)
    const took: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let n = 0; n < 5; n++) {
      took.known.push(await msOf(() => forgot(admin.email, '198.51.100.9')))
      took.unknown.push(await msOf(() => forgot('unknown2@example.test', '198.51.100.9')))
    }
    const [known, unknown] = [median(took.known), median(took.unknown)]
    expect(Math.abs(known - unknown) / known).toBeLessThan(0.2)
  })
})

describe('SEC-17: bodies', () => {
  test.each<[string, unknown]>([
    ['login', { email: { $ne: null }, password }],
    ['login', { email: ['admin@example.test'], password }],
    ['login', { email: 'olga@example.test', password: { like: '%' } }],
    ['login', { email: 'olga@example.test', password, role: 'super-admin' }],
    ['login', { email: 'olga@example.test', password, sessions: [] }],
    ['forgot-password', { email: { like: '%' } }],
    ['forgot-password', { email: ['olga@example.test'] }],
    ['forgot-password', { email: 'olga@example.test', role: 'super-admin' }],
    ['reset-password', { token: { like: '%' }, password }],
    ['reset-password', { token: ['a'], password }],
    ['reset-password', { token: 'a'.repeat(40), password: { $ne: null } }],
    ['reset-password', { token: 'a'.repeat(40), password, sites: [1] }],
  ])('%s with %j is a 400', async (route, body) => {
    const answer = await app.call('POST', `/api/users/${route}`, from('198.51.100.10', { body }))
    expect(answer.status).toBe(400)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('nobody verifies or reveals anything here', async () => {
    expect((await app.call('POST', '/api/users/verify/abc')).status).toBe(404)
    expect(
      (await app.call('POST', '/api/users/unlock', { as: olga, body: { email: admin.email } }))
        .status,
    ).toBe(404)
  })

  test('a link is good once, is readable nowhere, and dies with the password it was for', async () => {
    const person = await app.person('linked')
    const link = async () => {
      const { body } = await app.call('POST', `/api/users/${person.id}/password-link`, {
        as: admin,
        body: { by: 'link' },
      })
      return String(body['setPasswordLink']).split('/').at(-1)!
    }
    const reset = (token: string, secret: string) =>
      app.call(
        'POST',
        '/api/users/reset-password',
        from('198.51.100.11', { body: { token, password: secret } }),
      )
    const token = await link()
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    for (const path of [`/api/users/${person.id}`, '/api/users', '/api/users/me'])
      expect(JSON.stringify((await app.call('GET', path, { as: admin })).body)).not.toContain(token)
    for (const field of ['resetPasswordToken', 'hash', 'salt', 'sessions.id']) {
      const probe = (value: string) =>
        app.call('GET', `/api/users?where[${field}][like]=${value}`, { as: admin })
      expect((await probe(token.slice(0, 4))).status).toBe(400)
    }
    const [first, second] = await Promise.all([
      reset(token, 'the first new one'),
      reset(token, 'the second new one'),
    ])
    expect([first.status, second.status].sort()).toEqual([200, 403])
    expect(first.body['token'] ?? second.body['token']).toBeUndefined()
    expect(await me(person)).toBeNull()
    const outstanding = await link()
    await app.call('PATCH', `/api/users/${person.id}`, {
      as: admin,
      body: { password: 'set by an admin' },
    })
    expect((await reset(outstanding, 'by an old link')).status).toBe(403)
    expect((await signIn(person.email, 'set by an admin', '198.51.100.12')).status).toBe(200)
    expect((await reset(await link(), 'short')).status).toBe(400)
  })
})

test('SEC-18: the link names our address, whatever the request calls itself', async () => {
  const person = await app.person('elsewhere')
  await app.call('POST', '/api/users/forgot-password', {
    body: { email: person.email },
    headers: {
      'x-cpms-client': '198.51.100.13',
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
    },
  })
  const { rows } = await app.pool.query<{ text: string; html: string }>(
    'select text, html from telemetry.mails where to_address = $1',
    [person.email],
  )
  expect(rows[0]?.text).toContain('http://localhost:3000/admin/reset/')
  expect(JSON.stringify(rows)).not.toContain('evil')
})

describe('SEC-19: what ends a login', () => {
  const ends: [string, (person: Person) => Promise<unknown>][] = [
    ['logout', (as) => app.call('POST', '/api/users/logout', { as, body: {} })],
    [
      'a new password',
      (p) =>
        app.call('PATCH', `/api/users/${p.id}`, {
          as: admin,
          body: { password: 'another long one' },
        }),
    ],
    [
      'a new address',
      (p) =>
        app.call('PATCH', `/api/users/${p.id}`, { as: admin, body: { email: `new-${p.email}` } }),
    ],
    [
      'suspension',
      (p) =>
        app.call('POST', `/api/users/${p.id}/suspend`, { as: admin, body: { suspended: true } }),
    ],
    [
      'signing out everywhere',
      (p) => app.call('POST', `/api/users/${p.id}/end-logins`, { as: admin }),
    ],
    [
      'a reset of the second factor',
      (p) => app.call('POST', `/api/users/${p.id}/reset-second-factor`, { as: admin }),
    ],
    ['deletion', (p) => app.call('DELETE', `/api/users/${p.id}`, { as: admin })],
  ]
  test.each(ends)('%s', async (what, act) => {
    const person = await app.person(`ends-${what.replaceAll(' ', '-')}`, [{ role: 'technician' }])
    expect(await me(person)).toMatchObject({ id: person.id })
    expect(await act(person)).toMatchObject({ status: 200 })
    expect(await me(person)).toBeNull()
    for (const path of ['/api/sites', '/api/chargers', '/api/users/security'])
      expect([401, 403]).toContain((await app.call('GET', path, { as: person })).status)
  })

  test('the list knows who is active, invited, suspended', async () => {
    const [active, suspended] = [await app.person('here'), await app.person('shut-out')]
    const { body } = await app.call('POST', '/api/users', {
      as: admin,
      body: { name: 'New', email: 'new@example.test', credentials: 'link' },
    })
    const invited = Number(body.doc?.['id'])
    await app.call('POST', '/api/users/logout', { as: active, body: {} })
    await app.call('POST', `/api/users/${suspended.id}/suspend`, {
      as: admin,
      body: { suspended: true },
    })
    const statuses = new Map(
      (await readUserStatuses(app.pool)).map(({ id, status }) => [id, status]),
    )
    expect([active.id, invited, suspended.id].map((id) => statuses.get(id))).toEqual([
      'active',
      'invited',
      'suspended',
    ])
  })

  test('the suspended sign in no more, and again when they are let in', async () => {
    const person = await app.person('suspended', [{ role: 'technician' }])
    const set = (suspended: boolean) =>
      app.call('POST', `/api/users/${person.id}/suspend`, { as: admin, body: { suspended } })
    await set(true)
    const refused = await signIn(person.email, password, '198.51.100.14')
    const wrong = await signIn(person.email, 'wrong password', '198.51.100.14')
    expect([refused.status, refused.body]).toEqual([wrong.status, wrong.body])
    await set(false)
    expect((await signIn(person.email, password, '198.51.100.14')).status).toBe(200)
    expect(
      (
        await app.call('POST', `/api/users/${admin.id}/suspend`, {
          as: admin,
          body: { suspended: true },
        })
      ).status,
    ).toBe(409)
    expect(
      (
        await app.call('POST', `/api/users/${person.id}/suspend`, {
          as: person,
          body: { suspended: true },
        })
      ).status,
    ).toBe(401)
  })
})

describe('SEC-21: the second factor', () => {
  const totp = (secret: string, offset = 0) => codeAt(secret, stepAt(new Date()) + offset)
  const enrol = async (person: Person) => {
    const post = (path: string, body: object) =>
      app.call('POST', `/api/users/${path}`, { as: person, body })
    expect((await post('second-factor/begin', { password: 'not mine at all' })).status).toBe(403)
    const { body } = await post('second-factor/begin', { password })
    const secret = String(body['secret'])
    expect((await post('second-factor/confirm', { code: '000000' })).status).toBe(403)
    const confirmed = await post('second-factor/confirm', { code: totp(secret, -1) })
    expect(confirmed.status).toBe(200)
    return { secret, codes: confirmed.body['recoveryCodes'] as string[] }
  }

  test('once on, no door opens with the password alone', async () => {
    const person = await app.person('two')
    const { secret } = await enrol(person)
    const plain = await signIn(person.email, password, '198.51.100.20')
    expect([plain.status, plain.body['code'], plain.body['token']]).toEqual([
      401,
      'MFA_REQUIRED',
      undefined,
    ])
    expect(plain.headers.get('set-cookie')).toBeNull()
    const query = `mutation { loginUser(email: "${person.email}", password: "${password}") { token } }`
    expect(JSON.stringify((await app.graphql(query, from('198.51.100.20'))).body)).not.toMatch(
      /"token":"/,
    )
    const { rows } = await app.pool.query('select 1 from users_sessions where _parent_id = $1', [
      person.id,
    ])
    expect(rows).toHaveLength(1) // the one that enrolled
    const code = totp(secret, 0)
    expect((await signIn(person.email, password, '198.51.100.20', { code })).status).toBe(200)
    const replay = await signIn(person.email, password, '198.51.100.20', { code })
    expect([replay.status, replay.body['code']]).toEqual([401, 'MFA_INVALID'])
    const graph = await app.graphql(
      query,
      from('198.51.100.20', { headers: { 'x-second-factor': totp(secret, 1) } }),
    )
    expect(JSON.stringify(graph.body)).toMatch(/"token":"/)
  })

  test('codes two steps off are wrong; after five wrong ones even the right one waits, from anywhere', async () => {
    const person = await app.person('guessed')
    const { secret } = await enrol(person)
    const tryCode = (code: string, ip: string) => signIn(person.email, password, ip, { code })
    for (const [i, code] of [
      totp(secret, 3),
      totp(secret, -3),
      '000000',
      '111111',
      '222222',
    ].entries())
      expect((await tryCode(code, `198.51.104.${i}`)).status).toBe(401)
    expect((await tryCode(totp(secret), '198.51.104.9')).status).toBe(429)
  })

  test('a recovery code is good once; secrets lie sealed and hashed and come back nowhere', async () => {
    const person = await app.person('recovering')
    const { secret, codes } = await enrol(person)
    const [code] = codes as [string]
    expect(
      (await signIn(person.email, password, '198.51.100.21', { code: code.toLowerCase() })).status,
    ).toBe(200)
    expect((await signIn(person.email, password, '198.51.100.21', { code })).status).toBe(401)
    const stored = await app.pool.query(
      `select f.secret, array_agg(c.hash) from telemetry.second_factors f join telemetry.recovery_codes c using (user_id)
        where user_id = $1 group by 1`,
      [person.id],
    )
    const audit = await app.pool.query('select * from audit_log')
    const seen = await Promise.all(
      [`/api/users/${person.id}`, '/api/audit-log?limit=200', '/api/users'].map((path) =>
        app.call('GET', path, { as: admin }),
      ),
    )
    const everything = JSON.stringify([stored.rows, audit.rows, seen.map(({ body }) => body)])
    for (const hidden of [secret, code, code.replace('-', '')])
      expect(everything).not.toContain(hidden)
  })

  test('where a role requires it, nothing is open before it is on', async () => {
    const late = await app.person('late', [{ role: 'technician' }])
    expect((await app.call('GET', '/api/chargers', { as: late })).status).toBe(200)
    const require = (roles: string[]) =>
      app.call('POST', '/api/globals/settings', { as: admin, body: { secondFactorRoles: roles } })
    expect((await require(['technician'])).status).toBe(200)
    expect((await app.call('GET', '/api/chargers', { as: late })).status).toBe(403)
    const graph = await app.graphql('{ Chargers { totalDocs } }', { as: late })
    expect(JSON.stringify(graph.body)).not.toContain('"totalDocs":')
    const { codes } = await enrol(late)
    expect((await app.call('GET', '/api/chargers', { as: late })).status).toBe(200)
    const off = await app.call('POST', '/api/users/second-factor/remove', {
      as: late,
      body: { code: codes[0] },
    })
    expect(off.status).toBe(409)
    await require([])
    const remove = (body: object) =>
      app.call('POST', '/api/users/second-factor/remove', { as: late, body })
    expect((await remove({ code: codes[0] })).status).toBe(403)
    expect((await remove({ code: codes[0], password: 'not mine at all' })).status).toBe(403)
    expect((await remove({ code: codes[0], password })).status).toBe(200)
  })
})

describe('one’s own password', () => {
  const next = 'an even longer phrase'

  test('is changed by whoever knows it; other devices are out, this one stays, a link that is out is over', async () => {
    const laptop = await app.person('changing')
    const phone = await again(laptop)
    const { body } = await app.call('POST', `/api/users/${laptop.id}/password-link`, {
      as: admin,
      body: { by: 'link' },
    })
    const token = String(body['setPasswordLink']).split('/').at(-1)!
    const change = (body: object) =>
      app.call('POST', '/api/users/change-password', { as: laptop, body })
    expect((await change({ password: 'not mine at all', newPassword: next })).status).toBe(403)
    expect((await change({ newPassword: next })).status).toBe(403)
    expect((await change({ password, newPassword: 'short' })).status).toBe(400)
    expect((await change({ password, newPassword: { $ne: null } })).status).toBe(400)
    expect((await change({ password, newPassword: next })).status).toBe(200)
    expect(await me(phone)).toBeNull()
    expect(await me(laptop)).toMatchObject({ id: laptop.id })
    expect((await signIn(laptop.email, password, '198.51.100.31')).status).toBe(401)
    expect((await signIn(laptop.email, next, '198.51.100.31')).status).toBe(200)
    const reset = { token, password: 'set by the old link' }
    expect((await app.call('POST', '/api/users/reset-password', { body: reset })).status).toBe(403)
    const { rows } = await app.pool.query<{ action: string; row: string }>(
      `select action, audit_log::text as row from audit_log where user_id = $1 and action = 'change-password'`,
      [laptop.id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]!.row).not.toContain(next)
  })

  test('is not changed by an open panel alone', async () => {
    const person = await app.person('unattended')
    const patched = await app.call('PATCH', `/api/users/${person.id}`, {
      as: person,
      body: { password: next },
    })
    expect(patched.status).toBe(400)
    const graph = await app.graphql(
      `mutation { updateUser(id: ${person.id}, data: {password: "${next}"}) { id } }`,
      { as: person },
    )
    expect(JSON.stringify(graph.body)).toContain('errors')
    expect((await signIn(person.email, password, '198.51.100.32')).status).toBe(200)
  })

  test('is not guessed there: it counts like a sign-in', async () => {
    const person = await app.person('guessing')
    const guess = (n: number) =>
      app.call('POST', '/api/users/change-password', {
        as: person,
        body: { password: `guess ${n}`, newPassword: next },
      })
    for (let n = 0; n < 5; n++) expect((await guess(n)).status).toBe(403)
    expect((await guess(6)).status).toBe(429)
  })
})

test('whose way in was changed is told by mail: what, when, from where; no link, no secret', async () => {
  const person = await app.person('told')
  const post = (as: Person, path: string, body: object) =>
    app.call('POST', `/api/users/${path}`, { as, body })
  const next = 'a password of two minutes'
  await post(person, 'change-password', { password, newPassword: next })
  const { body } = await post(person, 'second-factor/begin', { password: next })
  const secret = String(body['secret'])
  await post(person, 'second-factor/confirm', { code: codeAt(secret, stepAt(new Date())) })
  await post(admin, `${person.id}/reset-second-factor`, {})
  for (const change of [{ password: 'set by an admin' }, { email: 'told-anew@example.test' }])
    await app.call('PATCH', `/api/users/${person.id}`, { as: admin, body: change })
  const { rows } = await app.pool.query<{ to: string; text: string }>(
    `select to_address as "to", text from telemetry.mails where key like 'way-in/' || $1 || '/%' order by id`,
    [person.id],
  )
  expect(rows.map(({ text }) => text.split('\n\n')[1])).toEqual([
    'Your password was changed.',
    'Two-factor authentication was turned on.',
    expect.stringContaining('An administrator reset your two-factor authentication.'),
    'An administrator set a new password for you.',
    expect.stringContaining('The e-mail address you sign in with was changed.'),
  ])
  expect(rows.every(({ to }) => to === person.email)).toBe(true)
  const audit = await app.pool.query<{ after: string }>(
    `select after from audit_log where resource = 'users' and resource_id = $1::text and action = 'update' order by id`,
    [person.id],
  )
  expect(audit.rows.map(({ after }) => after)).toEqual([
    '{"password":"[masked]"}',
    '{"email":"told-anew@example.test"}',
  ])
  const all = JSON.stringify(rows)
  expect(all).toContain('from the address 192.0.2.7')
  expect(all).not.toMatch(/https?:|told-anew|set by an admin/)
  expect(all).not.toContain(secret)
})

describe('SEC-23: where one is signed in', () => {
  test('two devices: one is ended, the other goes on; another person’s cannot be', async () => {
    const phone = await app.person('devices')
    const laptop = await again(phone)
    const { body } = await app.call('GET', '/api/users/security', { as: laptop })
    const logins = body['logins'] as { id: string; isThis: boolean; ip: string; seenAt: string }[]
    expect(logins.map(({ ip, isThis }) => [ip, isThis])).toEqual([
      ['192.0.2.99', true],
      ['192.0.2.7', false],
    ])
    const other = logins[1]!.id
    const end = (as: Person) =>
      app.call('POST', '/api/users/logins/end', { as, body: { id: other } })
    expect((await end(olga)).status).toBe(404)
    expect((await end(laptop)).status).toBe(200)
    expect(await me(phone)).toBeNull()
    expect(await me(laptop)).toMatchObject({ id: phone.id })
  })

  test('when it was last used is known to about a minute', async () => {
    const person = await app.person('seen')
    await app.pool.query(
      `update users_sessions set created_at = now() - interval '3 hours' where _parent_id = $1`,
      [person.id],
    )
    await app.call('GET', '/api/sites', { as: person })
    const agoMs = async () => {
      const { body } = await app.call('GET', '/api/users/security', { as: person })
      const [login] = body['logins'] as { seenAt: string }[]
      return Date.now() - Date.parse(login!.seenAt)
    }
    for (let n = 0; n < 100 && (await agoMs()) > 60_000; n++) await new Promise(setImmediate)
    expect(await agoMs()).toBeLessThan(60_000)
  })

  test('after twelve hours it is not prolonged', async () => {
    const person = await app.person('tireless')
    const refresh = () => app.call('POST', '/api/users/refresh-token', { as: person })
    expect((await refresh()).status).toBe(200)
    await app.pool.query(
      `update users_sessions set created_at = now() - interval '12 hours' where _parent_id = $1`,
      [person.id],
    )
    expect((await refresh()).status).toBe(401)
  })

  test('the cookie is for our pages only', async () => {
    const { headers } = await signIn(olga.email, password, '198.51.100.30')
    expect(headers.get('set-cookie')).toMatch(/HttpOnly/)
    expect(headers.get('set-cookie')).toMatch(/SameSite=Lax/)
    expect(headers.get('set-cookie')).toMatch(/Path=\//)
  })
})
