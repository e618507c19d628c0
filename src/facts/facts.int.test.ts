import { createWriter, type Writer } from '@/db/writer'
import type { Fact, OutcomeOf } from '@/domain/facts'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { createRecorders } from './index'
import type { LiveReadings } from './recordSamples'
import { createWishes } from './wishes'

/**
 * What recorders do to the database, entered as the sidecar enters them: through the batch writer. Each test has its own
 * charger, so they cannot see each other's rows.
 */
let db: TestDatabase
let writer: Writer
let live: LiveReadings
let siteId: number
let count = 0
const wishes = createWishes(Date.now)
const troubles: string[] = []
const soon = () => new Date()
const iso = (offsetMs = 0) => new Date(Date.now() + offsetMs).toISOString()

beforeAll(async () => {
  db = await testDatabase()
  live = new Map()
  writer = createWriter({
    connectionString: db.url,
    recorders: createRecorders({ instance: 'test', live, wishes }),
    companion: { kind: 'frame', maxRows: 1000 },
    now: soon,
    onTrouble: (message) => void troubles.push(message),
  })
  siteId = await idOf(`insert into sites (name, address, latitude, longitude, timezone)
    values ('Leeds Dock', '1 Dock Street', 53.79, -1.53, 'Europe/London') returning id`)
  await db.pool.query(
    `insert into rfid_cards (uid, status, one_session_at_a_time)
     values ('CARD1', 'active', false), ('CARD2', 'blocked', false), ('ONEONLY', 'active', true)`,
  )
})

afterAll(async () => {
  await writer.close()
  await db.close()
})

async function idOf(statement: string, values: unknown[] = []): Promise<number> {
  return (await db.pool.query<{ id: number }>(statement, values)).rows[0]!.id
}

async function newCharger(): Promise<number> {
  const stateId = await idOf(
    `insert into charger_states (status) values ('NeverConnected') returning id`,
  )
  const name = `CP-${++count}`
  return idOf(
    `insert into chargers (identity, name, site_id, state_id) values ($1, $1, $2, $3) returning id`,
    [name, siteId, stateId],
  )
}

async function record<F extends Fact>(
  fact: Omit<F, 'receivedAt'> & Partial<Pick<F, 'receivedAt'>>,
) {
  const whole = { receivedAt: soon(), ...fact } as F
  return (await writer.submit(whole.kind, whole)) as OutcomeOf<F>
}

const start = (chargerId: number, change: object = {}) =>
  record<Extract<Fact, { kind: 'SessionStarted' }>>({
    kind: 'SessionStarted',
    chargerId,
    connectorId: 1,
    idToken: 'CARD1',
    meterStartWh: 1000,
    deviceTime: iso(-60_000),
    reservationId: null,
    ...change,
  })

const stop = (chargerId: number, transactionId: number, change: object = {}) =>
  record<Extract<Fact, { kind: 'SessionEnded' }>>({
    kind: 'SessionEnded',
    chargerId,
    transactionId,
    idToken: null,
    meterStopWh: 5200,
    deviceTime: iso(),
    reason: 'EVDisconnected',
    readings: [],
    ...change,
  })

const meter = (chargerId: number, transactionId: number | null, wh: number, deviceTime = iso()) =>
  record<Extract<Fact, { kind: 'EnergySampled' }>>({
    kind: 'EnergySampled',
    chargerId,
    connectorId: 1,
    transactionId,
    readings: [{ deviceTime, values: [{ value: String(wh) }] }],
  })

const status = (chargerId: number, connectorId: number, word: string) =>
  record<Extract<Fact, { kind: 'StatusReported' }>>({
    kind: 'StatusReported',
    chargerId,
    connectorId,
    status: word,
    errorCode: word === 'Faulted' ? 'GroundFailure' : 'NoError',
    info: null,
    vendorId: null,
    vendorErrorCode: null,
    deviceTime: null,
  })

const connect = (chargerId: number, connectionId: number) =>
  record<Extract<Fact, { kind: 'ChargerConnected' }>>({
    kind: 'ChargerConnected',
    chargerId,
    connectionId,
    remoteAddress: '127.0.0.1',
    protocol: 'ocpp1.6',
  })

const disconnect = (chargerId: number, connectionId: number) =>
  record<Extract<Fact, { kind: 'ChargerDisconnected' }>>({
    kind: 'ChargerDisconnected',
    chargerId,
    connectionId,
    reason: 'gone',
  })

type SessionRow = {
  id: number
  energy_wh: number
  status: string
  stop_reason: string | null
  ended_by: string | null
  stopped_at: Date | null
  started_at: Date
  meter_stop_wh: number | null
}

