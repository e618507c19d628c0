/**
 * Firmware and diagnostics as people reach them: REST, by every role. Black box: what comes back, what is stored, what
 * the audit log says; each refusal stands beside the same request by somebody who may.
 */
import {
  createHash,
  createSign,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'

import { downloadDiagnostics, downloadFirmware } from './fileDownloads'
import { firmwareCandidates } from './firmwareCandidates'
import { uploadFirmware } from './firmwareUpload'
import { staffRoute } from './staffRoute'

type Role = 'admin' | 'operator' | 'technician' | 'elsewhere' | 'owner'

let app: App
let dataDir: string
const people = {} as Record<Role, Person>
let mine: number
let other: number
let foreign: number
const image = randomBytes(50_000)
const sha256 = createHash('sha256').update(image).digest('hex')
const anybody: (Role | null)[] = ['admin', 'operator', 'technician', 'elsewhere', 'owner', null]

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cpms-panel-files-'))
  process.env.CPMS_DATA_DIR = dataDir
  process.env.FILES_PUBLIC_URL = 'http://cpms.example:9220/files'
  app = await startApp()
  people.admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number(
      (await app.call('POST', `/api/${slug}?depth=0`, { as: people.admin, body })).body.doc?.id,
    )
  const [a, b] = [await make('sites', { name: 'A' }), await make('sites', { name: 'B' })]
  mine = await make('chargers', { name: 'KP 7', identity: 'KP-07', site: a })
  other = await make('chargers', { name: 'KP 8', identity: 'KP-08', site: a })
  foreign = await make('chargers', { name: 'KP 9', identity: 'KP-09', site: b })
  const sites = { scope: 'sites' as const, sites: [a] }
  people.operator = await app.person('operator', [{ role: 'operator', ...sites }])
  people.technician = await app.person('technician', [{ role: 'technician', ...sites }])
  people.owner = await app.person('owner', [{ role: 'site-owner', ...sites }])
  people.elsewhere = await app.person('elsewhere', [
    { role: 'technician', scope: 'sites', sites: [b] },
  ])
  await booted([mine, other, foreign], 'Kestrel', 'Twin 22', '1.0.0')
})

afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function booted(ids: number[], vendor: string, model: string, version: string) {
  await app.pool.query(
    `update charger_states set vendor = $2, model = $3, firmware_version = $4, registration_status = 'Accepted', connected = true
      where id in (select state_id from chargers where id = any($1::int[]))`,
    [ids, vendor, model, version],
  )
}

type Handler = Parameters<typeof staffRoute>[1]

async function visit(handler: Handler, as: Role | null, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers)
  if (as) headers.set('Authorization', `JWT ${people[as].token}`)
  const route = staffRoute(app.config, handler, { longestBody: Infinity })
  return route(new Request(`http://localhost:3000${path}`, { ...init, headers }))
}

type ImageForm = Record<string, string> & { name?: string }

function form(fields: ImageForm, bytes: Buffer | null = image): FormData {
  const { name = 'twin22.bin', ...rest } = fields
  const made = new FormData()
  for (const [key, value] of Object.entries({
    version: '2.0.0',
    vendor: 'Kestrel',
    model: 'Twin 22',
    ...rest,
  }))
    made.set(key, value)
  if (bytes) made.set('file', new Blob([new Uint8Array(bytes)]), name)
  return made
}

