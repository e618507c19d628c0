import { closePdf } from '#reports/render/pdf'
import { createSender } from '@/email/send'
import { fixedClock } from '@/platform/clock'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { makeNetwork, type Network } from '@/tests/helpers/network'
import { startSmtp } from '@/tests/helpers/smtp'
import { addSchedule, addSession, mortalPool } from '@/tests/helpers/statements'
import { issueStatements } from './definitions/issueStatements'
import { mailIssued } from './definitions/mailStatements'
import { sendWaitingMail } from './definitions/sendOutboxMail'
import { takeTurn } from './cron'
import type { JobContext } from './job'

const publicUrl = 'https://cpms.example.test'
const warnings: string[] = []
const silent = {
  info: () => {},
  warn: (details: object) => void warnings.push(String((details as { err?: unknown }).err)),
}
let database: TestDatabase
let net: Network

beforeEach(async () => {
  warnings.length = 0
  database = await testDatabase()
  net = await makeNetwork(database.pool)
})
afterEach(() => database.close())
afterAll(() => closePdf())

const job = issueStatements(publicUrl)
const at = (text: string) => new Date(text)
const contextAt = (text: string): JobContext => ({
  pool: database.pool,
  now: () => at(text),
  log: silent,
})

async function statements(): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select s.id, s.status, s.session_count::int as sessions, s.energy_wh as wh, s.cost_minor as cost, s.tax_minor as tax,
            s.correction_count::int as corrections, s.correction_minor as corrected, s.held_back_count::int as held, s.sha256
       from statements s order by s.period_from`,
  )
  return rows
}

const session = (startedAt: string, more: object = {}) =>
  addSession(database.pool, {
    siteId: net.siteA,
    chargerId: net.chargerA,
    startedAt: at(startedAt),
    energyWh: 10_001,
    costMinor: 450,
    taxMinor: 75,
    ...more,
  })

test('a statement says what the sessions of its month came to, and stays silent about other sites and months', async () => {
  await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-10-03T10:00:00Z'),
  })
  await session('2026-09-30T22:59:59Z')
  await session('2026-09-30T23:00:00Z')
  await session('2026-10-31T23:59:59Z')
  await session('2026-11-01T00:00:00Z')
  await session('2026-10-15T12:00:00Z', { siteId: net.siteB, chargerId: net.chargerB })
  await job.run(contextAt('2026-11-01T05:59:00Z'))
  expect(await statements()).toEqual([])
  await job.run(contextAt('2026-11-01T06:00:20Z'))
  expect(warnings).toEqual([])
  expect(await statements()).toEqual([
    expect.objectContaining({
      status: 'issued',
      sessions: 2,
      wh: 20_002,
      cost: 900,
      tax: 150,
      corrections: 0,
      held: 0,
    }),
  ])
  await job.run(contextAt('2026-11-01T06:01:20Z'))
  expect(await statements()).toHaveLength(1)
})

test('a session that arrives late and one that changes stand as corrections in the next statement; the issued one stays as it was', async () => {
  const schedule = await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-10-03T10:00:00Z'),
  })
  const changed = await session('2026-10-10T12:00:00Z')
  await session('2026-10-11T12:00:00Z', { costMinor: null })
  await session('2026-10-12T12:00:00Z', { status: 'needs-review' })
  await job.run(contextAt('2026-11-01T06:00:20Z'))
  const [before] = await statements()
  expect(before).toMatchObject({ sessions: 1, cost: 450, held: 2 })

  await session('2026-10-20T12:00:00Z', { energyWh: 7, costMinor: 3, taxMinor: 0 })
  await database.pool.query(
    'update sessions set correction_minor = -50, correction_tax_minor = -8 where id = $1',
    [changed],
  )
  await session('2026-11-05T12:00:00Z')
  await job.run(contextAt('2026-12-01T06:00:20Z'))
  const [first, second] = await statements()
  expect(first).toEqual(before)
  expect(second).toMatchObject({
    sessions: 2,
    corrections: 2,
    corrected: -47,
    cost: 403,
    wh: 10_008,
  })

  await job.run(contextAt('2027-01-01T06:00:20Z'))
  const { rows } = await database.pool.query(
    `select sum(l.amount_minor)::int as stated, (select sum(cost_minor + coalesce(correction_minor, 0))::int from sessions
        where site_id = $2 and status = 'ended' and priced_at is not null) as sessions
       from telemetry.statement_lines l where schedule_id = $1`,
    [schedule, net.siteA],
  )
  expect(rows).toEqual([{ stated: 853, sessions: 853 }])
})

test('the lines of a statement as CSV and Excel add up to its totals, and a report is made of the sites it covers alone', async () => {
  const schedule = await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-10-03T10:00:00Z'),
  })
  const report = await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-10-03T10:00:00Z'),
  })
  await database.pool.query(`update report_schedules set kind = 'chargingSessions' where id = $1`, [
    report,
  ])
  await database.pool.query(
    `insert into report_schedules_formats ("order", parent_id, value)
     values (2, $1, 'csv'), (3, $1, 'xlsx'), (2, $2, 'csv'), (3, $2, 'xlsx')`,
    [schedule, report],
  )
  await session('2026-10-10T12:00:00Z')
  await session('2026-10-11T12:00:00Z', { siteId: net.siteB, chargerId: net.chargerB })
  await job.run(contextAt('2026-11-01T06:00:20Z'))
  expect(warnings).toEqual([])
  const { rows } = await database.pool.query<{ kind: string; format: string; bytes: Buffer }>(
    `select s.kind, f.format, f.bytes from telemetry.statement_files f join statements s on s.id = f.statement_id order by s.id, f.id`,
  )
  expect(rows.map(({ kind, format }) => `${kind} ${format}`)).toEqual([
    'statement pdf',
    'statement csv',
    'statement xlsx',
    'chargingSessions pdf',
    'chargingSessions csv',
    'chargingSessions xlsx',
  ])
  const text = rows[1]!.bytes.toString()
  expect(text).toContain('2026-10-10 13:00:00')
  expect(text).toContain('10.001,4.50,0.75,GBP')
  expect(text).toContain('Total,1 rows')
  expect(rows[4]!.bytes.toString()).toContain('KP-A')
  expect(rows[4]!.bytes.toString()).not.toContain('KP-B')
})

test('a paused schedule issues nothing, and makes up for it afterwards', async () => {
  const schedule = await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'weekly',
    createdAt: at('2026-10-05T10:00:00Z'),
  })
  const pause = (paused: boolean) =>
    database.pool.query('update report_schedules set paused = $2 where id = $1', [schedule, paused])
  await pause(true)
  await job.run(contextAt('2026-10-27T12:00:00Z'))
  expect(await statements()).toEqual([])
  await pause(false)
  await job.run(contextAt('2026-10-27T12:01:00Z'))
  expect(await statements()).toHaveLength(3)
})

test('60 periods with three workers killed at random: each statement once, each mail once, no session lost or doubled', async () => {
  const seed = Number(process.env.SEED ?? 20261128)
  const random = mulberry(seed)
  const clock = fixedClock(at('2026-08-31T12:00:00Z'))
  const recipients = ['a@owner.example', 'b@owner.example']
  await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'daily',
    createdAt: clock.now(),
    recipients,
  })
  let expected = 0
  for (let day = 0; day < 60; day++)
    for (let i = 0; i < 3; i++) {
      const cost = 100 + Math.floor(random() * 900)
      expected += cost
      await session(
        new Date(
          at('2026-08-31T06:00:00Z').getTime() + day * 86_400_000 + i * 3_600_000,
        ).toISOString(),
        { costMinor: cost },
      )
    }
  let kills = 0
  for (let day = 1; day <= 60; day++) {
    clock.set(new Date(at('2026-08-31T06:30:20Z').getTime() + day * 86_400_000))
    // Three workers at the same tick; some die somewhere in it. Then the turns after it, when leases have run out.
    for (let turn = 0; turn < 3; turn++) {
      const workers = (turn === 0 ? [0, 1, 2] : [0]).map((n) =>
        mortalPool(database.url, `worker-${day}-${turn}-${n}`, database.pool),
      )
      const turns = workers.map(async (worker) => {
        if (turn < 2 && random() < 0.6) {
          worker.dieAfter(Math.floor(random() * 24))
          kills++
        }
        const context = { pool: worker.pool, now: clock.now, log: silent }
        const all = (async () => {
          await takeTurn(job, clock.now(), context)
          await mailIssued(context, publicUrl).catch(() => {})
        })()
        await Promise.race([all, worker.died])
      })
      await Promise.all(turns)
      await Promise.all(workers.map((worker) => worker.end().catch(() => {})))
      clock.forward(180_000)
    }
  }
  expect(kills).toBeGreaterThan(60)
  const rest = { pool: database.pool, now: clock.now, log: silent }
  for (let turn = 0; turn < 5; turn++) {
    clock.forward(180_000)
    await job.run(rest)
    await mailIssued(rest, publicUrl)
  }
  const { rows } = await database.pool.query(
    `select count(*)::int as issued, count(distinct period_from)::int as periods, sum(cost_minor)::int as cost,
            (select count(*)::int from telemetry.statement_files) as files,
            (select count(*)::int from telemetry.mails where key like 'statement/%') as mails,
            (select count(distinct (key))::int from telemetry.mails where key like 'statement/%') as keys,
            (select count(*)::int from telemetry.mail_files) as attached,
            (select count(distinct session_id)::int from telemetry.statement_lines) as sessions,
            (select count(*)::int from telemetry.statement_lines) as lines
       from statements where status = 'issued'`,
  )
  expect({ seed, ...(rows[0] as object) }).toEqual({
    seed,
    issued: 60,
    periods: 60,
    cost: expected,
    files: 60,
    mails: 120,
    keys: 120,
    attached: 120,
    sessions: 180,
    lines: 180,
  })
}, 300_000)

test('with the mail server down for two hours a statement is late: not lost, not doubled, and its PDF arrives whole', async () => {
  const clock = fixedClock(at('2026-11-01T06:00:20Z'))
  const context = { pool: database.pool, now: clock.now, log: silent }
  await addSchedule(database.pool, {
    siteId: net.siteA,
    frequency: 'monthly',
    createdAt: at('2026-10-03T10:00:00Z'),
    recipients: ['a@owner.example', 'b@owner.example'],
  })
  await session('2026-10-10T12:00:00Z')
  await job.run(context)
  await mailIssued(context, publicUrl)
  await mailIssued(context, publicUrl)
  // The mails were queued by the database's own clock.
  await database.pool.query('update telemetry.mails set next_try_at = $1, created_at = $1', [
    clock.now(),
  ])

  const smtp = await startSmtp(['cuts-at-once'])
  const sender = createSender({
    smtpUrl: smtp.url,
    from: 'cpms@example.test',
    host: 'example.test',
    dataDir: '/nowhere',
  })
  const downUntil = clock.now().getTime() + 2 * 3_600_000
  while (clock.now().getTime() < downUntil) {
    await sendWaitingMail(context, sender)
    clock.forward(300_000)
  }
  expect(smtp.mails).toHaveLength(0)
  smtp.moods = ['takes']
  for (let i = 0; i < 30; i++) {
    await sendWaitingMail(context, sender)
    clock.forward(300_000)
  }
  sender.close()
  await smtp.close()
  expect(smtp.mails.map(({ to }) => to).sort()).toEqual(['a@owner.example', 'b@owner.example'])
  const { rows } = await database.pool.query<{ bytes: Buffer }>(
    'select bytes from telemetry.statement_files',
  )
  for (const { raw } of smtp.mails) {
    expect(raw).toContain('application/pdf')
    expect(raw.replace(/\r\n/g, '')).toContain(rows[0]!.bytes.toString('base64'))
  }
}, 60_000)

/** Small seeded generator: the same kills for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}
