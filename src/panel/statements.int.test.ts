import { createHash } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { closePdf } from '#reports/render/pdf'
import { issueStatements } from '@/jobs/definitions/issueStatements'
import { askRecipients } from '@/jobs/definitions/confirmRecipients'
import { mailShares } from '@/jobs/definitions/mailShares'
import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'
import { makeNetwork, type Network } from '@/tests/helpers/network'
import { addSchedule, addSession } from '@/tests/helpers/statements'

import { uploadLogo } from './brandingLogo'
import { confirmAnswer, confirmPage } from './public/confirm'
import { closePublicPool } from './public/database'
import { sharedPage } from './public/shared'
import { verifyPage } from './public/verify'
import { endReportPool } from './reports/pool'
import { previewSchedule } from './schedulePreview'
import { staffRoute } from './staffRoute'
import {
  downloadStatement,
  payStatement,
  revokeLink,
  sendStatement,
  shareStatement,
} from './statementRoutes'

/** S7, S8, SEC-41: what may be done with an issued statement, by whom, and what a stranger with a link sees. */
let app: App
let net: Network
let admin: Person
let operator: Person
let foreign: Person
let technician: Person
let owner: Person
let schedule: number
let statement: number
const publicUrl = 'http://localhost:3000'
const context = { now: () => new Date('2026-11-01T06:00:20Z'), log: { info() {}, warn() {} } }

type Route = (req: PayloadRequest) => Promise<Response>
type Asked = { status: number; body: Body; bytes: Buffer; type: string | null }

