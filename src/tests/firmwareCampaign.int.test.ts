/**
 * Fifty simulated chargers take a firmware update from the real charger side, over the wire and over HTTP; three of ten
 * fail, each in its own way, and some of the others keep their mouths shut. Two workers advance it at the same time.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import type { FaultName } from '#ocpp/sim/faults'
import { startUpdate, steerUpdate, type Step } from '@/commands/firmwareUpdates'
import { requestDiagnostics } from '@/commands/diagnostics'
import { withTransaction } from '@/db/tx'
import type { Grant } from '@/domain/scope'
import { advanceDiagnosticsAt } from '@/jobs/definitions/advanceDiagnostics'
import { advanceRolloutsAt } from '@/jobs/definitions/advanceRollouts'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'

const count = 50
const newVersion = '2.12.0'
const oldVersion = '2.11.0'
const image = Buffer.concat([Buffer.from(`SIM-FIRMWARE ${newVersion}\n`), randomBytes(400_000)])
const imageSha = createHash('sha256').update(image).digest('hex')

/** Of each ten chargers. The third failure is a rollback in odd tens and deafness in even ones. */
function faultOf(index: number): FaultName | null {
  switch (index % 10) {
    case 1:
      return 'firmwareDownloadFails'
    case 4:
      return 'firmwareInstallFails'
    case 7:
      return Math.floor(index / 10) % 2 === 0 ? 'firmwareOldVersion' : 'firmwareIgnored'
    case 2:
      return 'firmwareSilent'
    case 5:
      return 'firmwareNoInstalled'
    case 8:
      return 'firmwareNoDownloading'
    default:
      return null
  }
}
const failing: Partial<Record<FaultName, string>> = {
  firmwareDownloadFails: 'download-failed',
  firmwareInstallFails: 'install-failed',
  firmwareOldVersion: 'rolled-back',
  firmwareIgnored: 'silent-start',
}

let side: RunningChargerSide
let dataDir: string
let filesUrl: string
let ids: number[]
let chargers: SimCharger[]
let firmware: number
let staff: {
  userId: number
  grants: Grant[]
  actor: { name: string; role: string; ip: null; requestId: null }
}
/** How far the workers' clocks are ahead of ours. */
let aheadMs = 0
const warnings: [string, object][] = []

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cpms-campaign-'))
  mkdirSync(join(dataDir, 'firmware'))
  writeFileSync(join(dataDir, 'firmware', imageSha), image)
  side = await startChargerSide({
    chargers: count + 1,
    prefix: 'FW',
    env: { CPMS_DATA_DIR: dataDir },
  })
  filesUrl = `http://localhost:${side.role.port}/files`
  chargers = side.chargers.map((identity, index) =>
    createCharger({
      ...identity,
      url: side.role.url,
      model: 'AC22',
      seed: index,
      clock: createClock(),
      faults: [index === count ? 'secureFirmware' : faultOf(index)].filter(
        (fault) => fault !== null,
      ),
      reconnectMs: 50,
      installSeconds: 0.05,
      rebootSeconds: 0.1,
    }),
  )
  for (const charger of chargers) charger.powerUp()
  await Promise.all(chargers.map((charger) => charger.whenOnline()))
  ids = (await rows<{ id: number }>('select id from chargers order by identity')).map(
    (row) => row.id,
  )
  await until(
    async () =>
      (await rows(`select 1 from charger_states where firmware_version = '${oldVersion}'`))
        .length ===
      count + 1,
  )
  const [user] = await rows<{ id: number }>(
    `insert into users (name, email) values ('Ada', 'ada@example.test') returning id`,
  )
  const grant = { regionIds: [], siteIds: [], chargerIds: [], from: null, until: null }
  staff = {
    userId: user!.id,
    grants: [{ role: 'super-admin', scope: 'all', ...grant }],
    actor: { name: 'Ada', role: 'super-admin', ip: null, requestId: null },
  }
  firmware = await insertImage('')
})

afterAll(async () => {
  await Promise.all(chargers.map((charger) => charger.end()))
  await side.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await side.pool.query<Row>(text, values)).rows
}

async function insertImage(signature: string): Promise<number> {
  const [row] = await rows<{ id: number }>(
    `insert into firmware (version, vendor, model, filename, size_bytes, sha256, signature, signing_certificate)
     values ($1, 'Kestrel', 'Twin 22', 'twin.bin', $2, $3, nullif($4, ''), case when $4 <> '' then $5 end) returning id`,
    [
      newVersion,
      image.length,
      imageSha,
      signature,
      '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n',
    ],
  )
  return row!.id
}

