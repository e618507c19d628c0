/**
 * Wishes as rows, a real socket, a charger that does what it is told (or not): what stands in `commands` afterwards is
 * what was seen to happen (A1–A4), each with exactly one end (R5).
 */
import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import type { FaultName } from '#ocpp/sim/faults'
import { requestCommand } from '@/commands/request'
import { withTransaction } from '@/db/tx'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'

type Command = {
  status: string
  is_final: boolean
  reason: string | null
  outcome: string | null
  response: string | null
}

let side: RunningChargerSide
let next = 0
let charger: SimCharger
let idTag: string

beforeAll(async () => {
  side = await startChargerSide({ chargers: 30, prefix: 'CMD' })
})
afterAll(() => side?.close())
afterEach(() => charger.end())

/** A charger of its own for each test, connected. */
async function online(
  faults: FaultName[] = [],
  more: { isCoreOnly?: boolean } = {},
): Promise<void> {
  const registered = side.chargers[next++]!
  idTag = registered.idTag
  charger = createCharger({
    ...registered,
    url: side.role.url,
    model: 'AC22',
    seed: next,
    clock: createClock({ speed: 60 }),
    faults,
    reconnectMs: 50,
    ...more,
  })
  charger.powerUp()
  await charger.whenOnline()
}

async function ask(action: string, payload: object): Promise<number> {
  const requested = await withTransaction(side.pool, (sql) =>
    requestCommand(sql, {
      asker: { kind: 'rule' },
      charger: charger.identity,
      action,
      payload,
      source: 'rule',
      actor: { name: 'test', role: null, ip: null, requestId: null },
      now: new Date(),
    }),
  )
  if (requested.kind !== 'queued') throw new Error(JSON.stringify(requested))
  return requested.id
}

/** The command once it has ended. */
async function end(id: number): Promise<Command> {
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await side.pool.query<Command>(
      'select status, is_final, reason, outcome, response from commands where id = $1',
      [id],
    )
    if (rows[0]!.is_final) return rows[0]!
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`command ${id} has not ended`)
}

const asked = async (action: string, payload: object) => end(await ask(action, payload))
const [one, two] = [0, 1]
const car = {
  batteryWh: 60_000,
  acMaxW: 11_000,
  acPhases: 3 as const,
  dcMaxW: 0,
  socPercent: 30,
  targetPercent: 100,
}

/** Charges on connector 1; answers the transaction's id. */
async function charging(): Promise<number> {
  const connector = charger.connectors[one]!
  await connector.plugIn(car)
  await connector.presentCard(idTag)
  await connector.until(() => connector.status() === 'Charging')
  while (!connector.transaction()!.transactionId) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return connector.transaction()!.transactionId!
}

test('a remote start is effective when the charge begins, not when it is accepted', async () => {
  await online()
  const id = await ask('RemoteStartTransaction', { connectorId: 1, idTag })
  const connector = charger.connectors[one]!
  await connector.until(() => connector.status() === 'Preparing')
  await connector.plugIn(car)
  expect(await end(id)).toMatchObject({ status: 'effective', reason: null })
  const { rows } = await side.pool.query(
    `select s.status from commands c join sessions s on s.id = c.session_id where c.id = $1`,
    [id],
  )
  expect(rows).toEqual([{ status: 'charging' }])
})

test('a remote stop is effective when the session has ended, with the reason Remote', async () => {
  await online()
  const transactionId = await charging()
  expect(await asked('RemoteStopTransaction', { transactionId })).toMatchObject({
    status: 'effective',
  })
  const { rows } = await side.pool.query(
    'select stop_reason, status from sessions where transaction_id = $1',
    [transactionId],
  )
  expect(rows).toEqual([{ stop_reason: 'Remote', status: 'ended' }])
})

test('what the charger refuses is rejected, in its words', async () => {
  await online()
  const refused = await asked('RemoteStopTransaction', { transactionId: 2_000_000_000 })
  expect(refused).toMatchObject({ status: 'rejected', response: '{"status":"Rejected"}' })
  expect(refused.outcome).toMatch(/refused/)
})

test.each(['Soft', 'Hard'] as const)(
  'a %s reset is effective when the charger is back',
  async (type) => {
    await online()
    await charging()
    expect(await asked('Reset', { type })).toMatchObject({ status: 'effective' })
    await charger.whenOnline()
    await charger.whenSettled()
    expect(charger.ledger.transactions[0]).toMatchObject({
      reason: `${type}Reset`,
      isStopAcked: true,
    })
  },
)

test('a hard reset that is never answered is effective when the charger goes and comes back', async () => {
  await online(['resetWithoutAnswer'])
  await charging()
  expect(await asked('Reset', { type: 'Hard' })).toMatchObject({ status: 'effective' })
  await charger.whenSettled()
  const { rows } = await side.pool.query(
    `select stop_reason from sessions s join chargers c on c.id = s.charger_id where c.identity = $1`,
    [charger.identity],
  )
  expect(rows).toEqual([{ stop_reason: 'HardReset' }])
})

test('a connector is unlocked, and one that does not exist cannot be', async () => {
  await online()
  expect(await asked('UnlockConnector', { connectorId: 2 })).toMatchObject({ status: 'effective' })
  expect(await asked('UnlockConnector', { connectorId: 9 })).toMatchObject({ status: 'rejected' })
})

test('out of use is effective when the connector says so', async () => {
  await online()
  const order = { connectorId: 2, type: 'Inoperative' }
  expect(await asked('ChangeAvailability', order)).toMatchObject({ status: 'effective' })
  expect(charger.connectors[two]!.status()).toBe('Unavailable')
  expect(await asked('ChangeAvailability', { ...order, type: 'Operative' })).toMatchObject({
    status: 'effective',
  })
})

test('settings are read and changed, and the charger says what it does not take', async () => {
  await online()
  const read = await asked('GetConfiguration', { key: ['HeartbeatInterval', 'NoSuchKey'] })
  expect(JSON.parse(read.response!)).toEqual({
    configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
    unknownKey: ['NoSuchKey'],
  })
  const change = (key: string, value: string) => asked('ChangeConfiguration', { key, value })
  expect(await change('MeterValueSampleInterval', '30')).toMatchObject({ status: 'accepted' })
  expect(await change('NumberOfConnectors', '7')).toMatchObject({ status: 'rejected' })
  expect(await change('WebSocketPingInterval', '30')).toMatchObject({ reason: 'reboot-required' })
})

test('triggers, cache and vendor messages end with the answer or what it led to', async () => {
  await online()
  for (const requestedMessage of ['Heartbeat', 'StatusNotification', 'BootNotification']) {
    const { status } = await asked('TriggerMessage', { requestedMessage })
    expect(['accepted', 'effective']).toContain(status)
  }
  expect(await asked('ClearCache', {})).toMatchObject({ status: 'accepted' })
  expect(await asked('DataTransfer', { vendorId: 'nobody' })).toMatchObject({ status: 'rejected' })
})

test('a profile the charger has not got fails as not supported', async () => {
  await online([], { isCoreOnly: true })
  expect(
    await asked('ReserveNow', {
      connectorId: 1,
      expiryDate: new Date().toISOString(),
      idTag,
      reservationId: 1,
    }),
  ).toMatchObject({
    status: 'failed',
    reason: 'not-supported',
  })
})

test('ten wishes at once reach the charger one by one, and each ends once', async () => {
  await online()
  const ids = await Promise.all(Array.from({ length: 10 }, () => ask('GetConfiguration', {})))
  const ends = await Promise.all(ids.map(end))
  expect(ends.map((command) => command.status)).toEqual(Array(10).fill('accepted'))
})
