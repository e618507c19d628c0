import { exportAuditLog } from '@/panel/auditExport'
import { staffRoute } from '@/panel/staffRoute'
import { startApp, type App, type Person } from '../helpers/app'

/** SEC-47: what one person may do within an hour, and who hears of it. */

let app: App
let admin: Person
let olga: Person
let site: number
let chargers: number[]

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const made = async (slug: string, body: object) => {
    const answer = await app.call('POST', `/api/${slug}`, { as: admin, body })
    return Number(answer.body.doc?.['id'])
  }
  site = await made('sites', { name: 'Leeds' })
  chargers = []
  for (const name of ['CP1', 'CP2', 'CP3'])
    chargers.push(await made('chargers', { identity: name, name, site }))
  olga = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [site] }])
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.pool.query('delete from telemetry.sensitive_acts; delete from telemetry.mails')
})

type Answer = Awaited<ReturnType<App['call']>>
const post = (path: string, as: Person, body: object) =>
  app.call('POST', `/api/${path}`, { as, body })
const command = (as: Person, action: string, payload: object, nth = 0) =>
  post('commands', as, { charger: chargers[nth % chargers.length], action, payload })
const rotate = (as: Person) => post(`chargers/${chargers[0]}/rotate-password`, as, {})
const give = (as: Person) => post('grants', as, { user: olga.id, role: 'technician', scope: 'all' })
const count = async (text: string) =>
  (await app.pool.query<{ n: number }>(`select count(*)::int n from ${text}`)).rows[0]!.n
const codes = (answers: Answer[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'done' : `${status} ${String(body['code'])}`))

/** One after the other. */
async function times(n: number, act: (nth: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let nth = 0; nth < n; nth++) answers.push(await act(nth))
  return answers
}

async function withCap(name: string, most: number, work: () => Promise<void>): Promise<void> {
  const set = (value: number | null) =>
    app.payload.updateGlobal({ slug: 'settings', data: { [name]: value } })
  const usual = (await app.payload.findGlobal({ slug: 'settings' }))[name as 'commandsPerHour']
  await set(most)
  await work().finally(() => set(usual))
}

const over = '429 too-many-in-an-hour'

test.each<[string, string, () => Person, (as: Person, nth: number) => Promise<Answer>, string]>([
  [
    'commands',
    'commandsPerHour',
    () => olga,
    (as, nth) => command(as, 'Reset', { type: 'Soft' }, nth),
    'commands',
  ],
  [
    'hard restarts',
    'criticalCommandsPerHour',
    () => olga,
    (as, nth) => command(as, 'Reset', { type: 'Hard' }, nth),
    'commands',
  ],
  [
    'new passwords for chargers',
    'chargerPasswordsPerHour',
    () => olga,
    (as) => rotate(as),
    `audit_log where action = 'rotate-password' and result = 'done'`,
  ],
  ['changes of access', 'accessChangesPerHour', () => admin, (as) => give(as), 'grants'],
])(
  '%s: the one above the cap changes nothing, is in the audit log and says how long to wait',
  async (_what, name, who, act, table) => {
    await withCap(name, 2, async () => {
      const before = await count(table)
      const refusals = await count(`audit_log where result = 'refused'`)
      const answers = await times(3, (nth) => act(who(), nth))
      expect(codes(answers)).toEqual(['done', 'done', over])
      expect(JSON.stringify(answers[2]!.body)).toMatch(/more than 2 .* Go on in 60 minutes/)
      expect(await count(table)).toBe(before + 2)
      expect(await count(`audit_log where result = 'refused'`)).toBe(refusals + 1)
      await app.pool.query(`update telemetry.sensitive_acts set at = at - interval '1 hour'`)
      expect(codes([await act(who(), 0)])).toEqual(['done'])
    })
  },
)

test('each has an hour of their own', async () => {
  await withCap('chargerPasswordsPerHour', 1, async () => {
    expect(codes([await rotate(olga), await rotate(olga), await rotate(admin)])).toEqual([
      'done',
      over,
      'done',
    ])
  })
})

test('a password in the charger’s own form counts like one from the button', async () => {
  const patch = () =>
    app.call('PATCH', `/api/chargers/${chargers[1]}`, {
      as: olga,
      body: { password: 'sixteen-letters-or-more' },
    })
  await withCap('chargerPasswordsPerHour', 1, async () => {
    expect(codes([await patch(), await rotate(olga)])).toEqual(['done', over])
    expect((await patch()).status).toBe(429)
  })
})

test('twenty at the same moment are not more than the cap', async () => {
  await withCap('chargerPasswordsPerHour', 5, async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => rotate(olga)))
    expect(codes(answers).filter((said) => said === 'done')).toHaveLength(5)
    expect(codes(answers).filter((said) => said === over)).toHaveLength(15)
  })
})

describe('the other Super Admins', () => {
  const mails = async () =>
    (
      await app.pool.query<{ to: string; subject: string; text: string }>(
        `select to_address as "to", subject, text from telemetry.mails where key like 'sensitive/%'`,
      )
    ).rows

  test('get one mail about the new passwords of an hour', async () => {
    await times(3, () => rotate(olga))
    expect(await mails()).toEqual([
      {
        to: admin.email,
        subject: 'A charger has a new password',
        text: expect.stringMatching(/olga set a new password .* from the address 192\.0\.2\.7/),
      },
    ])
  })

  test('who does it is not told of it', async () => {
    await rotate(admin)
    expect(await mails()).toEqual([])
  })

  test('get one about the twenty-first command within a minute, none about twenty', async () => {
    const soft = (nth: number) => command(olga, 'Reset', { type: 'Soft' }, nth)
    await times(20, soft)
    expect(await mails()).toEqual([])
    await times(3, soft)
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Commands to many chargers'])
  })

  test('get one about the sixth hard restart within an hour', async () => {
    const hard = (nth: number) => command(olga, 'Reset', { type: 'Hard' }, nth)
    await times(5, hard)
    expect(await mails()).toEqual([])
    await times(2, hard)
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      'Hard restarts, firmware or security settings of chargers',
    ])
  })
})

test('a file of more than 10,000 rows is counted and told; a smaller one is neither', async () => {
  const take = async (query: string): Promise<Answer> => {
    const headers = new Headers({ Authorization: `JWT ${admin.token}` })
    const url = `http://localhost:3000/api/audit-log/export?${query}`
    const answer = await staffRoute(app.config, exportAuditLog)(new Request(url, { headers }))
    const text = await answer.text()
    const body = answer.ok ? {} : (JSON.parse(text) as Answer['body'])
    return { status: answer.status, headers: answer.headers, body }
  }
  const paul = await app.person('paul', [{ role: 'super-admin' }])
  await app.pool.query('delete from telemetry.mails')
  await app.pool.query(
    `insert into audit_log (at, actor, action, resource, result, updated_at, created_at)
     select now(), 'system', 'update', 'filler', 'done', now(), now() from generate_series(1, 10001)`,
  )
  await withCap('largeExportsPerHour', 1, async () => {
    expect((await take('resource=grants')).status).toBe(200)
    expect(await count(`telemetry.sensitive_acts where kind = 'largeExports'`)).toBe(0)
    expect((await take('')).status).toBe(200)
    expect(codes([await take('')])).toEqual([over])
    expect((await take('resource=grants')).status).toBe(200)
  })
  const { rows } = await app.pool.query<{ to: string; subject: string }>(
    `select to_address as "to", subject from telemetry.mails where key like 'sensitive/%'`,
  )
  expect(rows).toEqual([{ to: paul.email, subject: 'A large export' }])
})
