import { startApp, type App, type Person } from '@/tests/helpers/app'

/** Money of drivers by hand: double entry with a reason, by Super Admins, on record; operators see, technicians do not. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let driver: number
let foreign: number

beforeAll(async () => {
  app = await startApp()
  const site = async (name: string) =>
    (await app.payload.create({ collection: 'sites', data: { name } })).id
  const [here, there] = [await site('Leeds Dock'), await site('Hull')]
  const add = async (name: string, at: number) =>
    (
      await app.payload.create({
        collection: 'drivers',
        data: { name, email: `${name}@example.test`, status: 'active', site: at },
      })
    ).id
  driver = await add('ann', here)
  foreign = await add('bob', there)
  admin = await app.person('admin', [{ role: 'super-admin' }])
  operator = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [here] }])
  technician = await app.person('tom', [{ role: 'technician', scope: 'sites', sites: [here] }])
})
afterAll(() => app.close())

const wallet = (id: number, as: Person | null) =>
  app.call('GET', `/api/drivers/${id}/wallet`, { as })
const move = (body: object, as: Person | null = admin, id = driver) =>
  app.call('POST', `/api/drivers/${id}/wallet`, { as, body })

test('money paid in is there once, however often the form is sent, and stands in the audit log with its reason', async () => {
  const entry = {
    key: 'form-0001',
    kind: 'top-up',
    amountMinor: 2_000,
    reason: 'Cash at the office',
  }
  expect((await move(entry)).body).toEqual({ status: 'posted' })
  expect((await move(entry)).body).toEqual({ status: 'already' })
  const { body } = await wallet(driver, admin)
  expect(body).toMatchObject({
    availableMinor: 2_000,
    heldMinor: 0,
    mayPost: true,
    entries: [{ kind: 'top-up', amountMinor: 2_000, reason: 'Cash at the office' }],
  })
  const { rows } = await app.pool.query(
    `select actor, reason from audit_log where resource = 'wallets' and action = 'top-up' and resource_id = $1`,
    [String(driver)],
  )
  expect(rows).toMatchObject([{ reason: 'Cash at the office' }])
})

test('what is paid out is no more than what is there', async () => {
  const out = { key: 'form-0002', kind: 'pay-out', amountMinor: 2_001, reason: 'Leaves us' }
  expect(await move(out)).toMatchObject({ status: 409, body: { code: 'insufficient-funds' } })
  expect((await move({ ...out, amountMinor: 500 })).status).toBe(201)
  expect(
    (await move({ key: 'form-0003', kind: 'refund', amountMinor: 150, reason: 'Goodwill' })).status,
  ).toBe(201)
  expect((await wallet(driver, admin)).body).toMatchObject({ availableMinor: 1_650 })
})

test('an operator sees the wallets of his drivers and moves nothing; others see none', async () => {
  const entry = { key: 'form-0009', kind: 'top-up', amountMinor: 10_000, reason: 'A present' }
  expect((await wallet(driver, operator)).body).toMatchObject({
    availableMinor: 1_650,
    mayPost: false,
  })
  expect((await move(entry, operator)).status).toBe(403)
  expect((await wallet(foreign, operator)).status).toBe(404)
  expect((await move(entry, operator, foreign)).status).toBe(404)
  expect((await wallet(driver, technician)).status).toBe(404)
  expect((await move(entry, technician)).status).toBe(404)
  expect((await wallet(driver, null)).status).toBe(401)
})

test.each([
  ['no reason', { key: 'form-0010', kind: 'top-up', amountMinor: 100, reason: ' ' }],
  ['no amount', { key: 'form-0010', kind: 'top-up', amountMinor: 0, reason: 'why' }],
  ['half a penny', { key: 'form-0010', kind: 'top-up', amountMinor: 0.5, reason: 'why' }],
  ['less than nothing', { key: 'form-0010', kind: 'pay-out', amountMinor: -5, reason: 'why' }],
  ['another kind', { key: 'form-0010', kind: 'capture', amountMinor: 5, reason: 'why' }],
  ['no key', { kind: 'top-up', amountMinor: 5, reason: 'why' }],
])('%s is refused', async (_what, entry) => {
  expect((await move(entry)).status).toBe(400)
})