async function upload(as: Role | null, fields: ImageForm = {}, bytes: Buffer | null = image) {
  const response = await visit(uploadFirmware, as, '/api/firmware/upload', {
    method: 'POST',
    body: form(fields, bytes),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

const call = (as: Role | null, method: string, path: string, body?: unknown) =>
  app.call(method, path, { as: as && people[as], body })

const lastAudit = async (resource: string) =>
  (
    await app.pool.query<{
      action: string
      result: string
      reason: string | null
      role: string
      actor: string
    }>(
      'select action, result, reason, role, actor from audit_log where resource = $1 order by id desc limit 1',
      [resource],
    )
  ).rows[0]

let imageId: number

describe('an image', () => {
  test('SEC-37 row 59: a Super Admin uploads it, nobody else does; both are in the audit log', async () => {
    for (const role of anybody.filter((one) => one !== 'admin'))
      expect((await upload(role)).status).toBe(role ? 403 : 401)
    expect(await lastAudit('firmware')).toMatchObject({
      action: 'upload',
      result: 'refused',
      role: 'site-owner',
    })
    const uploaded = await upload('admin', { note: 'from the maker' })
    expect(uploaded).toMatchObject({
      status: 201,
      body: { doc: { version: '2.0.0', filename: 'twin22.bin', sizeBytes: image.length, sha256 } },
    })
    imageId = Number(uploaded.body.doc?.['id'])
    expect(readFileSync(join(dataDir, 'firmware', sha256)).equals(image)).toBe(true)
    expect(await lastAudit('firmware')).toMatchObject({
      action: 'create',
      result: 'done',
      role: 'super-admin',
    })
  })

  test('is there once', async () => {
    expect(await upload('admin')).toMatchObject({ status: 409, body: { code: 'already-there' } })
    expect((await upload('admin', { version: '2.0.1' })).status).toBe(201)
  })

  test.each([
    [{ name: 'page.html' }, Buffer.from('<html>'), 'not-firmware'],
    [{ name: 'page.bin' }, Buffer.from('<script>alert(1)</script>'), 'not-firmware'],
    [{ name: 'photo.png.html' }, Buffer.from('<html>'), 'not-firmware'],
    [{ name: '../../etc/passwd' }, image, 'not-firmware'],
    [{ name: 'image.zip' }, image, 'not-firmware'],
    [{ name: 'empty.bin' }, Buffer.alloc(0), 'empty-file'],
    [{}, null, 'no-file'],
    [{ version: '' }, image, 'bad-field'],
    [{ vendor: ' ' }, image, 'bad-field'],
    [{ version: 'x'.repeat(51) }, image, 'bad-field'],
    [{ signature: 'c2ln' }, image, 'half-signed'],
    [{ signature: 'c2ln', signingCertificate: 'x' }, image, 'bad-signature'],
  ] as [ImageForm, Buffer | null, string][])(
    'SEC-35 %j is refused and leaves nothing behind',
    async (fields, bytes, code) => {
      const before = listed()
      const answer = await upload('admin', { version: '9.9.9', ...fields }, bytes)
      expect(answer.status).toBe(400)
      expect(answer.body).toMatchObject({ code })
      expect(listed()).toEqual(before)
    },
  )

  test('SEC-35 is stored under its fingerprint, whatever it is called', async () => {
    const bytes = randomBytes(1000)
    const name = `..\\..\\${'a'.repeat(300)}\u202Egnp.bin`
    const answer = await upload('admin', { name, version: '3.0.0' }, bytes)
    expect(answer.status).toBe(201)
    expect(String(answer.body.doc?.['filename'])).toMatch(/^[\w.-]{1,100}$/)
    expect(
      existsSync(join(dataDir, 'firmware', createHash('sha256').update(bytes).digest('hex'))),
    ).toBe(true)
  })

  test('SEC-35 above the limit: 413, and the limit is the settings’', async () => {
    await app.pool.query('update settings set firmware_max_megabytes = 1')
    const before = listed()
    expect((await upload('admin', { version: '4.0.0' }, randomBytes(1_000_001))).status).toBe(413)
    expect((await upload('admin', { version: '4.0.0' }, randomBytes(1_300_000))).status).toBe(413)
    expect(listed()).toEqual(before)
    expect((await upload('admin', { version: '4.0.0' }, randomBytes(1_000_000))).status).toBe(201)
    await app.pool.query('update settings set firmware_max_megabytes = 500')
  })

  test('SEC-37 unsigned is refused where signing is on; signed by its maker it is taken, by another not', async () => {
    const maker = selfSigned()
    const bytes = randomBytes(2000)
    const sign = (over: Buffer) => createSign('sha256').update(over).sign(maker.key, 'base64')
    const certificate = { signingCertificate: maker.certificate }
    await app.pool.query('update settings set signed_firmware_only = true')
    expect(await upload('admin', { version: '5.0.0' }, bytes)).toMatchObject({
      body: { code: 'unsigned-image' },
    })
    const wrong = { ...certificate, signature: sign(Buffer.from('another file')) }
    expect(await upload('admin', { version: '5.0.0', ...wrong }, bytes)).toMatchObject({
      body: { code: 'bad-signature' },
    })
    const right = { ...certificate, signature: sign(bytes) }
    expect((await upload('admin', { version: '5.0.0', ...right }, bytes)).status).toBe(201)
    const unsigned = await call('admin', 'POST', '/api/firmware-updates', {
      firmware: imageId,
      chargers: [mine],
    })
    expect(unsigned).toMatchObject({ status: 409, body: { code: 'unsigned-image' } })
    await app.pool.query('update settings set signed_firmware_only = false')
  })

  test('the list is for those who pick from it, the bytes (row 60) for fewer', async () => {
    for (const role of ['admin', 'operator', 'technician', 'elsewhere'] as const)
      expect((await call(role, 'GET', '/api/firmware')).body['totalDocs']).toBeGreaterThan(0)
    for (const role of ['owner', null] as const)
      expect((await call(role, 'GET', '/api/firmware')).status).toBe(403)
    const path = `/api/firmware/${imageId}/file`
    for (const role of ['technician', 'elsewhere', 'owner'] as const)
      expect((await visit(downloadFirmware, role, path)).status).toBe(403)
    expect((await visit(downloadFirmware, null, path)).status).toBe(401)
    for (const role of ['admin', 'operator'] as const) {
      const response = await visit(downloadFirmware, role, path)
      expect(response.status).toBe(200)
      expect(Buffer.from(await response.arrayBuffer()).equals(image)).toBe(true)
      expect(await lastAudit('firmware')).toMatchObject({
        action: 'download',
        result: 'done',
        role: role === 'admin' ? 'super-admin' : 'operator',
      })
    }
  })

  test('REST makes none, and changes neither file nor fingerprint', async () => {
    expect(
      (await call('admin', 'POST', '/api/firmware', { version: '6', vendor: 'K' })).status,
    ).toBe(403)
    await call('admin', 'PATCH', `/api/firmware/${imageId}`, {
      sha256: 'ab'.repeat(32),
      sizeBytes: 1,
      note: 'kept',
    })
    expect((await call('admin', 'GET', `/api/firmware/${imageId}`)).body).toMatchObject({
      sha256,
      sizeBytes: image.length,
      note: 'kept',
    })
    expect((await call('technician', 'DELETE', `/api/firmware/${imageId}`)).status).toBe(403)
  })
})

describe('an update', () => {
  const start = (as: Role | null, body: object) => call(as, 'POST', '/api/firmware-updates', body)
  const cancel = async (id: unknown) =>
    expect((await call('admin', 'POST', `/api/firmware-updates/${String(id)}/cancel`)).status).toBe(
      200,
    )

  test('row 37: by Super Admins, operators and technicians in their scope, and by nobody else', async () => {
    for (const role of ['admin', 'operator', 'technician'] as const) {
      const started = await start(role, { firmware: imageId, chargers: [mine] })
      expect(started).toMatchObject({ status: 201, body: { doc: { chargers: 1 } } })
      await cancel(started.body.doc?.['id'])
    }
    expect((await start('elsewhere', { firmware: imageId, chargers: [mine] })).status).toBe(404)
    expect(
      (await start('technician', { firmware: imageId, chargers: [mine, foreign] })).status,
    ).toBe(404)
    expect((await start('owner', { firmware: imageId, chargers: [mine] })).status).toBe(403)
    expect((await start(null, { firmware: imageId, chargers: [mine] })).status).toBe(401)
    expect(await lastAudit('firmware-updates')).toMatchObject({
      action: 'create',
      result: 'refused',
      role: 'site-owner',
    })
  })

  test.each([
    [{ chargers: [] }, 400],
    [{ chargers: ['1'] }, 400],
    [{ chargers: [2 ** 40] }, 400],
    [{ chargers: [999_999] }, 404],
    [{ firmware: 999_999 }, 404],
    [{ firmware: 'x' }, 400],
    [{ startAt: 'tomorrow' }, 400],
    [{ startAt: '2124-01-01T00:00:00Z' }, 400],
    [{ windowFrom: '01:00' }, 400],
    [{ windowFrom: '25:00', windowUntil: '05:00' }, 400],
    [{ windowFrom: '05:00', windowUntil: '05:00' }, 400],
    [{ waveSize: 0 }, 400],
    [{ waveSize: 1.5 }, 400],
    [{ haltFailurePercent: 101 }, 400],
    [{ name: 'x'.repeat(101) }, 400],
  ] as [object, number][])('%j is refused with a sentence', async (over, status) => {
    const answer = await start('admin', { firmware: imageId, chargers: [mine], ...over })
    expect(answer.status).toBe(status)
    expect(String(answer.body['detail'])).toMatch(/\.$/)
  })

  test('is for chargers of the image’s make, each in one update at a time', async () => {
    await booted([other], 'Voltaire', 'Rapid 50', '1.0.0')
    const misfit = await start('admin', { firmware: imageId, chargers: [mine, other] })
    expect(misfit).toMatchObject({ status: 409, body: { code: 'does-not-fit' } })
    expect(String(misfit.body['detail'])).toContain('KP 8')
    await booted([other], 'kestrel', 'TWIN 22', '1.0.0')
    const first = await start('admin', { firmware: imageId, chargers: [mine, other] })
    expect(first.status).toBe(201)
    expect(await start('admin', { firmware: imageId, chargers: [other] })).toMatchObject({
      status: 409,
      body: { code: 'in-another-update' },
    })
    await cancel(first.body.doc?.['id'])
  })

  test('two people who start at once do so one after the other', async () => {
    const both = await Promise.all([
      start('admin', { firmware: imageId, chargers: [mine] }),
      start('operator', { firmware: imageId, chargers: [mine] }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    await cancel(both.find(({ status }) => status === 201)?.body.doc?.['id'])
  })

  test('a charger that has the version is done at once', async () => {
    await booted([other], 'Kestrel', 'Twin 22', 'v2.0.0')
    const started = await start('admin', { firmware: imageId, chargers: [other] })
    expect(started.body).toMatchObject({ doc: { already: 1 } })
    const targets = await call(
      'admin',
      'GET',
      `/api/firmware-updates/${String(started.body.doc?.['id'])}/targets`,
    )
    expect(targets.body.docs).toMatchObject([{ state: 'installed', reason: 'already' }])
    await cancel(started.body.doc?.['id'])
    await booted([other], 'Kestrel', 'Twin 22', '1.0.0')
  })

  test('is seen and steered by who has its chargers: of a larger one a part is seen, and nothing steered', async () => {
    const started = await start('admin', {
      firmware: imageId,
      chargers: [mine, foreign],
      startAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    const id = String(started.body.doc?.['id'])
    const targets = async (as: Role) =>
      (await call(as, 'GET', `/api/firmware-updates/${id}/targets`)).body.docs?.map(
        (doc) => doc['chargerId'],
      )
    expect((await targets('admin'))?.toSorted()).toEqual([mine, foreign].toSorted())
    expect(await targets('technician')).toEqual([mine])
    expect(await targets('elsewhere')).toEqual([foreign])
    expect((await call('owner', 'GET', `/api/firmware-updates/${id}/targets`)).status).toBe(404)
    expect((await call('technician', 'GET', `/api/firmware-updates/${id}`)).status).toBe(200)
    expect((await call('technician', 'POST', `/api/firmware-updates/${id}/cancel`)).status).toBe(
      403,
    )
    expect((await call('owner', 'POST', `/api/firmware-updates/${id}/cancel`)).status).toBe(404)
    expect((await call('admin', 'POST', `/api/firmware-updates/${id}/continue`)).status).toBe(409)
    expect((await call('admin', 'POST', `/api/firmware-updates/${id}/retry`)).status).toBe(409)
    await cancel(id)
    expect(await lastAudit('firmware-updates')).toMatchObject({ action: 'cancel', result: 'done' })
    expect((await call('admin', 'GET', `/api/firmware-updates/${id}`)).body).toMatchObject({
      state: 'cancelled',
    })
  })

  test('cannot be written past its own door', async () => {
    const started = await start('admin', { firmware: imageId, chargers: [mine] })
    const id = String(started.body.doc?.['id'])
    expect(
      (await call('admin', 'PATCH', `/api/firmware-updates/${id}`, { state: 'done' })).status,
    ).toBe(403)
    expect((await call('admin', 'DELETE', `/api/firmware-updates/${id}`)).status).toBe(403)
    // an image that an update points to stays
    expect(
      (await call('admin', 'DELETE', `/api/firmware/${imageId}`)).status,
    ).toBeGreaterThanOrEqual(400)
    expect((await call('admin', 'GET', `/api/firmware/${imageId}`)).status).toBe(200)
    await cancel(id)
  })

  test('the chargers offered are those one may update', async () => {
    const offered = async (as: Role | null, query = '') => {
      const response = await visit(
        firmwareCandidates,
        as,
        `/api/firmware-updates/candidates${query}`,
      )
      return { status: response.status, body: (await response.json()) as Body }
    }
    expect((await offered('technician')).body['ids']).toEqual([mine, other])
    expect((await offered('elsewhere')).body['ids']).toEqual([foreign])
    expect((await offered('owner')).status).toBe(403)
    expect((await offered(null)).status).toBe(401)
    expect((await offered('admin', '?vendor=kestrel&model=twin%2022')).body['totalDocs']).toBe(3)
    expect((await offered('admin', '?search=KP%208')).body['ids']).toEqual([other])
    expect((await offered('admin', '?search=%25')).body['totalDocs']).toBe(0)
    expect((await offered('technician', `?ids=${foreign}`)).body['totalDocs']).toBe(0)
  })
})

describe('SEC-37 UpdateFirmware by the command itself', () => {
  const retrieveDate = '2026-11-25T01:00:00Z'
  const send = (as: Role, payload: object, action = 'UpdateFirmware') =>
    call(as, 'POST', '/api/commands', { charger: mine, action, payload })

  test.each([
    'http://evil.example/firmware.bin',
    'ftp://evil.example/firmware.bin',
    'http://cpms.example:9220.evil.example/files/firmware/@1/x.bin',
    'http://cpms.example:9220/files/../firmware/@1/x.bin',
    'http://cpms.example:9220/files/diagnostics/@1/',
  ])('from %s is refused for everybody, and in the audit log', async (location) => {
    for (const role of ['admin', 'operator', 'technician'] as const)
      expect(await send(role, { location, retrieveDate })).toMatchObject({
        status: 403,
        body: { code: 'foreign-image' },
      })
    expect(await lastAudit('commands')).toMatchObject({
      result: 'refused',
      reason: 'foreign-image',
    })
    const firmware = {
      location,
      retrieveDateTime: retrieveDate,
      signingCertificate: 'x',
      signature: 'x',
    }
    expect((await send('admin', { requestId: 1, firmware }, 'SignedUpdateFirmware')).status).toBe(
      403,
    )
  })

  test('from the list of images it goes out', async () => {
    const location = `http://cpms.example:9220/files/firmware/@${imageId}/x.bin`
    expect((await send('technician', { location, retrieveDate })).status).toBe(201)
  })
})

describe('diagnostics', () => {
  const ask = (as: Role | null, charger: unknown, more: object = {}) =>
    call(as, 'POST', '/api/diagnostics', { charger, ...more })

  test('row 36: asked for by Super Admins, operators and technicians in their scope', async () => {
    for (const role of ['admin', 'operator', 'technician'] as const) {
      const asked = await ask(role, mine)
      expect(asked).toMatchObject({
        status: 201,
        body: { doc: { state: 'requested', charger: mine } },
      })
      const command = await call(
        role,
        'GET',
        `/api/commands/${String(asked.body.doc?.['command'])}`,
      )
      expect(command.body).toMatchObject({
        action: 'GetDiagnostics',
        payload: {
          location: `http://cpms.example:9220/files/diagnostics/@${String(asked.body.doc?.['id'])}/`,
        },
      })
    }
    expect((await ask('elsewhere', mine)).status).toBe(404)
    expect((await ask('owner', mine)).status).toBe(403)
    expect((await ask(null, mine)).status).toBe(401)
    const { rows } = await app.pool.query<{ n: number }>('select count(*)::int n from diagnostics')
    expect(rows[0]?.n).toBe(3)
  })

  test('with a time, as the charger reads it; nonsense is refused', async () => {
    const asked = await ask('admin', 'KP-08', {
      from: '2026-11-24T10:00:00.123Z',
      until: '2026-11-24T11:00:00+01:00',
    })
    const command = await call(
      'admin',
      'GET',
      `/api/commands/${String(asked.body.doc?.['command'])}`,
    )
    expect(command.body['payload']).toMatchObject({
      startTime: '2026-11-24T10:00:00Z',
      stopTime: '2026-11-24T10:00:00Z',
    })
    expect((await ask('admin', mine, { from: 'yesterday' })).status).toBe(400)
    expect((await ask('admin', mine, { log: 'other' })).status).toBe(400)
    expect((await ask('admin', null)).status).toBe(400)
    expect((await ask('admin', 'nobody')).status).toBe(404)
  })

  test('of five files that have not come no sixth is asked for', async () => {
    for (let n = 0; n < 5; n++) expect((await ask('admin', foreign)).status).toBe(201)
    expect(await ask('admin', foreign)).toMatchObject({
      status: 409,
      body: { code: 'already-asked' },
    })
  })

  test('SEC-38 row 61: the file is an attachment to who may see the charger, and to nobody else', async () => {
    const storedAs = 'ab'.repeat(16)
    const html = '<html><script>alert(1)</script></html>'
    mkdirSync(join(dataDir, 'diagnostics'), { recursive: true })
    writeFileSync(join(dataDir, 'diagnostics', storedAs), html)
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into diagnostics (charger_id, state, log, filename, size_bytes, stored_as)
       values ($1, 'uploaded', 'diagnostics', 'report.html', $2, $3) returning id`,
      [mine, html.length, storedAs],
    )
    const path = `/api/diagnostics/${rows[0]!.id}/file`
    for (const role of ['admin', 'operator', 'technician'] as const) {
      const response = await visit(downloadDiagnostics, role, path)
      expect(response.status).toBe(200)
      expect(await response.text()).toBe(html)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': expect.stringMatching(
          /^attachment; filename="report.html"/,
        ) as string,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'no-store',
      })
    }
    expect(await lastAudit('diagnostics')).toMatchObject({
      action: 'download',
      result: 'done',
      role: 'technician',
    })
    expect((await visit(downloadDiagnostics, 'elsewhere', path)).status).toBe(404)
    expect(await lastAudit('diagnostics')).toMatchObject({
      action: 'download',
      result: 'refused',
      role: 'technician',
    })
    expect((await visit(downloadDiagnostics, 'owner', path)).status).toBe(403)
    expect((await visit(downloadDiagnostics, null, path)).status).toBe(401)
    expect((await visit(downloadDiagnostics, 'admin', '/api/diagnostics/999999/file')).status).toBe(
      404,
    )
    expect(
      (await visit(downloadDiagnostics, 'admin', '/api/diagnostics/..%2f..%2fx/file')).status,
    ).toBe(404)
    // its name on the disk is nobody's business
    const shown = await call('admin', 'GET', `/api/diagnostics/${rows[0]!.id}`)
    expect(JSON.stringify(shown.body)).not.toContain(storedAs)
    expect((await call('elsewhere', 'GET', `/api/diagnostics/${rows[0]!.id}`)).status).toBe(404)
    expect((await call('owner', 'GET', '/api/diagnostics')).status).toBe(403)
  })
})

function listed(): string[] {
  return readdirSync(join(dataDir, 'firmware')).sort()
}

/** A maker: a key and a certificate for it, valid for a day. */
function selfSigned(): { key: KeyObject; certificate: string } {
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = (tag: number, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts)
    const { length } = body
    const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff]
    return Buffer.concat([Buffer.from([tag, ...size]), body])
  }
  const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
  const time = (at: number) =>
    der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
  const sha256WithRsa = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'))
  const commonName = Buffer.from('0603550403', 'hex')
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('Kestrel')))))
  const body = sequence(
    der(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    sha256WithRsa,
    name,
    sequence(time(Date.now() - 3_600_000), time(Date.now() + 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = createSign('sha256').update(body).sign(key)
  const whole = sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    key,
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