const context = () => ({
  pool: side.pool,
  now: () => new Date(Date.now() + aheadMs),
  log: {
    info: () => {},
    warn: (details: object, message: string) => void warnings.push([message, details]),
  },
})

/** Two workers take their turns at once until it has come to that. */
async function workUntil(isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 40_000
  while (Date.now() < endMs) {
    await Promise.all([
      advanceRolloutsAt(context(), filesUrl),
      advanceRolloutsAt(context(), filesUrl),
      advanceDiagnosticsAt(context(), filesUrl),
    ])
    expect(warnings.filter(([message]) => !/^a firmware update was halted/.test(message))).toEqual(
      [],
    )
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  throw new Error(
    `it did not come to that; ${JSON.stringify(await rows('select state, reason, count(*) from telemetry.firmware_targets group by 1, 2'))}`,
  )
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 500) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** For the chargers that were asked and have said nothing. */
async function letAnHourPass(): Promise<void> {
  await side.pool.query(
    `with deaf as (
       update commands c set sent_at = c.sent_at - interval '1 hour' from telemetry.firmware_targets t
        where t.command_id = c.id and t.state = 'sent' returning c.charger_id
     )
     update telemetry.events e set at = e.at - interval '1 hour' from deaf where e.charger_id = deaf.charger_id`,
  )
}

type TargetRow = {
  charger_id: number
  wave: number
  state: string
  reason: string | null
  seen_version: string | null
  finished_at: Date | null
}

const targetsOf = (campaign: number) =>
  rows<TargetRow>(
    'select * from telemetry.firmware_targets where campaign_id = $1 order by charger_id',
    [campaign],
  )
const stateOf = async (campaign: number) =>
  (
    await rows<{ state: string; halt_reason: string | null }>(
      'select * from firmware_updates where id = $1',
      [campaign],
    )
  )[0]!

const start = (body: Record<string, unknown>) =>
  withTransaction(side.pool, (sql) => startUpdate(sql, { ...staff, now: context().now() }, body))
const steer = (campaign: number, step: Step) =>
  withTransaction(side.pool, (sql) =>
    steerUpdate(sql, { ...staff, now: context().now() }, campaign, step),
  )

const isQuiet = async (campaign: number) =>
  (await targetsOf(campaign)).every((one) => one.state === 'waiting' || one.finished_at !== null)

let campaign: number
const endedIn = async (wave: number) =>
  (await targetsOf(campaign)).filter((one) => one.wave === wave && one.finished_at !== null).length

test('the first wave halts the campaign: its chargers stand as they are, the others were not touched', async () => {
  const started = await start({
    firmware,
    chargers: ids.slice(0, count),
    waveSize: 10,
    haltFailurePercent: 20,
  })
  expect(started).toMatchObject({ kind: 'started', chargers: count, already: 0 })
  campaign = started.kind === 'started' ? started.id : 0
  await workUntil(
    async () => (await stateOf(campaign)).state === 'halted' && (await isQuiet(campaign)),
  )
  expect((await stateOf(campaign)).halt_reason).toBe(
    '3 of 10 chargers in wave 1 had failed (30 %, the limit is 20 %).',
  )
  const targets = await targetsOf(campaign)
  expect(targets.slice(0, 10).map(({ state, reason }) => [state, reason])).toEqual(
    Array.from({ length: 10 }, (_, index) => {
      const reason = failing[faultOf(index) ?? 'flapping']
      return reason ? ['failed', reason] : ['installed', null]
    }),
  )
  expect(targets.slice(10).every(({ state }) => state === 'waiting')).toBe(true)
  expect(chargers.slice(10).every((charger) => charger.ledger.downloads.length === 0)).toBe(true)
  expect(
    await rows(
      `select 1 from commands where action = 'UpdateFirmware' and charger_id = any($1::int[])`,
      [ids.slice(10)],
    ),
  ).toHaveLength(0)
})

test('what was installed came over HTTP, byte for byte, and is what runs', () => {
  for (const [index, charger] of chargers.slice(0, 10).entries()) {
    const isInstalled = failing[faultOf(index) ?? 'flapping'] === undefined
    expect(charger.firmwareVersion()).toBe(isInstalled ? newVersion : oldVersion)
    if (isInstalled)
      expect(charger.ledger.downloads).toMatchObject([
        { sizeBytes: image.length, sha256: imageSha },
      ])
  }
})

test('SEC-37 neither a table nor the log holds a link that works', async () => {
  const texts = await rows<{ text: string }>(
    `select payload text from commands where action like '%Firmware'
     union all select payload from telemetry.frames where action like '%UpdateFirmware' and direction = 1
     union all select after from audit_log where action like 'command %'`,
  )
  expect(texts.length).toBeGreaterThanOrEqual(30)
  for (const { text } of texts) expect(text).not.toMatch(/firmware\/[A-Za-z0-9_-]{43}/)
  expect(texts.some(({ text }) => text.includes('/firmware/***/'))).toBe(true)
})

test('the chargers are told to each viewer as they move', async () => {
  const events = await rows<{ body: { state: string } }>(
    `select body from telemetry.events where kind = 'firmware.changed' and charger_id = $1 order by id`,
    [ids[0]],
  )
  const states = events.map(({ body }) => body.state)
  expect(states[0]).toBe('waiting')
  expect(states).toContain('sent')
  expect(states.at(-1)).toBe('installed')
  const ranks = ['waiting', 'sent', 'downloading', 'downloaded', 'installing', 'installed']
  const order = states.map((state) => ranks.indexOf(state))
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test('who goes on gets the next wave, and the next halt', async () => {
  expect(await steer(campaign, 'continue')).toEqual({ kind: 'steered', state: 'running' })
  await workUntil(async () => (await endedIn(2)) === 9)
  expect((await stateOf(campaign)).state).toBe('running')
  await letAnHourPass()
  await workUntil(async () => (await stateOf(campaign)).state === 'halted')
  expect((await stateOf(campaign)).halt_reason).toContain('3 of 10 chargers in wave 2')
  expect((await targetsOf(campaign)).slice(20).every(({ state }) => state === 'waiting')).toBe(true)
})

test('nothing is stuck: with the limit lifted every charger comes to an end, each as it really is', async () => {
  await side.pool.query('update firmware_updates set halt_failure_percent = 100 where id = $1', [
    campaign,
  ])
  expect(await steer(campaign, 'continue')).toMatchObject({ state: 'running' })
  // of these, only the fourth has a deaf one
  await workUntil(async () => (await endedIn(3)) === 10 && (await endedIn(4)) === 9)
  await letAnHourPass()
  await workUntil(async () => (await stateOf(campaign)).state === 'done')
  expect((await stateOf(campaign)).state).toBe('done')
  const targets = await targetsOf(campaign)
  expect(targets.every(({ finished_at }) => finished_at !== null)).toBe(true)
  for (const [index, target] of targets.entries()) {
    const reason = failing[faultOf(index) ?? 'flapping'] ?? null
    expect(target).toMatchObject({ state: reason ? 'failed' : 'installed', reason })
  }
  expect(targets.filter(({ state }) => state === 'failed')).toHaveLength(15)
  const open = await rows(`select 1 from commands where not is_final and action like '%Firmware'`)
  expect(open).toHaveLength(0)
})

test('a charger is sent to once per try, however many workers there are', async () => {
  const commands = await rows<{ n: number }>(
    `select count(*)::int n from commands where action = 'UpdateFirmware' group by charger_id`,
  )
  expect(commands).toHaveLength(count)
  expect(commands.every(({ n }) => n === 1)).toBe(true)
})

test('a charger that comes back with the old version after all has failed after all', async () => {
  const index = 0
  await side.pool.query(
    `insert into telemetry.events (at, kind, charger_id, body)
     values ($1, 'charger.booted', $2, jsonb_build_object('firmwareVersion', $3::text))`,
    [context().now(), ids[index], oldVersion],
  )
  await workUntil(async () => (await targetsOf(campaign))[index]!.state === 'failed')
  expect((await targetsOf(campaign))[index]).toMatchObject({
    reason: 'rolled-back',
    seen_version: oldVersion,
  })
})

test('those that failed can be tried again, in another update they cannot be meanwhile', async () => {
  const failedIds = (await targetsOf(campaign))
    .filter((one) => one.state === 'failed')
    .map((one) => one.charger_id)
  expect(await steer(campaign, 'retry')).toMatchObject({ state: 'running' })
  expect(await start({ firmware, chargers: failedIds.slice(0, 1) })).toMatchObject({
    kind: 'refused',
    code: 'in-another-update',
  })
  await workUntil(
    async () =>
      (
        await rows(
          'select 1 from telemetry.firmware_targets where command_id is not null and state = $1',
          ['sent'],
        )
      ).length > 0,
  )
  expect(await steer(campaign, 'cancel')).toMatchObject({ state: 'cancelled' })
  aheadMs = 24 * 3_600_000
  await workUntil(async () => isQuiet(campaign))
  aheadMs = 0
  expect((await targetsOf(campaign)).every((one) => one.finished_at !== null)).toBe(true)
  expect(await steer(campaign, 'cancel')).toMatchObject({ kind: 'refused', code: 'ended' })
})

describe('signed images', () => {
  const secure = () => ids[count]!

  test('a charger with the security extension is asked the secure way', async () => {
    const signed = await insertImage('c2lnbmVk')
    const started = await start({ firmware: signed, chargers: [secure()] })
    const id = started.kind === 'started' ? started.id : 0
    await workUntil(async () => (await stateOf(id)).state === 'done')
    expect(await targetsOf(id)).toMatchObject([{ state: 'installed', reason: null }])
    expect(await rows('select action from commands where charger_id = $1', [secure()])).toEqual([
      { action: 'SignedUpdateFirmware' },
    ])
  })

  test('one without it is asked the plain way next, unless only signed firmware is sent', async () => {
    const plain = ids.find((_, index) => index % 10 === 1)!
    const signed = (await rows<{ id: number }>('select max(id)::int id from firmware'))[0]!.id
    await side.pool.query('update settings set signed_firmware_only = true')
    const strict = await start({ firmware: signed, chargers: [plain] })
    const strictId = strict.kind === 'started' ? strict.id : 0
    await workUntil(async () => (await stateOf(strictId)).state === 'done')
    expect(await targetsOf(strictId)).toMatchObject([{ state: 'failed', reason: 'not-supported' }])
    expect(await start({ firmware, chargers: [plain] })).toMatchObject({ code: 'unsigned-image' })
    await side.pool.query('update settings set signed_firmware_only = false')
    const loose = await start({ firmware: signed, chargers: [plain] })
    const looseId = loose.kind === 'started' ? loose.id : 0
    await workUntil(async () => (await stateOf(looseId)).state === 'done')
    // it is one that cannot download: asked, it says so
    expect(await targetsOf(looseId)).toMatchObject([{ state: 'failed', reason: 'download-failed' }])
  })
})

describe('diagnostics', () => {
  const ask = (charger: number, log?: string) =>
    withTransaction(side.pool, (sql) =>
      requestDiagnostics(sql, {
        asker: { kind: 'staff', userId: staff.userId, grants: staff.grants },
        charger,
        log,
        from: null,
        until: null,
        source: 'rest',
        actor: staff.actor,
        filesUrl,
        now: new Date(),
      }),
    )
  type File = {
    id: number
    state: string
    reason: string | null
    filename: string | null
    size_bytes: number | null
  }
  const fileOf = async (id: number) =>
    (await rows<File>('select * from diagnostics where id = $1', [id]))[0]!

  test('a charger is asked for its log, uploads it to us, and it is there', async () => {
    const asked = await ask(ids[0]!)
    const id = asked.kind === 'requested' ? asked.id : 0
    await workUntil(async () => (await fileOf(id)).state === 'uploaded')
    expect(await fileOf(id)).toMatchObject({ filename: 'log-FW-00001.txt', reason: null })
    const events = await rows<{ body: { state: string } }>(
      `select body from telemetry.events where kind = 'diagnostics.changed' and (body->>'diagnosticsId')::int = $1 order by id`,
      [id],
    )
    const states = events.map(({ body }) => body.state)
    expect([states[0], states.at(-1)]).toEqual(['requested', 'uploaded'])
    expect(states).toContain('uploading')
  })

  test('one that knows only GetLog is asked with it by itself, and from then on at once', async () => {
    const first = await ask(ids[count]!)
    const firstId = first.kind === 'requested' ? first.id : 0
    await workUntil(async () => (await fileOf(firstId)).state === 'uploaded')
    const second = await ask(ids[count]!, 'security')
    const secondId = second.kind === 'requested' ? second.id : 0
    await workUntil(async () => (await fileOf(secondId)).state === 'uploaded')
    const third = await ask(ids[count]!)
    const actions = await rows<{ action: string }>(
      `select action from commands where charger_id = $1 and action like 'Get%' order by id`,
      [ids[count]],
    )
    expect(actions.map(({ action }) => action)).toEqual([
      'GetDiagnostics',
      'GetLog',
      'GetLog',
      'GetLog',
    ])
    expect(third.kind).toBe('requested')
  })

  test('a security log of one without the extension fails, and says why', async () => {
    const asked = await ask(ids[0]!, 'security')
    const id = asked.kind === 'requested' ? asked.id : 0
    await workUntil(async () => (await fileOf(id)).state === 'failed')
    expect(await fileOf(id)).toMatchObject({ reason: 'command', size_bytes: null })
  })
})