const sessions = async (chargerId: number) =>
  (
    await db.pool.query<SessionRow>('select * from sessions where charger_id = $1 order by id', [
      chargerId,
    ])
  ).rows

const conflicts = async (chargerId: number) =>
  (
    await db.pool.query<{ reason: string }>(
      'select reason from telemetry.stop_conflicts where charger_id = $1 order by id',
      [chargerId],
    )
  ).rows.map((row) => row.reason)

const shown = async (chargerId: number) =>
  (
    await db.pool.query<{ status: string }>(
      'select st.status from charger_states st join chargers ch on ch.state_id = st.id where ch.id = $1',
      [chargerId],
    )
  ).rows[0]!.status

describe('a start', () => {
  test('opens one session with a real number, and stops to the watt-hour', async () => {
    const charger = await newCharger()
    const { transactionId, authorization } = await start(charger)
    expect(transactionId).toBeGreaterThan(0)
    expect(authorization.status).toBe('Accepted')
    await stop(charger, transactionId)
    const [session, ...others] = await sessions(charger)
    expect(others).toEqual([])
    expect(session).toMatchObject({
      energy_wh: 4200,
      stop_reason: 'EVDisconnected',
      status: 'ended',
    })
  })

  test('that is repeated gets the same transactionId, also when both arrive at once', async () => {
    const charger = await newCharger()
    const same = { deviceTime: iso(-1000) }
    const answers = await Promise.all([
      start(charger, same),
      start(charger, same),
      start(charger, same),
    ])
    answers.push(await start(charger, same))
    expect(new Set(answers.map((answer) => answer.transactionId)).size).toBe(1)
    expect(await sessions(charger)).toHaveLength(1)
  })

  test('that is repeated after its stop changes nothing', async () => {
    const charger = await newCharger()
    const same = { deviceTime: iso(-1000) }
    const { transactionId } = await start(charger, same)
    await stop(charger, transactionId)
    expect((await start(charger, same)).transactionId).toBe(transactionId)
    expect((await sessions(charger))[0]).toMatchObject({ status: 'ended', energy_wh: 4200 })
  })

  test('with a blocked card is recorded all the same, and the charger is told', async () => {
    const charger = await newCharger()
    const { transactionId, authorization } = await start(charger, { idToken: 'card-2' })
    expect(authorization.status).toBe('Blocked')
    expect(transactionId).toBeGreaterThan(0)
    expect(await sessions(charger)).toHaveLength(1)
  })

  test('by a clock that stands still in 1970 is a new session once the last has stopped', async () => {
    const charger = await newCharger()
    const stuck = { deviceTime: '1970-01-01T00:00:00Z' }
    const first = await start(charger, stuck)
    expect((await start(charger, stuck)).transactionId).toBe(first.transactionId)
    await stop(charger, first.transactionId, { deviceTime: '1970-01-01T00:00:00Z' })
    const second = await start(charger, stuck)
    expect(second.transactionId).not.toBe(first.transactionId)
    expect(await sessions(charger)).toHaveLength(2)
  })

  test('on a connector that still charges ends what ran there as superseded; its late stop still counts', async () => {
    const charger = await newCharger()
    const first = await start(charger, { deviceTime: iso(-7_200_000) })
    await start(charger, { deviceTime: iso(-60_000) })
    expect((await sessions(charger))[0]).toMatchObject({ ended_by: 'superseded', status: 'ended' })
    expect((await sessions(charger))[1]!.stopped_at).toBeNull()
    await stop(charger, first.transactionId, { deviceTime: iso(-3_600_000) })
    expect((await sessions(charger))[0]).toMatchObject({ ended_by: 'charger', energy_wh: 4200 })
  })

  test('with a card that charges elsewhere is ConcurrentTx only where the card asks for it', async () => {
    const [one, other] = [await newCharger(), await newCharger()]
    const same = { idToken: 'ONEONLY', deviceTime: iso(-5000) }
    expect((await start(one, same)).authorization.status).toBe('Accepted')
    expect((await start(one, same)).authorization.status).toBe('Accepted')
    expect((await start(other, same)).authorization.status).toBe('ConcurrentTx')
    await start(one, { deviceTime: iso(-4000) })
    expect((await start(other)).authorization.status).toBe('Accepted')
  })
})