async function ask(
  route: Route,
  as: Person | null,
  path: string,
  body?: object | Buffer,
): Promise<Asked> {
  const headers: Record<string, string> = as ? { Authorization: `JWT ${as.token}` } : {}
  const response = await staffRoute(
    app.config,
    route,
  )(
    new Request(`${publicUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body:
        body === undefined
          ? undefined
          : Buffer.isBuffer(body)
            ? new Uint8Array(body)
            : JSON.stringify(body),
    }),
  )
  const bytes = Buffer.from(await response.arrayBuffer())
  let parsed: Body = {}
  try {
    parsed = JSON.parse(bytes.toString()) as Body
  } catch {
    // a file
  }
  return {
    status: response.status,
    body: parsed,
    bytes,
    type: response.headers.get('content-type'),
  }
}

beforeAll(async () => {
  app = await startApp()
  net = await makeNetwork(app.pool)
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const of = (site: number) => ({ scope: 'sites' as const, sites: [site] })
  operator = await app.person('operator', [{ role: 'operator', ...of(net.siteA) }])
  foreign = await app.person('foreign', [{ role: 'operator', ...of(net.siteB) }])
  technician = await app.person('tech', [{ role: 'technician', ...of(net.siteA) }])
  owner = await app.person('owner', [{ role: 'site-owner', ...of(net.siteA) }])
  schedule = await addSchedule(app.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: new Date('2026-10-03T10:00:00Z'),
  })
  await addSession(app.pool, {
    siteId: net.siteA,
    chargerId: net.chargerA,
    startedAt: new Date('2026-10-10T12:00:00Z'),
    energyWh: 12_345,
    costMinor: 987,
    taxMinor: 165,
  })
  await issueStatements(publicUrl).run({ ...context, pool: app.pool })
  const { rows } = await app.pool.query<{ id: number }>('select id from statements')
  statement = rows[0]!.id
})
afterAll(async () => {
  closePdf()
  await endReportPool()
  await closePublicPool()
  await app.close()
})

const at = (action: string) => `/api/statements/${statement}/${action}`

test('the file is downloaded by who may, byte by byte as it was issued; outside the scope it is not there', async () => {
  const { rows } = await app.pool.query<{ sha256: string }>(
    'select sha256 from telemetry.statement_files',
  )
  for (const person of [admin, operator, owner]) {
    const { status, bytes } = await ask(downloadStatement, person, at('file'))
    expect(status).toBe(200)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(rows[0]!.sha256)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  }
  expect((await ask(downloadStatement, foreign, at('file'))).status).toBe(404)
  expect((await ask(downloadStatement, technician, at('file'))).status).toBe(404)
  expect((await ask(downloadStatement, null, at('file'))).status).toBe(401)
})

test('the verify page knows the fingerprint of the figures and of the file, and nothing else', async () => {
  const { rows } = await app.pool.query<{ figures: string; file: string }>(
    'select s.sha256 as figures, f.sha256 as file from statements s join telemetry.statement_files f on f.statement_id = s.id',
  )
  for (const hash of [rows[0]!.figures, rows[0]!.file.toUpperCase()]) {
    const page = await verifyPage(hash)
    expect(page.status).toBe(200)
    const text = await page.text()
    for (const part of ['£9.87', '£1.65', '12.345 kWh', 'October 2026', 'Site A'])
      expect(text).toContain(part)
  }
  const flipped = rows[0]!.figures.replace(/^./, (sign) => (sign === '0' ? '1' : '0'))
  expect((await verifyPage(flipped)).status).toBe(404)
  expect((await verifyPage('<script>')).status).toBe(404)
})

test('nothing is sent while nobody has confirmed; afterwards once per asking', async () => {
  expect((await ask(sendStatement, operator, at('send'), {})).status).toBe(409)
  await app.pool.query(
    `insert into telemetry.report_recipients (schedule_id, address, confirmed_at) values ($1, 'a@owner.example', now()), ($1, 'b@owner.example', null)`,
    [schedule],
  )
  const { status, body } = await ask(sendStatement, operator, at('send'), {})
  expect([status, body.doc]).toEqual([202, { id: statement, sentTo: ['a@owner.example'] }])
  const to = await ask(sendStatement, operator, at('send'), { address: 'stranger@else.example' })
  expect(to.status).toBe(409)
  expect((await ask(sendStatement, foreign, at('send'), {})).status).toBe(404)
  expect((await ask(sendStatement, owner, at('send'), {})).status).toBe(403)
})

test('a new address is asked by mail; looking at the link answers nothing, answering works once', async () => {
  await app.pool.query(
    `insert into telemetry.report_recipients (schedule_id, address) values ($1, 'new@owner.example')`,
    [schedule],
  )
  await askRecipients({ ...context, now: () => new Date(), pool: app.pool }, publicUrl)
  const { rows } = await app.pool.query<{ text: string }>(
    `select text from telemetry.mails where to_address = 'new@owner.example'`,
  )
  const key = /\/confirm\/(\S+)/.exec(rows[0]!.text)![1]!
  const stored = await app.pool.query(
    'select 1 from telemetry.report_recipients where token_hash = $1',
    [key],
  )
  expect(stored.rowCount).toBe(0)
  const state = async () =>
    (
      await app.pool.query<{ yes: boolean }>(
        `select confirmed_at is not null as yes from telemetry.report_recipients where address = 'new@owner.example'`,
      )
    ).rows[0]!.yes
  expect((await confirmPage(key)).status).toBe(200)
  expect(await state()).toBe(false)
  const answer = () =>
    confirmAnswer(
      key,
      new Request(`${publicUrl}/confirm/x`, { method: 'POST', body: 'answer=yes' }),
    )
  expect((await answer()).status).toBe(200)
  expect(await state()).toBe(true)
  expect((await answer()).status).toBe(404)
  expect((await confirmPage(key)).status).toBe(404)
})

test('a shared link opens the report without a login, says when it was opened, and stops when it is revoked or expires', async () => {
  const { status, body } = await ask(shareStatement, operator, at('share'), {
    days: 7,
    sharedWith: 'Accountant',
  })
  expect(status).toBe(201)
  const link = body.doc as { id: number; url: string }
  const key = link.url.split('/').at(-1)!
  expect(Buffer.from(key, 'base64url').byteLength).toBeGreaterThanOrEqual(16)
  const open = (query = '') => sharedPage(key, new Request(`${link.url}${query}`))
  expect(await (await open()).text()).toContain('Download PDF')
  const file = await open('?format=pdf')
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  const seen = await app.call('GET', `/api/share-links/${link.id}`, { as: operator })
  expect(seen.body).toMatchObject({ sharedWith: 'Accountant', openedCount: 2 })
  expect(JSON.stringify(seen.body)).not.toContain(key)
  expect((await sharedPage(`${key}x`, new Request(link.url))).status).toBe(404)

  expect((await ask(revokeLink, foreign, `/api/share-links/${link.id}/revoke`, {})).status).toBe(
    404,
  )
  expect((await ask(revokeLink, operator, `/api/share-links/${link.id}/revoke`, {})).status).toBe(
    200,
  )
  expect((await open()).status).toBe(404)
  expect((await open('?format=pdf')).status).toBe(404)

  const other = await ask(shareStatement, operator, at('share'), { days: 1 })
  const { id, url } = other.body.doc as { id: number; url: string }
  await app.pool.query(
    `update share_links set expires_at = now() - interval '1 second' where id = $1`,
    [id],
  )
  expect((await sharedPage(url.split('/').at(-1)!, new Request(url))).status).toBe(404)
})

test('a link that is mailed has its key in the mail only, and works no longer for who is taken off the list', async () => {
  const asked = await ask(shareStatement, operator, at('share'), { email: 'a@owner.example' })
  expect(asked.body.doc).not.toHaveProperty('url')
  await mailShares(publicUrl).run({ ...context, pool: app.pool })
  const { rows } = await app.pool.query<{ text: string }>(
    `select text from telemetry.mails where key like 'share/%' and to_address = 'a@owner.example'`,
  )
  const key = /\/shared\/(\S+)/.exec(rows[0]!.text)![1]!
  const open = () => sharedPage(key, new Request(`${publicUrl}/shared/${key}`))
  expect((await open()).status).toBe(200)
  const changed = await app.call('PATCH', `/api/report-schedules/${schedule}`, {
    as: operator,
    body: { recipients: ['b@owner.example'] },
  })
  expect(changed.status).toBe(200)
  expect((await open()).status).toBe(404)
})

test.each([
  [{ days: 0 }, 400],
  [{ days: 91 }, 400],
  [{ email: 'a@b.example, c@d.example' }, 400],
])('sharing with %j is refused', async (body, status) => {
  expect((await ask(shareStatement, operator, at('share'), body)).status).toBe(status)
})

test('who may not share does not', async () => {
  expect((await ask(shareStatement, owner, at('share'), {})).status).toBe(403)
  expect((await ask(shareStatement, foreign, at('share'), {})).status).toBe(404)
})

test('only a Super Admin marks a statement as paid out, and only once', async () => {
  expect((await ask(payStatement, operator, at('paid'), {})).status).toBe(403)
  expect((await ask(payStatement, admin, at('paid'), {})).status).toBe(200)
  expect((await ask(payStatement, admin, at('paid'), {})).status).toBe(409)
})

test('a preview shows the unfinished period and leaves nothing behind', async () => {
  const path = `/api/report-schedules/${schedule}/preview`
  const { status, bytes, type } = await ask(previewSchedule, operator, path)
  expect([status, type]).toEqual([200, 'application/pdf'])
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await ask(previewSchedule, foreign, path)).status).toBe(404)
  const { rows } = await app.pool.query('select count(*)::int as n from statements')
  expect(rows).toEqual([{ n: 1 }])
})

test('a logo is a picture, redrawn; anything else is refused with a sentence', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  const path = '/api/branding/logo'
  expect((await ask(uploadLogo, operator, path, png)).status).toBe(403)
  const { status, body } = await ask(uploadLogo, admin, path, png)
  expect([status, body.doc]).toEqual([200, { width: 1, height: 1 }])
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  for (const bad of [svg, Buffer.concat([png.subarray(0, 20), Buffer.alloc(50)])])
    expect((await ask(uploadLogo, admin, path, bad)).status).toBe(400)
})
