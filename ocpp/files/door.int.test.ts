/**
 * The file door by the door chargers use: HTTP, on a server of ours, with Postgres and a disk behind it. Every refusal
 * stands beside the same request that is let in, so that a door which is merely shut does not pass.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { mintTransfer } from '@/db/queries/transfers'
import { randomSecret } from '@/platform/ids'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { makeCharger, makeNetwork } from '@/tests/helpers/network'
import { createHttpServer } from '../http'
import { createMetrics } from '../metrics'
import { createFileDoor, hashOf } from './door'

const image = randomBytes(3_000_000)
const imageSha = createHash('sha256').update(image).digest('hex')
const passwords: Record<string, string> = { 'KP-ONE': 'secret of one', 'KP-TWO': 'secret of two' }

let database: TestDatabase
let dataDir: string
let server: Server
let base: string
let one: number
let two: number
let firmware: number
let clock: Date | null = null
const troubles: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'cpms-files-'))
  const { siteA, siteB } = await makeNetwork(database.pool)
  one = await makeCharger(database.pool, siteA, 'KP-ONE')
  two = await makeCharger(database.pool, siteB, 'KP-TWO')
  mkdirSync(join(dataDir, 'firmware'))
  writeFileSync(join(dataDir, 'firmware', imageSha), image)
  firmware = await id(
    `insert into firmware (version, vendor, filename, size_bytes, sha256) values ('2.0', 'Kestrel', 'twin.bin', $1, $2) returning id`,
    [image.length, imageSha],
  )
  const door = createFileDoor({
    pool: database.pool,
    dataDir,
    // each test knocks from an address of its own, so that one's wrong links are not another's
    clientAddress: (request) => String(request.headers['x-test-from'] ?? '192.0.2.1'),
    signsIn: (identity, password) => Promise.resolve(passwords[identity] === password.toString()),
    now: () => clock ?? new Date(),
    onTrouble: (message) => void troubles.push(message),
  })
  server = createHttpServer({
    handshake: () => {},
    metrics: createMetrics(),
    isReady: () => true,
    requestTimeoutMs: 700,
    routes: (app) => app.use('/files', door),
    onOddRequest: () => {},
    onFault: (error) => void troubles.push(String(error)),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
  expect(troubles).toEqual([])
})

afterEach(() => void (clock = null))

async function id(text: string, values: unknown[]): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(text, values)
  return rows[0]!.id
}

async function linkFor(
  kind: 'firmware' | 'diagnostics',
  chargerId: number,
  fileId: number,
  expiresAt = new Date(Date.now() + 3_600_000),
): Promise<string> {
  const token = randomSecret()
  const link = { hash: hashOf(token), kind, chargerId, fileId, commandId: 0, expiresAt }
  expect(await mintTransfer(database.pool, link)).toBe(true)
  return token
}

const firmwareLink = (chargerId = one) => linkFor('firmware', chargerId, firmware)

async function wanted(chargerId = one): Promise<{ fileId: number; token: string }> {
  const fileId = await id(
    `insert into diagnostics (charger_id, state, log) values ($1, 'requested', 'diagnostics') returning id`,
    [chargerId],
  )
  return { fileId, token: await linkFor('diagnostics', chargerId, fileId) }
}

const basic = (identity: string, password = passwords[identity]) => ({
  authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`,
})

let from = 0
/** A request from an address that nobody else has. */
function ask(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const headers = {
    'x-test-from': `198.51.100.${(from += 1) % 250}`,
    connection: 'close',
    ...init.headers,
  }
  return fetch(`${base}${path}`, { ...init, headers })
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const diagnosticsRow = async (fileId: number) =>
  (
    await database.pool.query<{
      state: string
      reason: string | null
      filename: string | null
      size_bytes: number | null
      sha256: string | null
      stored_as: string | null
    }>('select * from diagnostics where id = $1', [fileId])
  ).rows[0]!
const keptFiles = () => readdirSync(join(dataDir, 'diagnostics'))

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 400) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('firmware', () => {
  test('SEC-37 a charger gets the image by its link, whole, with length and fingerprint', async () => {
    const response = await ask(`/files/firmware/${await firmwareLink()}/twin.bin`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': String(image.length),
      'accept-ranges': 'bytes',
      etag: `"${imageSha.slice(0, 32)}"`,
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringContaining('attachment; filename="twin.bin"') as string,
      'x-content-type-options': 'nosniff',
    })
    expect((await bytesOf(response)).equals(image)).toBe(true)
    await until(async () => (await phases()).at(-1)?.phase === 'finished')
    expect((await phases())[0]).toEqual({ phase: 'begun', percent: 0 })
    expect((await phases()).at(-1)).toEqual({ phase: 'finished', percent: 100 })
  })

  async function phases() {
    const { rows } = await database.pool.query<{ phase: string; percent: number }>(
      `select body->>'phase' phase, (body->>'percent')::int percent from telemetry.events
        where kind = 'charger.download' and charger_id = $1 order by id`,
      [one],
    )
    return rows
  }

  test('SEC-37 a link works once', async () => {
    const path = `/files/firmware/${await firmwareLink()}/twin.bin`
    expect((await bytesOf(await ask(path))).length).toBe(image.length)
    expect((await ask(path)).status).toBe(403)
    expect((await ask(path, { method: 'HEAD' })).status).toBe(403)
  })

  test('SEC-37 without a link, with a wrong one, with one for something else: 403', async () => {
    expect((await ask('/files/firmware')).status).toBe(403)
    expect((await ask(`/files/firmware/${randomSecret()}/twin.bin`)).status).toBe(403)
    expect((await ask(`/files/firmware/${firmware}/twin.bin`)).status).toBe(403)
    expect((await ask(`/files/firmware/@${firmware}/twin.bin`)).status).toBe(403)
    expect((await ask(`/files/firmware/..%2f..%2f${imageSha}`)).status).toBe(403)
    const { token } = await wanted()
    expect((await ask(`/files/firmware/${token}/twin.bin`)).status).toBe(403)
  })

  test('SEC-37 after its time a link holds no more; a second before it does', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000)
    const path = `/files/firmware/${await linkFor('firmware', one, firmware, expiresAt)}/x`
    clock = new Date(expiresAt.getTime())
    expect((await ask(path)).status).toBe(403)
    clock = new Date(expiresAt.getTime() - 1000)
    expect((await ask(path, { method: 'HEAD' })).status).toBe(200)
  })

  test('SEC-37 a link is for one charger: another that signs in gets nothing, the right one does', async () => {
    const path = `/files/firmware/${await firmwareLink(one)}/twin.bin`
    const asked = async (headers: Record<string, string>) =>
      (await ask(path, { method: 'HEAD', headers })).status
    expect(await asked(basic('KP-TWO'))).toBe(403)
    expect(await asked(basic('KP-ONE', 'wrong'))).toBe(403)
    expect(await asked(basic('KP-ONE', passwords['KP-TWO']))).toBe(403)
    expect(await asked({ authorization: 'Bearer x' })).toBe(403)
    expect(await asked(basic('KP-ONE'))).toBe(200)
    expect(await asked(basic('kp-one', passwords['KP-ONE']))).toBe(200)
    expect(await asked({})).toBe(200)
  })

  test('a new link takes the place of the old one', async () => {
    const old = await firmwareLink()
    const fresh = await firmwareLink()
    expect((await ask(`/files/firmware/${old}/x`, { method: 'HEAD' })).status).toBe(403)
    expect((await ask(`/files/firmware/${fresh}/x`, { method: 'HEAD' })).status).toBe(200)
  })

  test('a transfer that broke is taken up where it broke', async () => {
    const path = `/files/firmware/${await firmwareLink()}/twin.bin`
    const got = await takeSome(path, 700_000)
    expect(got.length).toBeLessThan(image.length)
    const etag = `"${imageSha.slice(0, 32)}"`
    const rest = await ask(path, { headers: { range: `bytes=${got.length}-`, 'if-range': etag } })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('content-range')).toBe(
      `bytes ${got.length}-${image.length - 1}/${image.length}`,
    )
    expect(Buffer.concat([got, await bytesOf(rest)]).equals(image)).toBe(true)
    expect((await ask(path)).status).toBe(403)
  })

  test('a small image that did not arrive at all may be asked for from its beginning', async () => {
    const small = randomBytes(1000)
    const sha = createHash('sha256').update(small).digest('hex')
    writeFileSync(join(dataDir, 'firmware', sha), small)
    const row = await id(
      `insert into firmware (version, vendor, filename, size_bytes, sha256) values ('4', 'K', 's', 1000, $1) returning id`,
      [sha],
    )
    const token = await linkFor('firmware', one, row)
    const path = `/files/firmware/${token}/s`
    const torn = connect((server.address() as AddressInfo).port, '127.0.0.1')
    torn.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    await until(async () => (await usedAt(token)) !== null)
    torn.resetAndDestroy()
    await until(async () => (await usedAt(token)) === null)
    expect((await bytesOf(await ask(path))).equals(small)).toBe(true)
    expect((await ask(path)).status).toBe(403)
  })

  test('parts leave the link as it is; the last byte uses it up', async () => {
    const path = `/files/firmware/${await firmwareLink()}/twin.bin`
    const part = await ask(path, { headers: { range: 'bytes=10-19' } })
    expect([part.status, await bytesOf(part)]).toEqual([206, image.subarray(10, 20)])
    const beyond = await ask(path, { headers: { range: `bytes=${image.length}-` } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${image.length}`,
    ])
    expect((await ask(path, { method: 'HEAD' })).status).toBe(200)
    expect((await ask(path, { headers: { range: 'bytes=-1' } })).status).toBe(206)
    expect((await ask(path)).status).toBe(403)
  })

  test('an end that was lost on the way may be fetched again, until the charger has closed in order', async () => {
    const token = await firmwareLink()
    const path = `/files/firmware/${token}/twin.bin`
    const keptOpen = await holdOpen(path)
    const rest = { range: 'bytes=2900000-' }
    await until(async () => (await usedAt(token)) !== null)
    const again = await ask(path, { headers: rest })
    expect([again.status, (await bytesOf(again)).length]).toEqual([206, 100_000])
    keptOpen.end()
    await until(async () => (await ask(path, { headers: rest })).status === 403)
  })

  test('an image that is not on the disk is 404, and told to the operator', async () => {
    const gone = await id(
      `insert into firmware (version, vendor, filename, size_bytes, sha256) values ('3', 'K', 'x', 5, $1) returning id`,
      ['ab'.repeat(32)],
    )
    const token = await linkFor('firmware', one, gone)
    expect((await ask(`/files/firmware/${token}/x`)).status).toBe(404)
    expect(troubles.splice(0)).toEqual(['a firmware image is not on the disk'])
  })

  test('other methods are 405, other paths 404', async () => {
    const path = `/files/firmware/${await firmwareLink()}/twin.bin`
    for (const method of ['PUT', 'POST', 'DELETE'])
      expect((await ask(path, { method, body: 'x' })).status).toBe(405)
    expect((await ask('/files/other/x')).status).toBe(404)
    expect((await ask('/files')).status).toBe(404)
  })

  test('SEC-37 who guesses links is not answered for a while, and only he', async () => {
    const headers = { 'x-test-from': '203.0.113.9' }
    for (let n = 0; n < 30; n++)
      expect((await ask(`/files/firmware/${randomSecret()}/x`, { headers })).status).toBe(403)
    const path = `/files/firmware/${await firmwareLink()}/x`
    expect((await ask(path, { method: 'HEAD', headers })).status).toBe(429)
    expect((await ask(path, { method: 'HEAD' })).status).toBe(200)
  })
})

describe('diagnostics', () => {
  test.each(['PUT', 'POST'])(
    'SEC-38 a charger leaves its file with %s, under a name of ours',
    async (method) => {
      const { fileId, token } = await wanted()
      const body = randomBytes(200_000)
      const response = await ask(`/files/diagnostics/${token}/diag-1.zip`, { method, body })
      expect(response.status).toBe(200)
      const row = await diagnosticsRow(fileId)
      expect(row).toMatchObject({
        state: 'uploaded',
        filename: 'diag-1.zip',
        size_bytes: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
      })
      expect(row.stored_as).toMatch(/^[0-9a-f]{32}$/)
      const path = join(dataDir, 'diagnostics', row.stored_as!)
      expect(readFileSync(path).equals(body)).toBe(true)
      expect(statSync(path).mode & 0o077).toBe(0)
    },
  )

  test('as a form, the first file of it, whatever else it has', async () => {
    const { fileId, token } = await wanted()
    const form = new FormData()
    form.set('comment', 'hello')
    form.set('upload', new Blob(['first']), 'a.log')
    form.set('upload2', new Blob(['second']), 'b.log')
    const response = await ask(`/files/diagnostics/${token}/`, { method: 'POST', body: form })
    expect(response.status).toBe(200)
    expect(await diagnosticsRow(fileId)).toMatchObject({ filename: 'a.log', size_bytes: 5 })
  })

  test('to the address as it is, and with a slash too many', async () => {
    const bare = await wanted()
    expect(
      (await ask(`/files/diagnostics/${bare.token}`, { method: 'PUT', body: 'x' })).status,
    ).toBe(200)
    expect(await diagnosticsRow(bare.fileId)).toMatchObject({
      filename: `diagnostics-${bare.fileId}`,
    })
    const doubled = await wanted()
    const path = `/files/diagnostics/${doubled.token}//log.txt`
    expect((await ask(path, { method: 'PUT', body: 'x' })).status).toBe(200)
    expect(await diagnosticsRow(doubled.fileId)).toMatchObject({ filename: 'log.txt' })
  })

  test.each([
    ['..%2f..%2f..%2fetc%2fpasswd', 'passwd'],
    ['%2e%2e', 'diagnostics-?'],
    ['a%00b.log', 'a_b.log'],
    ['report.html', 'report.html'],
    [`${'a'.repeat(300)}.zip`, `${'a'.repeat(96)}.zip`],
  ])('SEC-38 a name like %.40s is a word and no path', async (name, shown) => {
    const before = readdirSync(dataDir)
    const { fileId, token } = await wanted()
    const body = '<html><script>alert(1)</script></html>'
    // fetch would tidy the path up
    const { statusCode } = await raw('PUT', `/files/diagnostics/${token}/${name}`, {}, body)
    expect(statusCode).toBe(200)
    const row = await diagnosticsRow(fileId)
    expect(row.filename).toBe(shown.replace('?', String(fileId)))
    expect(readFileSync(join(dataDir, 'diagnostics', row.stored_as!), 'utf8')).toBe(body)
    expect(readdirSync(dataDir)).toEqual(before)
  })

  test('SEC-38 one file per link', async () => {
    const { token } = await wanted()
    const put = async () =>
      (await ask(`/files/diagnostics/${token}/a`, { method: 'PUT', body: 'x' })).status
    expect(await put()).toBe(200)
    const before = keptFiles().length
    expect(await put()).toBe(403)
    expect(await put()).toBe(403)
    expect(keptFiles()).toHaveLength(before)
  })

  test('SEC-38 with another charger’s link: 403; with its own: taken', async () => {
    const { fileId, token } = await wanted(one)
    const put = async (headers: Record<string, string>) =>
      (await ask(`/files/diagnostics/${token}/a`, { method: 'PUT', body: 'x', headers })).status
    expect(await put(basic('KP-TWO'))).toBe(403)
    expect(await diagnosticsRow(fileId)).toMatchObject({ state: 'requested' })
    expect(await put(basic('KP-ONE'))).toBe(200)
    const image = await firmwareLink()
    const wrongKind = await ask(`/files/diagnostics/${image}/a`, { method: 'PUT', body: 'x' })
    expect(wrongKind.status).toBe(403)
  })

  test('SEC-38 no link can be made for another charger’s request', async () => {
    const { fileId } = await wanted(one)
    const link = {
      hash: hashOf(randomSecret()),
      kind: 'diagnostics' as const,
      chargerId: two,
      fileId,
      commandId: 0,
      expiresAt: new Date(Date.now() + 1000),
    }
    expect(await mintTransfer(database.pool, link)).toBe(false)
  })

  describe('with a limit of 1 MB and 2 MB a charger', () => {
    let mine: number
    beforeAll(async () => {
      const { rows } = await database.pool.query<{ site_id: number }>(
        'select site_id from chargers where id = $1',
        [one],
      )
      mine = await makeCharger(database.pool, rows[0]!.site_id, 'KP-SMALL')
      await database.pool.query(
        'update settings set diagnostics_max_megabytes = 1, diagnostics_quota_megabytes = 2',
      )
    })
    afterAll(() =>
      database.pool.query(
        'update settings set diagnostics_max_megabytes = 100, diagnostics_quota_megabytes = 1000',
      ),
    )

    test('SEC-38 a gigabyte is refused before it is sent, and a stream without a length at the limit', async () => {
      const { fileId, token } = await wanted(mine)
      const path = `/files/diagnostics/${token}/a`
      const before = keptFiles()
      const asked = await raw(
        'PUT',
        path,
        { 'content-length': 1_000_000_000, expect: '100-continue' },
        null,
      )
      expect(asked).toMatchObject({ statusCode: 413, wasContinued: false })
      const pushed = await raw(
        'PUT',
        path,
        { 'content-length': 1_000_000_000 },
        randomBytes(300_000),
      )
      expect(pushed.statusCode).toBe(413)
      const streamed = await raw('PUT', path, {}, randomBytes(1_000_001))
      expect(streamed.statusCode).toBe(413)
      const form = new FormData()
      form.set('f', new Blob([randomBytes(1_000_001)]), 'a')
      expect((await ask(path, { method: 'POST', body: form })).status).toBe(413)
      expect(keptFiles()).toEqual(before)
      expect(await diagnosticsRow(fileId)).toMatchObject({
        state: 'requested',
        reason: 'too-large',
      })
      // the same link still takes what fits
      const fits = await raw('PUT', path, { expect: '100-continue' }, randomBytes(1_000_000))
      expect(fits).toMatchObject({ statusCode: 200, wasContinued: true })
    })

    test('SEC-38 a charger has so much space and no more, another has its own', async () => {
      const put = async (chargerId: number, bytes: number) => {
        const { token } = await wanted(chargerId)
        const body = randomBytes(bytes)
        const { statusCode } = await raw('PUT', `/files/diagnostics/${token}/a`, {}, body)
        return statusCode
      }
      expect(await put(mine, 600_000)).toBe(200)
      expect(await put(mine, 600_000)).toBe(413)
      expect(await put(mine, 300_000)).toBe(200)
      expect(await put(two, 600_000)).toBe(200)
    })
  })

  test('an upload that breaks off leaves nothing behind and can be made again', async () => {
    const { fileId, token } = await wanted()
    const before = keptFiles()
    const path = `/files/diagnostics/${token}/a.log`
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf of it`)
    await until(async () => (await diagnosticsRow(fileId)).state === 'uploading')
    socket.destroy()
    await until(async () => (await diagnosticsRow(fileId)).reason === 'interrupted')
    expect(keptFiles()).toEqual(before)
    expect((await ask(path, { method: 'PUT', body: 'all of it' })).status).toBe(200)
    expect(await diagnosticsRow(fileId)).toMatchObject({ state: 'uploaded', reason: null })
  })

  test('a charger on a bad line that comes again is not shut out by its own dead connection', async () => {
    const { fileId, token } = await wanted()
    const path = `/files/diagnostics/${token}/a.log`
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf of it`)
    await until(async () => (await diagnosticsRow(fileId)).state === 'uploading')
    expect((await ask(path, { method: 'PUT', body: 'all of it' })).status).toBe(200)
    expect(socket.destroyed || (await once(socket, 'close'))).toBeTruthy()
    expect(await diagnosticsRow(fileId)).toMatchObject({ state: 'uploaded', size_bytes: 9 })
  })

  test('an upload may take longer than a question may (SEC-07), and a question still may not', async () => {
    const { fileId, token } = await wanted()
    const slow = httpRequest(`${base}/files/diagnostics/${token}/slow`, {
      method: 'PUT',
      headers: { 'content-length': 4 },
    })
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>
    for (const letter of 'slow') {
      slow.write(letter)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect((await answered)[0].statusCode).toBe(200)
    expect(await diagnosticsRow(fileId)).toMatchObject({ state: 'uploaded', size_bytes: 4 })
    const question = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const startedMs = performance.now()
    question.write('POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx')
    await once(question.resume(), 'close')
    expect(performance.now() - startedMs).toBeLessThan(2_000)
  })

  test('nothing, a part, a form without a file: 400, and the link still holds', async () => {
    const { token } = await wanted()
    const path = `/files/diagnostics/${token}/a`
    const put = async (init: RequestInit & { headers?: Record<string, string> }) =>
      (await ask(path, { method: 'POST', ...init })).status
    expect(await put({ body: '' })).toBe(400)
    expect(await put({ body: 'x', headers: { 'content-range': 'bytes 0-0/5' } })).toBe(400)
    const form = new FormData()
    form.set('a', 'b')
    expect(await put({ body: form })).toBe(400)
    const headers = { 'content-type': 'multipart/form-data' }
    expect(await put({ body: 'x', headers })).toBe(400)
    expect(await put({ body: 'x' })).toBe(200)
  })
})

