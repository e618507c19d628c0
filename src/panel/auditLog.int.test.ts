import { insertAudits, type AuditEntry } from '@/db/queries/insertAudit'
import { readAuditLines, type AuditFilter } from '@/db/queries/auditBoard'
import { checkAudit, linkNewRows } from '@/jobs/definitions/chainAudit'
import { startApp, type App, type Person } from '@/tests/helpers/app'

import { exportAuditLog } from './auditExport'
import { loadAuditEntry, loadAuditLog } from './auditLog'
import { shareReport } from './reports/shareReport'
import { staffRoute } from './staffRoute'

/** The audit log as people read it: SEC-46 from the reader's side, row 63 of the matrix on the page and in the file. */
let app: App
let admin: Person
let olga: Person
let ted: Person
const sites = { leeds: 0, goole: 0 }

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  for (const name of ['Leeds', 'Goole'] as const) {
    const { body } = await app.call('POST', '/api/sites', { as: admin, body: { name } })
    sites[name === 'Leeds' ? 'leeds' : 'goole'] = Number(body.doc?.['id'])
  }
  olga = await app.person('olga', [{ role: 'operator', scope: 'sites', sites: [sites.leeds] }])
  ted = await app.person('ted', [{ role: 'technician', scope: 'sites', sites: [sites.leeds] }])
  for (const id of [sites.leeds, sites.goole])
    await app.call('PATCH', `/api/sites/${id}`, { as: admin, body: { address: `=HYPERLINK("x")` } })
  await app.call('POST', '/api/regions', { as: olga, body: { name: 'Not hers to make' } })
  await app.call('POST', '/api/users/login', { body: { email: olga.email, password: 'wrong' } })
})
afterAll(() => app.close())

const looking = (person: Person) => ({
  payload: app.payload,
  user: { id: person.id, collection: 'users' },
})
const page = (person: Person, search: Record<string, string> = {}) =>
  loadAuditLog(looking(person), search)
const exported = async (person: Person | null, query = '') => {
  const headers = new Headers(person ? { Authorization: `JWT ${person.token}` } : {})
  const url = `http://localhost:3000/api/audit-log/export?${query}`
  const response = await staffRoute(app.config, exportAuditLog)(new Request(url, { headers }))
  return { status: response.status, text: await response.text() }
}

test('an Operator reads what happened at the assigned sites and nothing else, on the page, one by one and in the file', async () => {
  const all = await page(admin)
  const seen = await page(olga)
  expect(new Set(seen!.lines.map(({ siteId }) => siteId))).toEqual(new Set([sites.leeds]))
  expect(seen!.choices.people.map(({ name }) => name)).toEqual(['admin'])
  expect(seen!.check).toBeNull()
  const goole = all!.lines.find(({ siteId }) => siteId === sites.goole)!
  expect(await loadAuditEntry(looking(olga), goole.id)).toBeNull()
  expect(await loadAuditEntry(looking(admin), goole.id)).not.toBeNull()
  const file = await exported(olga)
  expect(file.status).toBe(200)
  expect(file.text.trim().split('\r\n')).toHaveLength(seen!.lines.length + 1)
  expect(file.text).not.toContain('Goole')
})

test('a Technician and a stranger read none of it', async () => {
  expect(await page(ted)).toBeNull()
  expect((await exported(ted)).status).toBe(403)
  expect((await exported(null)).status).toBe(401)
})

test('each filter leaves what it names', async () => {
  const actions = async (search: Record<string, string>) =>
    (await page(admin, search))!.lines.map(({ action, result }) => `${action} ${result}`)
  expect(new Set(await actions({ denied: 'true' }))).toEqual(
    new Set(['POST /api/regions refused', 'login refused']),
  )
  expect(new Set(await actions({ action: 'update' }))).toEqual(new Set(['update done']))
  const ofRecord = await page(admin, { resource: 'sites', record: String(sites.leeds) })
  expect(ofRecord!.lines.map(({ action, recordName }) => [action, recordName])).toEqual([
    ['update', 'Leeds'],
    ['create', 'Leeds'],
  ])
  const byOlga = await page(admin, { user: String(olga.id) })
  expect(new Set(byOlga!.lines.map(({ userId }) => userId))).toEqual(new Set([olga.id]))
  expect((await page(admin, { to: '2020-01-01' }))!.lines).toEqual([])
  expect((await page(admin, { from: '2020-01-01' }))!.lines.length).toBeGreaterThan(5)
  expect(byOlga!.choices.actions).not.toContain('POST /api/regions')
})

