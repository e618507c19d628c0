import { codeAt, stepAt } from '@/platform/totp'
import { password, startApp, type App, type Person } from '../helpers/app'

/** SEC-47, and looking through somebody else's eyes: what a login may do depends on what it has shown. */

let app: App
let admin: Person
let plain: Person
let olga: Person
let secret: string
let site: number
let charger: number
let tariff: number
let firmware: number

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  plain = await app.person('plain', [{ role: 'super-admin' }])
  site = (await made('sites', { name: 'Leeds' })).id
  await made('sites', { name: 'Goole' })
  charger = (await made('chargers', { identity: 'CP1', name: 'CP1', site })).id
  tariff = (await made('tariffs', { name: 'Usual', currency: 'GBP', energyRateMicros: 1 })).id
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into firmware (version, vendor, filename, size_bytes, sha256)
     values ('2.0', 'Kestrel', 'k.bin', 64, repeat('a', 64)) returning id`,
  )
  firmware = rows[0]!.id
  await app.pool.query(`update charger_states set vendor = 'Kestrel'`)
  olga = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [site] }])
  const begun = await post('users/second-factor/begin', admin, { password })
  secret = String(begun.body['secret'])
  await post('users/second-factor/confirm', admin, { code: codeAt(secret, stepAt(new Date()) - 1) })
  await app.pool.query(
    `update telemetry.logins set proved_at = now() - interval '5 minutes 1 second'`,
  )
})
afterAll(() => app.close())

const post = (path: string, as: Person, body: object) =>
  app.call('POST', `/api/${path}`, { as, body })
const patch = (path: string, as: Person, body: object) =>
  app.call('PATCH', `/api/${path}`, { as, body })
const made = async (slug: string, body: object): Promise<{ id: number }> => {
  const { body: answer } = await post(slug, admin, body)
  return answer.doc as { id: number }
}
const count = async (table: string) =>
  Number((await app.pool.query<{ n: string }>(`select count(*) n from ${table}`)).rows[0]!.n)

const sensitive: [string, (as: Person) => ReturnType<App['call']>][] = [
  ['a grant', (as) => post('grants', as, { user: plain.id, role: 'technician', scope: 'all' })],
  [
    'a tariff',
    (as) => post('tariffs', as, { name: 'T', currency: 'GBP', energyRateMicros: 450_000 }),
  ],
  ['a charger’s password', (as) => post(`chargers/${charger}/rotate-password`, as, {})],
  [
    'a hard reset',
    (as) => post('commands', as, { charger, action: 'Reset', payload: { type: 'Hard' } }),
  ],
  [
    'a charger’s password in its form',
    (as) => patch(`chargers/${charger}`, as, { password: 'sixteen-letters-or-more' }),
  ],
  ['new firmware', (as) => post('firmware-updates', as, { firmware, chargers: [charger] })],
  ['another tariff at a site', (as) => patch(`sites/${site}`, as, { tariff })],
  ['free charging at a charger', (as) => patch(`chargers/${charger}`, as, { freeOfCharge: true })],
  ['who pays another price', (as) => post('price-groups', as, { name: 'VIP', pricing: 'free' })],
  [
    'who needs a second factor',
    (as) => post('globals/settings', as, { secondFactorRoles: ['site-owner'] }),
  ],
  ['how much is too much', (as) => post('globals/settings', as, { commandsPerHour: 9 })],
]

test.each(sensitive)(
  '%s wants the code again, and nothing is changed without it',
  async (_what, act) => {
    const tables = [
      'grants',
      'tariffs',
      'commands',
      'firmware_updates',
      'price_groups',
      'settings_second_factor_roles',
      'sites where tariff_id is not null',
      'chargers where free_of_charge',
      'telemetry.sensitive_acts',
      'settings where commands_per_hour = 9',
    ]
    const before = await Promise.all(tables.map(count))
    const { status, body } = await act(admin)
    expect([status, body['code']]).toEqual([403, 'step-up-required'])
    expect(await Promise.all(tables.map(count))).toEqual(before)
  },
)

test('GraphQL is no way round it', async () => {
  const mutation = `mutation { createTariff(data: {name: "G", currency: "GBP"}) { id } }`
  expect(JSON.stringify((await app.graphql(mutation, { as: admin })).body)).toContain(
    'authenticator app',
  )
  expect(await count('tariffs')).toBe(1)
})

test('with a wrong code it stays shut; with the right one it is open for this login', async () => {
  expect((await post('users/step-up', admin, { code: '000000' })).status).toBe(403)
  expect((await sensitive[1]![1](admin)).status).toBe(403)
  expect(
    (await post('users/step-up', admin, { code: codeAt(secret, stepAt(new Date())) })).status,
  ).toBe(200)
  for (const [, act] of sensitive) expect([200, 201]).toContain((await act(admin)).status)
})

test('the other Super Admins get a mail about access that was given, who gave it does not', async () => {
  const { rows } = await app.pool.query<{ to: string; text: string }>(
    `select to_address as "to", text from telemetry.mails where key like 'access/%' order by id`,
  )
  expect(rows.map(({ to }) => to)).toEqual([plain.email])
  expect(rows[0]!.text).toContain('plain was given: Technician · whole network.')
  expect(rows[0]!.text).toContain('admin changed this')
})

test('who has no second factor is not asked for one', async () => {
  expect((await sensitive[1]![1](plain)).status).toBe(201)
})

test('what is saved as it was asks for nothing', async () => {
  await app.pool.query(`update telemetry.logins set proved_at = now() - interval '6 minutes'`)
  const kept = await patch(`sites/${site}`, admin, { tariff, freeOfCharge: false, name: 'Leeds' })
  expect(kept.status).toBe(200)
  const { body } = await app.call('GET', '/api/globals/settings?depth=0', { as: admin })
  expect((await post('globals/settings', admin, { ...body, networkName: 'N' })).status).toBe(200)
})

describe('view as', () => {
  const sites = async () =>
    (await app.call('GET', '/api/sites?depth=0', { as: plain })).body.docs?.map((d) => d['name'])

  test('a Super Admin sees what an Operator sees and changes nothing; both ends are in the audit log', async () => {
    expect(await sites()).toHaveLength(2)
    expect((await post(`users/${olga.id}/view-as`, plain, {})).status).toBe(200)
    expect(await sites()).toEqual(['Leeds'])
    expect(
      (await app.call('PATCH', `/api/sites/${site}`, { as: plain, body: { name: 'X' } })).status,
    ).toBe(403)
    expect(
      (await post('commands', plain, { charger, action: 'Reset', payload: { type: 'Soft' } }))
        .status,
    ).toBe(403)
    expect((await app.call('GET', '/api/users', { as: admin })).status).toBe(200)
    expect((await post('users/view-as/end', plain, {})).status).toBe(200)
    expect(await sites()).toHaveLength(2)
    const { rows } = await app.pool.query<{ action: string }>(
      `select action from audit_log where user_id = $1 and action like 'view-as%' order by id`,
      [plain.id],
    )
    expect(rows.map(({ action }) => action)).toEqual(['view-as', 'view-as-end'])
  })

  test('it ends by itself after half an hour', async () => {
    await post(`users/${olga.id}/view-as`, plain, {})
    expect(await sites()).toEqual(['Leeds'])
    const { rows } = await app.pool.query<{ seconds: number }>(
      `update telemetry.logins set views_as_until = now() where views_as is not null
       returning extract(epoch from views_as_until - now())::int as seconds`,
    )
    expect(rows).toHaveLength(1)
    expect(await sites()).toHaveLength(2)
  })

  test('nobody else can', async () => {
    expect([403, 404]).toContain((await post(`users/${admin.id}/view-as`, olga, {})).status)
  })
})