async function usedAt(token: string): Promise<Date | null> {
  const { rows } = await database.pool.query<{ used_at: Date | null }>(
    'select used_at from telemetry.transfer_tokens where token_hash = $1',
    [hashOf(token)],
  )
  return rows[0]?.used_at ?? null
}

/** The beginning of a download, then the line goes. */
async function takeSome(path: string, bytes: number): Promise<Buffer> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  let got = Buffer.alloc(0)
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    got = Buffer.concat([got, chunk])
    if (got.length >= bytes) break
  }
  socket.destroy()
  return got.subarray(got.indexOf('\r\n\r\n') + 4)
}

/** Takes all of it and keeps the connection. */
async function holdOpen(path: string) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  let got = 0
  await new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      got += chunk.length
      if (got > image.length) resolve()
    }),
  )
  return socket
}

function raw(
  method: string,
  path: string,
  headers: Record<string, string | number>,
  body: Buffer | string | null,
): Promise<{ statusCode: number | undefined; wasContinued: boolean }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    const sent = httpRequest({ hostname, port, method, path, headers, agent: false })
    let wasContinued = false
    const isAsking = headers['expect'] !== undefined
    sent.on('continue', () => {
      wasContinued = true
      sent.end(body)
    })
    sent.on('response', (response) => {
      response.resume()
      resolve({ statusCode: response.statusCode, wasContinued })
      sent.destroy()
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    if (isAsking) sent.flushHeaders()
    else if (body === null) sent.flushHeaders()
    else if (headers['content-length'] !== undefined) sent.write(body)
    else sent.end(body)
  })
}