describe('a stop', () => {
  test('of an unknown transaction is kept as an orphan and answered', async () => {
    const charger = await newCharger()
    await expect(stop(charger, 2_000_000_001)).resolves.toBeDefined()
    await expect(stop(charger, 9223372036854775807)).resolves.toBeDefined()
    expect(await conflicts(charger)).toEqual(['unknown', 'unknown'])
    expect(await sessions(charger)).toHaveLength(0)
  })

  test("of another charger's transaction leaves that session alone", async () => {
    const [mine, theirs] = [await newCharger(), await newCharger()]
    const { transactionId } = await start(theirs)
    await stop(mine, transactionId)
    expect((await sessions(theirs))[0]!.stopped_at).toBeNull()
    expect(await conflicts(mine)).toEqual(['unknown'])
  })

  test('that is repeated is one stop; a second one that says otherwise is a conflict and changes nothing', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    const same = { deviceTime: iso() }
    await stop(charger, transactionId, same)
    await stop(charger, transactionId, same)
    expect(await conflicts(charger)).toEqual([])
    await stop(charger, transactionId, { meterStopWh: 9999 })
    expect(await conflicts(charger)).toEqual(['conflict'])
    expect((await sessions(charger))[0]!.meter_stop_wh).toBe(5200)
  })

  test.each([0, -1])('with transactionId %i ends the one session that runs there', async (odd) => {
    const charger = await newCharger()
    await start(charger)
    await stop(charger, odd)
    expect((await sessions(charger))[0]).toMatchObject({ status: 'ended', energy_wh: 4200 })
    expect(await conflicts(charger)).toEqual([])
  })

  test('below the start never gives negative energy, and one before the start is set to it', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    await stop(charger, transactionId, { meterStopWh: 10, deviceTime: iso(-3_600_000) })
    const [session] = await sessions(charger)
    expect(session!.energy_wh).toBeGreaterThanOrEqual(0)
    expect(session!.stopped_at!.getTime()).toBe(session!.started_at.getTime())
  })
})

describe('meter values', () => {
  test('that are delivered twice are stored once', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    const at = iso(-30_000)
    await meter(charger, transactionId, 1500, at)
    await meter(charger, transactionId, 1500, at)
    const { rows } = await db.pool.query(
      'select * from telemetry.meter_samples where charger_id = $1',
      [charger],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ energy_wh: 1500, session_id: (await sessions(charger))[0]!.id })
  })

  test('carry the figures of a running session to its row', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    await meter(charger, transactionId, 1700)
    const rows = [...live.values()]
    live.clear()
    await Promise.all(rows.map((row) => writer.submit('live', row)))
    expect((await sessions(charger))[0]!.energy_wh).toBe(700)
  })

  test("with another charger's transaction do not touch its session", async () => {
    const [mine, theirs] = [await newCharger(), await newCharger()]
    const { transactionId } = await start(theirs)
    await meter(mine, transactionId, 999_999)
    const { rows } = await db.pool.query(
      'select session_id from telemetry.meter_samples where charger_id = $1',
      [mine],
    )
    expect(rows).toEqual([{ session_id: 0 }])
  })

  test('without a transaction belong to what runs on the connector', async () => {
    const charger = await newCharger()
    await start(charger)
    await meter(charger, null, 1600)
    const { rows } = await db.pool.query(
      'select session_id from telemetry.meter_samples where charger_id = $1',
      [charger],
    )
    expect(rows).toEqual([{ session_id: (await sessions(charger))[0]!.id }])
  })

  test('of a clock that stands in 1970 or runs ahead for years are kept apart, not lost', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    await record<Extract<Fact, { kind: 'EnergySampled' }>>({
      kind: 'EnergySampled',
      chargerId: charger,
      connectorId: 1,
      transactionId,
      readings: ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '2031-01-01T00:00:00Z'].map(
        (deviceTime, n) => ({ deviceTime, values: [{ value: String(1600 + n) }] }),
      ),
    })
    const { rows } = await db.pool.query(
      'select 1 from telemetry.meter_samples where charger_id = $1',
      [charger],
    )
    expect(rows).toHaveLength(3)
  })
})

