import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { makeCharger, makeNetwork, type Network } from '@/tests/helpers/network'

import { startCron } from './cron'
import { detectOffline } from './definitions/detectOffline'
import { expireCommands } from './definitions/expireCommands'
import { priceEndedSessions } from './definitions/priceSessions'
import { proveChargers } from './definitions/proveChargers'
import { pruneEventsJob, pruneFrames, pruneSignInsJob } from './definitions/prune'
import { runningCost } from './definitions/runningCost'
import type { JobContext } from './job'

/** The worker's jobs by the door they have: a tick at an instant, over rows as the other roles leave them. */

const now = new Date('2026-11-24T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

let database: TestDatabase
let network: Network
let context: JobContext

beforeAll(async () => {
  database = await testDatabase()
  network = await makeNetwork(database.pool)
  context = { pool: database.pool, now: () => now, log: { info: () => {}, warn: () => {} } }
})

afterAll(() => database.close())

async function row<Row>(text: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await database.pool.query(text, values)
  return rows[0] as Row
}

const eventsOf = async (kind: string, chargerId: number) =>
  (
    await database.pool.query<{ body: Record<string, unknown> }>(
      'select body from telemetry.events where kind = $1 and charger_id = $2 order by id',
      [kind, chargerId],
    )
  ).rows.map((event) => event.body)

describe('expireCommands', () => {
  type Row = { status: string; is_final: boolean; reason: string | null; outcome: string | null }

  async function afterTick(command: {
    status: string
    action?: string
    payload?: object
    expiresAt: Date
    isConnected?: boolean
    sentAt?: Date
  }): Promise<Row & { chargerId: number }> {
    const chargerId = await makeCharger(database.pool, network.siteA, `KP-${Math.random()}`)
    await database.pool.query(
      `update charger_states set connected = $2 where id = (select state_id from chargers where id = $1)`,
      [chargerId, command.isConnected ?? true],
    )
    const { id } = await row<{ id: number }>(
      `insert into commands (charger_id, action, payload, status, is_final, sent_at, expires_at, connector_id)
       values ($1, $2, $3, $4, false, $5, $6, 1) returning id`,
      [
        chargerId,
        command.action ?? 'Reset',
        JSON.stringify(command.payload ?? { type: 'Soft' }),
        command.status,
        command.sentAt ?? null,
        command.expiresAt,
      ],
    )
    await expireCommands.run(context)
    const after = await row<Row>(
      'select status, is_final, reason, outcome from commands where id = $1',
      [id],
    )
    return { ...after, chargerId }
  }

  test('a command that waited 30 s for a charger that is away fails as offline, and says so', async () => {
    const after = await afterTick({ status: 'queued', isConnected: false, expiresAt: ago(1) })
    expect(after).toMatchObject({ status: 'failed', is_final: true, reason: 'offline' })
    expect(after.outcome).toContain('was not connected')
    expect(await eventsOf('command.changed', after.chargerId)).toMatchObject([
      { status: 'failed', isFinal: true, reason: 'offline' },
    ])
  })

  test('one that waits behind others of a connected charger keeps waiting, but not for ever', async () => {
    expect(await afterTick({ status: 'queued', expiresAt: ago(10) })).toMatchObject({
      status: 'queued',
    })
    expect(await afterTick({ status: 'queued', expiresAt: ago(100) })).toMatchObject({
      status: 'failed',
      reason: 'busy',
    })
  })

  test('one that was sent and never answered times out', async () => {
    expect(await afterTick({ status: 'sent', sentAt: ago(40), expiresAt: ago(10) })).toMatchObject({
      status: 'timeout',
      is_final: true,
      reason: 'no-answer',
    })
  })

  test('one that was accepted without an effect fails and tells the next step', async () => {
    const after = await afterTick({
      status: 'accepted',
      action: 'RemoteStartTransaction',
      payload: { connectorId: 1, idTag: '04AA' },
      sentAt: ago(130),
      expiresAt: ago(5),
    })
    expect(after).toMatchObject({ status: 'failed', reason: 'no-effect' })
    expect(after.outcome).toContain('Plug in and try again')
  })

  test('one whose time has not come stays as it is', async () => {
    expect(
      await afterTick({ status: 'accepted', sentAt: ago(5), expiresAt: ago(-30) }),
    ).toMatchObject({
      status: 'accepted',
      is_final: false,
    })
  })
})

describe('detectOffline', () => {
  async function hold(chargerId: number, instance: string): Promise<void> {
    await database.pool.query(
      `insert into telemetry.connections (charger_id, connection_id, instance, connected_at)
       values ($1, 1, $2, $3)`,
      [chargerId, instance, ago(600)],
    )
  }

  test('the chargers of a process that died are offline since its last sign, those of a living one are not', async () => {
    const [lost, held] = [
      await makeCharger(database.pool, network.siteA, 'KP-LOST'),
      await makeCharger(database.pool, network.siteA, 'KP-HELD'),
    ]
    await hold(lost, 'dead')
    await hold(held, 'alive')
    await database.pool.query(
      `insert into telemetry.instances (id, role, seen_at) values ('dead', 'ocpp', $1), ('alive', 'ocpp', $2)`,
      [ago(11), ago(2)],
    )
    await detectOffline.run(context)
    const stateOf = (id: number) =>
      row<{ status: string; connected: boolean; disconnected_at: Date | null }>(
        'select status, connected, disconnected_at from charger_states where id = (select state_id from chargers where id = $1)',
        [id],
      )
    expect(await stateOf(lost)).toEqual({
      status: 'Offline',
      connected: false,
      disconnected_at: ago(11),
    })
    expect(await stateOf(held)).toMatchObject({ status: 'Available', connected: true })
    expect(await eventsOf('charger.status', lost)).toMatchObject([
      { status: 'Offline', before: 'Available' },
    ])
    await detectOffline.run(context)
    expect(await eventsOf('charger.disconnected', lost)).toHaveLength(1)
  })

  test('a row that a writer holds is left for the next turn', async () => {
    const charger = await makeCharger(database.pool, network.siteA, 'KP-BUSY')
    await hold(charger, 'gone')
    const writer = await database.pool.connect()
    try {
      await writer.query('begin')
      await writer.query(
        'select from charger_states where id = (select state_id from chargers where id = $1) for update',
        [charger],
      )
      await detectOffline.run(context)
      expect(await eventsOf('charger.disconnected', charger)).toHaveLength(0)
    } finally {
      await writer.query('rollback')
      writer.release()
    }
    await detectOffline.run(context)
    expect(await eventsOf('charger.disconnected', charger)).toHaveLength(1)
  })
})

describe('prices', () => {
  type Session = {
    status: string
    energy_wh: number
    cost_minor: number | null
    tax_minor: number | null
    priced_at: Date | null
    review_reason: string | null
  }

  async function tariffVersion(energyRateMicros: number): Promise<number> {
    const body = {
      currency: 'GBP',
      elements: [{ components: [{ type: 'energy', rateMicros: energyRateMicros }] }],
      taxBasisPoints: 2000,
      taxIncluded: true,
    }
    const { id } = await row<{ id: number }>(
      `insert into telemetry.tariff_versions (tariff_id, body, sha256) values (1, $1, 'x') returning id`,
      [JSON.stringify(body)],
    )
    return id
  }

  async function session(over: {
    tariff?: number | null
    meterStopWh?: number | null
    isRunning?: boolean
    samples?: number[]
    energyWh?: number
  }): Promise<number> {
    const { id } = await row<{ id: number }>(
      `insert into sessions (status, charger_id, connector_number, site_id, started_at, stopped_at, meter_start_wh,
         meter_stop_wh, energy_wh, tariff_version, currency, start_key)
       values ($1, $2, 1, $3, $4, $5, 1000, $6, $7, $8, 'GBP', gen_random_uuid()::text) returning id`,
      [
        over.isRunning ? 'charging' : 'ended',
        network.chargerA,
        network.siteA,
        ago(3600),
        over.isRunning ? null : now,
        over.meterStopWh ?? null,
        over.energyWh ?? 0,
        over.tariff ?? null,
      ],
    )
    for (const [i, wh] of (over.samples ?? []).entries())
      await database.pool.query(
        `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
         values ($1, $1, $2, 1, $3, 1, $4)`,
        [ago(3600 - (i + 1) * 600), network.chargerA, id, wh],
      )
    return id
  }

  const read = (id: number) => row<Session>('select * from sessions where id = $1', [id])

  test('an ended session has energy, price, tax and ledger lines that add up, and one event', async () => {
    const id = await session({
      tariff: await tariffVersion(450_000),
      meterStopWh: 11_000,
      samples: [3000, 7000],
    })
    await priceEndedSessions(context)
    expect(await read(id)).toMatchObject({
      status: 'ended',
      energy_wh: 10_000,
      cost_minor: 450,
      tax_minor: 75,
      priced_at: now,
      review_reason: null,
    })
    const { rows } = await database.pool.query(
      'select amount_minor + tax_minor as paid from telemetry.ledger_lines where session_id = $1',
      [id],
    )
    expect(rows.reduce((sum, line) => sum + Number(line.paid), 0)).toBe(450)
    await priceEndedSessions(context)
    const events = await database.pool.query(
      `select from telemetry.events where kind = 'session.priced' and session_id = $1`,
      [id],
    )
    expect(events.rowCount).toBe(1)
  })

  test('a session without a stop reading is priced by its samples and needs review', async () => {
    const id = await session({ tariff: await tariffVersion(450_000), samples: [3000, 7000, 9000] })
    await priceEndedSessions(context)
    const priced = await read(id)
    expect(priced).toMatchObject({ status: 'needs-review', energy_wh: 8000, cost_minor: 360 })
    expect(priced.review_reason).toContain('no meter reading at the stop')
  })

  test('a price that is not known is not zero', async () => {
    const id = await session({ tariff: await tariffVersion(450_000) })
    await priceEndedSessions(context)
    expect(await read(id)).toMatchObject({
      status: 'needs-review',
      cost_minor: null,
      priced_at: null,
    })
  })

  test('where nobody set a price it is not known: somebody has to look, and it is not zero', async () => {
    const id = await session({ tariff: null, meterStopWh: 6000 })
    await priceEndedSessions(context)
    const row = await read(id)
    expect(row).toMatchObject({
      status: 'needs-review',
      energy_wh: 5000,
      cost_minor: null,
      priced_at: null,
    })
    expect(row.review_reason).toBe('No price was set where and when this session began.')
  })

  test('where charging was marked free it costs nothing, in a line that says so', async () => {
    const id = await session({ tariff: null, meterStopWh: 6000 })
    await database.pool.query(
      `update sessions set price_source = 'site-free', currency = 'GBP' where id = $1`,
      [id],
    )
    await priceEndedSessions(context)
    expect(await read(id)).toMatchObject({
      status: 'ended',
      cost_minor: 0,
      currency: 'GBP',
      priced_at: now,
    })
    const { rows } = await database.pool.query(
      'select kind, amount_minor from telemetry.ledger_lines where session_id = $1',
      [id],
    )
    expect(rows).toEqual([{ kind: 'flat', amount_minor: 0 }])
  })

  test('a session that ends again is priced anew, with new lines in place of the old', async () => {
    const id = await session({ tariff: await tariffVersion(100_000), meterStopWh: 2000 })
    await priceEndedSessions(context)
    await database.pool.query(
      'update sessions set meter_stop_wh = 5000, priced_at = null where id = $1',
      [id],
    )
    await priceEndedSessions(context)
    expect(await read(id)).toMatchObject({ cost_minor: 40 })
    const lines = await database.pool.query(
      'select from telemetry.ledger_lines where session_id = $1',
      [id],
    )
    expect(lines.rowCount).toBe(1)
  })

  test('ten workers at once price each session once', async () => {
    const tariff = await tariffVersion(450_000)
    const ids: number[] = []
    for (let i = 0; i < 120; i++) ids.push(await session({ tariff, meterStopWh: 2000 }))
    await Promise.all(Array.from({ length: 10 }, () => priceEndedSessions(context)))
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int n from telemetry.events where kind = 'session.priced' and session_id = any($1)`,
      [ids],
    )
    expect(rows[0]!.n).toBe(120)
  })

  test('a running session shows what it costs so far and is not priced', async () => {
    const id = await session({
      tariff: await tariffVersion(450_000),
      isRunning: true,
      energyWh: 4000,
      samples: [3000, 5000],
    })
    await runningCost.run(context)
    expect(await read(id)).toMatchObject({ status: 'charging', cost_minor: 180, priced_at: null })
  })
})

describe('the clock', () => {
  test('each turn is run by one of many workers', async () => {
    let runs = 0
    const job = {
      name: 'counted',
      expression: '* * * * * *',
      run: () => {
        runs++
        return Promise.resolve()
      },
    }
    const workers = Array.from({ length: 3 }, () => startCron([job], context))
    await new Promise((resolve) => setTimeout(resolve, 3_200))
    await Promise.all(workers.map((worker) => worker.stop()))
    const { n } = await row<{ n: number }>(
      `select count(*)::int n from telemetry.ticks where job = 'counted'`,
    )
    expect(runs).toBe(n)
    expect(n).toBeGreaterThanOrEqual(3)
    expect(n).toBeLessThanOrEqual(4)
  })

  test('a daily job that nobody was up for runs when a worker starts, once', async () => {
    let runs = 0
    const job = {
      name: 'daily',
      expression: '0 0 3 1 1 *',
      catchUpAfterMs: 86_400_000,
      run: () => {
        runs++
        return Promise.resolve()
      },
    }
    for (let i = 0; i < 2; i++) {
      const worker = startCron([job], context)
      await new Promise((resolve) => setTimeout(resolve, 300))
      await worker.stop()
    }
    expect(runs).toBe(1)
  })
})

describe('pruning', () => {
  test('a month of frames older than 90 days goes as a whole, a younger one stays', async () => {
    await database.pool.query(`select telemetry.ensure_partitions('2026-06-10T00:00:00Z')`)
    await pruneFrames.run(context)
    const { rows } = await database.pool.query<{ relname: string }>(
      `select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
        where h.inhparent = 'telemetry.frames'::regclass order by 1`,
    )
    const names = rows.map((partition) => partition.relname)
    expect(names).not.toContain('frames_202606')
    expect(names).not.toContain('frames_202607')
    expect(names).toContain('frames_202608')
    expect(names).toContain('frames_default')
  })

  test('counts of tries and ended logins go when they mean nothing any more; a login that stands stays', async () => {
    await database.pool.query(
      `with u as (insert into users (name, email) values ('Pru', 'pru@example.test') returning id),
            s as (insert into users_sessions (_order, _parent_id, id, created_at, expires_at)
                  select 1, id, 'stands', $2, now() + interval '1 hour' from u),
            l as (insert into telemetry.logins (session_id, user_id, began_at)
                  select name, id, began from u, (values ('stands', $2::timestamptz), ('gone', $2), ('fresh', now())) one (name, began)),
            t as (insert into telemetry.sign_in_tries values ('old', 9, $1), ('new', 9, now()))
       insert into telemetry.ended_logins values ('old', $2), ('new', now())`,
      [ago(2 * 3_600 + 60), ago(3 * 86_400)],
    )
    await pruneSignInsJob.run(context)
    const { rows } = await database.pool.query<{ left: string }>(
      `select session_id as left from telemetry.logins union all select key from telemetry.sign_in_tries
       union all select 'ended ' || session_id from telemetry.ended_logins order by 1`,
    )
    expect(rows.map((one) => one.left)).toEqual(['ended new', 'fresh', 'new', 'stands'])
  })

  test('events of last week go, the last tick of each job stays', async () => {
    await database.pool.query(
      `insert into telemetry.events (at, kind) values ($1, 'charger.status'), ($2, 'charger.status')`,
      [ago(8 * 86_400), ago(86_400)],
    )
    await database.pool.query(
      `insert into telemetry.ticks (job, slot) values ('old', $1), ('old', $2) on conflict do nothing`,
      [ago(9_000), ago(8_000)],
    )
    await pruneEventsJob.run(context)
    const old = await row<{ n: number }>(
      'select count(*)::int n from telemetry.events where at < $1',
      [ago(7 * 86_400)],
    )
    expect(old.n).toBe(0)
    const ticks = await row<{ n: number }>(
      `select count(*)::int n from telemetry.ticks where job = 'old'`,
    )
    expect(ticks.n).toBe(1)
  })
})

describe('proveChargers', () => {
  const provenAt = async (chargerId: number) =>
    (
      await row<{ at: Date | null }>(
        `select st.last_proven_at as at from chargers ch join charger_states st on st.id = ch.state_id where ch.id = $1`,
        [chargerId],
      )
    ).at?.toISOString() ?? null

  const session = (chargerId: number, times: { from: Date; to: Date | null; energyWh: number }) =>
    database.pool.query(
      `insert into sessions (charger_id, connector_number, site_id, started_at, stopped_at, last_sample_at, energy_wh, meter_start_wh, start_key, status)
       values ($1, 1, $2, $3, $4, $4, $5, 0, gen_random_uuid()::text, 'ended')`,
      [chargerId, network.siteA, times.from, times.to, times.energyWh],
    )

  test('a charger is proven by energy that flowed, not by a session alone, and never goes back', async () => {
    const [working, empty] = [
      await makeCharger(database.pool, network.siteA, 'KP-proven'),
      await makeCharger(database.pool, network.siteA, 'KP-empty'),
    ]
    await session(working, { from: ago(7_200), to: ago(3_600), energyWh: 4_200 })
    await session(empty, { from: ago(7_200), to: ago(7_000), energyWh: 0 })
    await proveChargers.run(context)
    expect(await provenAt(working)).toBe(ago(3_600).toISOString())
    expect(await provenAt(empty)).toBeNull()

    // A device whose clock runs ahead proves nothing of the future.
    await session(working, { from: ago(60), to: ago(-86_400), energyWh: 100 })
    await proveChargers.run(context)
    expect(await provenAt(working)).toBe(now.toISOString())
  })

  test('a row that a charger is writing at this moment is left for the next turn', async () => {
    const charger = await makeCharger(database.pool, network.siteA, 'KP-held-row')
    await session(charger, { from: ago(600), to: ago(300), energyWh: 900 })
    const writer = await database.pool.connect()
    try {
      await writer.query('begin')
      await writer.query(
        `update charger_states set last_seen_at = now() where id = (select state_id from chargers where id = $1)`,
        [charger],
      )
      await proveChargers.run(context)
      await writer.query('commit')
    } finally {
      writer.release()
    }
    expect(await provenAt(charger)).toBeNull()
    await proveChargers.run(context)
    expect(await provenAt(charger)).toBe(ago(300).toISOString())
  })
})
