import { mailShares } from '@/jobs/definitions/mailShares'
import { pruneFrames } from '@/jobs/definitions/prune'
import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'
import { makeNetwork, type Network } from '@/tests/helpers/network'
import { addSession } from '@/tests/helpers/statements'
import { closePublicPool } from '../public/database'
import { sharedPage } from '../public/shared'
import { staffRoute } from '../staffRoute'
import { revokeLink } from '../statementRoutes'
import { endReportPool } from './pool'
import { closePdf } from '#reports/render/pdf'
import { shareReport } from './shareReport'

/** S8: a report with its filter behind a link, for people without a login. */
let app: App
let net: Network
let admin: Person
let operator: Person
let foreign: Person
let owner: Person
const publicUrl = 'http://localhost:3000'

type Answer = { status: number; body: Body & { code?: string } }
type Link = { id: number; statement: number; url: string }

async function share(as: Person | null, body: object, report = 'charging-sessions') {
  const response = await staffRoute(
    app.config,
    shareReport(report),
  )(
    new Request(`${publicUrl}/api/reports/${report}/share`, {
      method: 'POST',
      headers: as ? { Authorization: `JWT ${as.token}` } : {},
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const october = { from: '2026-10-01', to: '2026-10-31' }
const opened = async (url: string, format?: string) => {
  const at = format ? `${url}?format=${format}` : url
  const response = await sharedPage(url.split('/').at(-1)!, new Request(at))
  return { status: response.status, text: await response.text() }
}

beforeAll(async () => {
  app = await startApp()
  net = await makeNetwork(app.pool)
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const of = (site: number) => ({ scope: 'sites' as const, sites: [site] })
  operator = await app.person('operator', [{ role: 'operator', ...of(net.siteA) }])
  foreign = await app.person('foreign', [{ role: 'operator', ...of(net.siteB) }])
  owner = await app.person('owner', [{ role: 'site-owner', ...of(net.siteA) }])
  const charge = (siteId: number, chargerId: number, day: number) =>
    addSession(app.pool, {
      siteId,
      chargerId,
      startedAt: new Date(Date.UTC(2026, 9, day, 12)),
      energyWh: 12_345,
      costMinor: 987,
      taxMinor: 165,
    })
  const mine = [
    await charge(net.siteA, net.chargerA, 10),
    await charge(net.siteA, net.chargerA, 11),
  ]
  await charge(net.siteB, net.chargerB, 10)
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into drivers (name, email) values ('Amelia Secret', 'amelia@example.test') returning id`,
  )
  await app.pool.query(
    `update sessions set driver_id = $1, id_tag = 'CARD-SECRET' where id = any($2)`,
    [rows[0]!.id, mine],
  )
})
afterAll(async () => {
  closePdf()
  await endReportPool()
  await closePublicPool()
  await app.close()
})

test('a shared report has the rows its maker may see, in every format, and does not say who charged', async () => {
  const { status, body } = await share(operator, { filter: october, days: 7, sharedWith: 'Client' })
  expect(status).toBe(201)
  const { url } = body.doc as unknown as Link
  const page = await opened(url)
  expect(page.status).toBe(200)
  for (const words of ['Charging Sessions, October 2026', 'PDF', 'Excel', 'CSV'])
    expect(page.text).toContain(words)
  const csv = (await opened(url, 'csv')).text
  expect(csv).toContain('Total,2 rows')
  expect(csv).toContain('KP-A')
  expect(csv).not.toMatch(/KP-B|SECRET|Secret/)
  expect((await opened(url, 'pdf')).text.slice(0, 5)).toBe('%PDF-')
  expect((await opened(url, 'xlsx')).text.slice(0, 2)).toBe('PK')
})

test('it stays as it was when it was shared, and who charged is in it where that was asked for', async () => {
  const { body } = await share(admin, { filter: { ...october, site: net.siteA }, withPeople: true })
  const { url } = body.doc as unknown as Link
  await addSession(app.pool, {
    siteId: net.siteA,
    chargerId: net.chargerA,
    startedAt: new Date('2026-10-20T12:00:00Z'),
    energyWh: 1,
    costMinor: 1,
  })
  const csv = (await opened(url, 'csv')).text
  expect(csv).toContain('Total,2 rows')
  expect(csv).toContain('Amelia Secret')
})

test('the link stops when it is revoked or expires; only who sees every site of it may do that', async () => {
  const { body } = await share(admin, { filter: { ...october, site: net.siteA } })
  const link = body.doc as unknown as Link
  const revoke = (as: Person) =>
    staffRoute(
      app.config,
      revokeLink,
    )(
      new Request(`${publicUrl}/api/share-links/${link.id}/revoke`, {
        method: 'POST',
        headers: { Authorization: `JWT ${as.token}` },
      }),
    )
  expect((await revoke(foreign)).status).toBe(404)
  expect((await opened(link.url)).status).toBe(200)
  expect((await revoke(operator)).status).toBe(200)
  expect((await opened(link.url)).status).toBe(404)
  expect((await opened(link.url, 'csv')).status).toBe(404)

  const whole = (await share(admin, { filter: october })).body.doc as unknown as Link
  const seen = await app.call('GET', `/api/statements/${whole.statement}`, { as: operator })
  expect(seen.status).toBe(404)
  await app.pool.query(`update share_links set expires_at = now() - interval '1 s' where id = $1`, [
    whole.id,
  ])
  expect((await opened(whole.url)).status).toBe(404)
})

test('a mailed link is in the mail only', async () => {
  const { body } = await share(operator, { filter: october, email: 'client@example.test' })
  expect(body.doc).not.toHaveProperty('url')
  const context = { pool: app.pool, now: () => new Date(), log: { info() {}, warn() {} } }
  await mailShares(publicUrl).run(context)
  const { rows } = await app.pool.query<{ text: string }>(
    `select text from telemetry.mails where to_address = 'client@example.test'`,
  )
  const url = /http\S+\/shared\/\S+/.exec(rows[0]!.text)![0]
  expect((await opened(url)).status).toBe(200)
})

test('every report can be shared', async () => {
  for (const report of ['energy-usage', 'fleet-usage', 'faults-uptime', 'reliability'])
    expect([report, (await share(operator, { filter: october }, report)).status]).toEqual([
      report,
      201,
    ])
})

test('who may not share does not, and places outside one’s scope are not there', async () => {
  expect((await share(null, { filter: october })).status).toBe(401)
  expect((await share(owner, { filter: october })).status).toBe(403)
  expect((await share(foreign, { filter: { ...october, site: net.siteA } })).status).toBe(404)
  expect((await share(operator, { filter: october }, 'nonsense')).status).toBe(404)
})

test.each([
  [{ filter: october, days: 0 }],
  [{ filter: october, email: 'a@b.example, c@d.example' }],
  [{ filter: { from: '2026-10-31', to: '2026-10-01' } }],
  [{}],
])('%j is refused with a sentence', async (body) => {
  const answer = await share(operator, body)
  expect(answer.status).toBe(400)
})

test('a month after its last link ended the files are gone, and what was shared with whom is still told', async () => {
  const { body } = await share(admin, { filter: october, sharedWith: 'Auditor', days: 1 })
  const { id, statement } = body.doc as unknown as Link
  const prune = (days: number) =>
    pruneFrames.run({
      pool: app.pool,
      now: () => new Date(Date.now() + days * 86_400_000),
      log: { info() {}, warn() {} },
    })
  const files = async () =>
    (
      await app.pool.query('select 1 from telemetry.statement_files where statement_id = $1', [
        statement,
      ])
    ).rowCount
  await prune(30)
  expect(await files()).toBe(3)
  await prune(32)
  expect(await files()).toBe(0)
  const { rows } = await app.pool.query('select shared_with from share_links where id = $1', [id])
  expect(rows).toEqual([{ shared_with: 'Auditor' }])
})