test('no formula of a field gets into a spreadsheet, and the export is an entry itself', async () => {
  const { text } = await exported(admin, 'action=update')
  expect(text).toContain('HYPERLINK')
  expect(text).not.toMatch(/(^|,)"?=/m)
  const [last] = (await page(admin, { action: 'export' }))!.lines
  expect(last).toMatchObject({ resource: 'audit-log', actor: 'admin', result: 'done' })
})

test('the chain is told on the page: whole, and the entry that is not', async () => {
  await linkNewRows(app.pool)
  await checkAudit(app.pool)
  const { lines, check } = (await page(admin))!
  expect(check).toMatchObject({ brokenId: null, rows: lines.length })
  const { id } = lines[3]!
  expect(await loadAuditEntry(looking(admin), id)).toMatchObject({ chain: 'whole' })
  await app.pool.query(
    `alter table audit_log disable trigger user; update audit_log set actor = 'Eve' where id = ${id};
     alter table audit_log enable trigger user`,
  )
  await checkAudit(app.pool)
  expect((await page(admin))!.check).toMatchObject({ brokenId: id })
  expect(await loadAuditEntry(looking(admin), id)).toMatchObject({ chain: 'broken' })
})

test('with 100,000 entries every page is read by an index, and each is on one page', async () => {
  const entry: AuditEntry = {
    at: new Date('2026-01-01T00:00:00Z'),
    userId: olga.id,
    actor: 'Olga',
    role: 'operator',
    action: 'update',
    resource: 'chargers',
    resourceId: '1',
    siteId: sites.leeds,
    before: null,
    after: null,
    result: 'done',
    reason: null,
    ip: null,
    requestId: null,
  }
  const many = Array.from({ length: 10_000 }, () => entry)
  for (let n = 0; n < 10; n++)
    await insertAudits(
      app.pool,
      many.map((one, i) => ({ ...one, at: new Date(one.at.getTime() + n), resourceId: String(i) })),
    )
  await app.pool.query('analyze audit_log')
  const everything: AuditFilter = {
    scope: { kind: 'all' },
    userId: null,
    action: null,
    resource: null,
    resourceId: null,
    from: null,
    until: null,
    deniedOnly: false,
  }
  const ms = async (filter: Partial<AuditFilter>) => {
    const begin = performance.now()
    await readAuditLines(app.pool, { ...everything, ...filter }, { before: null, limit: 51 })
    return performance.now() - begin
  }
  const filters: Partial<AuditFilter>[] = [
    {},
    { userId: admin.id },
    { action: 'login' },
    { resource: 'sites' },
    { deniedOnly: true },
    { until: new Date('2026-01-01T00:00:00.005Z') },
    { scope: { kind: 'some', regionIds: [], siteIds: [sites.goole], chargerIds: [] } },
  ]
  for (const filter of filters) expect(await ms(filter)).toBeLessThan(150)
  const seen = new Set<number>()
  let before: { at: string; id: number } | null = null
  for (let n = 0; n < 20; n++) {
    const lines = await readAuditLines(app.pool, everything, { before, limit: 50 })
    for (const { id } of lines) seen.add(id)
    before = lines.at(-1)!
  }
  expect(seen.size).toBe(1_000)
}, 60_000)

test('what somebody without access asked of a charger, and what a role may not do on a page of ours, is told', async () => {
  const nobody = await app.person('nobody', [])
  const asked = await app.call('POST', '/api/commands', {
    as: nobody,
    body: { charger: 'X', action: 'Reset', payload: { type: 'Soft' } },
  })
  expect([asked.status, asked.body['code']]).toEqual([403, 'no-access'])
  const share = staffRoute(app.config, shareReport('charging-sessions'))
  const response = await share(
    new Request('http://localhost:3000/api/reports/charging-sessions/share', {
      method: 'POST',
      headers: { Authorization: `JWT ${ted.token}`, 'Content-Type': 'application/json' },
      body: '{}',
    }),
  )
  expect(response.status).toBe(403)
  const { rows } = await app.pool.query(
    `select user_id, action, reason from audit_log where result = 'refused' and reason in ('no-access', 'not-permitted')
      order by reason`,
  )
  expect(rows).toEqual([
    { user_id: nobody.id, action: 'POST /api/commands', reason: 'no-access' },
    {
      user_id: ted.id,
      action: 'POST /api/reports/charging-sessions/share',
      reason: 'not-permitted',
    },
  ])
})