describe('status', () => {
  test('a connector nobody knew appears, and the charger shows the strongest word', async () => {
    const charger = await newCharger()
    await connect(charger, 11)
    expect(await shown(charger)).toBe('Unavailable')
    await status(charger, 1, 'Available')
    await status(charger, 2, 'Charging')
    expect(await shown(charger)).toBe('Charging')
    await status(charger, 0, 'Faulted')
    expect(await shown(charger)).toBe('Faulted')
    const { rows } = await db.pool.query(
      'select connector_id from connectors where charger_id = $1',
      [charger],
    )
    expect(rows).toHaveLength(2)
  })

  test('the close of an older connection does not make a charger Offline, that of its own does', async () => {
    const charger = await newCharger()
    await connect(charger, 21)
    await status(charger, 1, 'Available')
    await connect(charger, 22)
    await disconnect(charger, 21)
    expect(await shown(charger)).toBe('Available')
    await disconnect(charger, 22)
    expect(await shown(charger)).toBe('Offline')
  })

  test('a repeated word is no event', async () => {
    const charger = await newCharger()
    await status(charger, 1, 'Available')
    await status(charger, 1, 'Available')
    const { rows } = await db.pool.query(
      `select 1 from telemetry.events where charger_id = $1 and kind = 'connector.status'`,
      [charger],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('wishes', () => {
  async function wish(chargerId: number, action: string, payload: Record<string, unknown>) {
    const id = await idOf(
      `insert into commands (charger_id, action, payload, status, sent_at, id_tag)
       values ($1, $2, $3, 'sent', now(), $4) returning id`,
      [chargerId, action, JSON.stringify(payload), payload['idTag'] ?? null],
    )
    wishes.add({
      id,
      chargerId,
      action: action as 'Reset',
      payload,
      status: 'sent',
      isFinal: false,
      sentAt: new Date(Date.now() - 1),
      context: { charger: 'KP-07' },
      expiresAtMs: Date.now() + 60_000,
    })
    return async () => (await db.pool.query('select * from commands where id = $1', [id])).rows[0]
  }

  test('a remote start is effective in the transaction that records the session, and its token is welcome', async () => {
    const charger = await newCharger()
    const row = await wish(charger, 'RemoteStartTransaction', {
      connectorId: 1,
      idTag: 'APP0000000000001',
    })
    const { authorization, transactionId } = await start(charger, { idToken: 'APP0000000000001' })
    expect(authorization.status).toBe('Accepted')
    const [session] = await sessions(charger)
    expect(await row()).toMatchObject({
      status: 'effective',
      is_final: true,
      session_id: session!.id,
    })
    expect(
      (await start(await newCharger(), { idToken: 'APP0000000000001' })).authorization.status,
    ).toBe('Invalid')
    expect(transactionId).toBeGreaterThan(0)
  })

  test('a remote stop is effective when its transaction ends, not when another does', async () => {
    const charger = await newCharger()
    const { transactionId } = await start(charger)
    const other = await start(charger, { connectorId: 2 })
    const row = await wish(charger, 'RemoteStopTransaction', { transactionId })
    await stop(charger, other.transactionId)
    expect(await row()).toMatchObject({ status: 'sent' })
    await stop(charger, transactionId)
    expect(await row()).toMatchObject({ status: 'effective', is_final: true })
  })

  test('a reset is effective when the connection closes, and the first end stands', async () => {
    const charger = await newCharger()
    await connect(charger, 31)
    const row = await wish(charger, 'Reset', { type: 'Hard' })
    await disconnect(charger, 31)
    const settled = await row()
    expect(settled).toMatchObject({ status: 'effective', is_final: true })
    await writer.submit('settle', {
      commandId: settled.id,
      status: 'timeout',
      isFinal: true,
      reason: 'no-answer',
      outcome: 'late',
      response: null,
      at: new Date(),
      expiresAt: null,
      startKey: null,
    })
    expect(await row()).toMatchObject({ status: 'effective', outcome: settled.outcome })
  })
})

describe('the writer', () => {
  test('a poison row answers for itself and takes nobody along', async () => {
    const charger = await newCharger()
    const poison = start(999_999_999, { meterStartWh: Number.NaN })
    const good = start(charger)
    await expect(poison).rejects.toThrow()
    expect((await good).transactionId).toBeGreaterThan(0)
    expect(troubles.length).toBeGreaterThan(0)
  })

  test('text that Postgres cannot hold is kept in a form it can', async () => {
    const charger = await newCharger()
    await start(charger, { idToken: 'A\u0000B\ud800' })
    const { rows } = await db.pool.query('select id_tag from sessions where charger_id = $1', [
      charger,
    ])
    expect(rows[0].id_tag).toBe('A\ufffdB\ufffd')
  })

  test('a connection that is cut is made again and nothing is lost or doubled', async () => {
    const charger = await newCharger()
    await db.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'cpms-writer' and datname = current_database()`,
    )
    const answers = await Promise.all([1, 2, 3].map((n) => start(charger, { connectorId: n })))
    expect(new Set(answers.map((answer) => answer.transactionId)).size).toBe(3)
    expect(await sessions(charger)).toHaveLength(3)
  })
})
