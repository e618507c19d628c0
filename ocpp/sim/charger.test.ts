/** A simulated charger against a few lines of a central system: what it says is OCPP 1.6, and it says it in order. */
import { WebSocketServer, type WebSocket } from 'ws'
import { v16 } from '../v16'
import { createCharger, type ChargerOptions } from './charger'
import { createClock } from './clock'
import type { FaultName } from './faults'
import { totals } from './ledger'

type Call = { action: string; payload: Record<string, unknown>; id: string }

/** Answers everything kindly and remembers it. */
function centralSystem() {
  const calls: Call[] = []
  const answered = new Map<string, unknown>()
  let socket: WebSocket | null = null
  let serial = 0
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (connected) => {
    socket = connected
    connected.on('message', (data) => {
      const frame = JSON.parse(String(data)) as [number, string, unknown, unknown]
      if (frame[0] !== 2) return void answered.set(frame[1], frame[2])
      const [, id, action, payload] = frame as [number, string, string, Record<string, unknown>]
      calls.push({ id, action, payload })
      connected.send(JSON.stringify([3, id, answers[action]?.() ?? {}]))
    })
  })
  const answers: Record<string, () => object> = {
    BootNotification: () => ({ status: 'Accepted', interval: 300, currentTime: new Date() }),
    Authorize: () => ({ idTagInfo: { status: 'Accepted' } }),
    StartTransaction: () => ({ idTagInfo: { status: 'Accepted' }, transactionId: ++serial }),
    StopTransaction: () => ({}),
  }
  return {
    calls,
    listening: new Promise((resolve) => server.once('listening', resolve)),
    url: () => {
      const address = server.address()
      return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/ocpp`
    },
    /** The charger's answer to a call of the central system. */
    ask: async (action: string, payload: object) => {
      const id = `ask-${++serial}`
      socket!.send(JSON.stringify([2, id, action, payload]))
      for (let i = 0; i < 200 && !answered.has(id); i++) await tick()
      return answered.get(id)
    },
    until: async (holds: () => boolean) => {
      for (let i = 0; i < 1_000 && !holds(); i++) await tick()
      expect(holds()).toBe(true)
    },
    close: () => {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
const car = {
  batteryWh: 60_000,
  acMaxW: 11_000,
  acPhases: 3 as const,
  dcMaxW: 150_000,
  socPercent: 20,
  targetPercent: 90,
}

let system: ReturnType<typeof centralSystem>
let ended: (() => Promise<void>)[] = []

beforeEach(async () => {
  system = centralSystem()
  await system.listening
})
afterEach(async () => {
  for (const end of ended) await end()
  ended = []
  system.close()
})

async function online(over: Partial<ChargerOptions> = {}) {
  const charger = createCharger({
    identity: 'SIM-1',
    password: 'sixteen-bytes-or-more',
    url: system.url(),
    model: 'AC22',
    seed: 1,
    clock: createClock({ speed: 600 }),
    reconnectMs: 10,
    ...over,
  })
  ended.push(charger.end)
  charger.powerUp()
  await charger.whenOnline()
  return charger
}

const actions = () => system.calls.map((call) => call.action)

test('it boots once, tells all connectors, charges and stops, and its ledger agrees', async () => {
  const charger = await online()
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard('CARD1')
  await system.until(() => actions().filter((one) => one === 'MeterValues').length >= 3)
  await connector.unplug()
  await charger.whenSettled()
  const transaction = actions().filter((one) => /Transaction|MeterValues/.test(one))
  expect(transaction[0]).toBe('StartTransaction')
  expect(transaction.at(-1)).toBe('StopTransaction')
  expect(actions().filter((one) => one === 'BootNotification')).toHaveLength(1)
  const said = system.calls.filter((one) => one.action === 'StatusNotification')
  expect(said.map((one) => [one.payload.connectorId, one.payload.status])).toEqual(
    expect.arrayContaining([
      [0, 'Available'],
      [1, 'Preparing'],
      [1, 'Charging'],
      [1, 'Available'],
      [2, 'Available'],
    ]),
  )
  const start = system.calls.find((one) => one.action === 'StartTransaction')!.payload
  const stop = system.calls.find((one) => one.action === 'StopTransaction')!.payload
  const sums = totals([charger.ledger])
  expect(sums).toMatchObject({ started: 1, ended: 1, refusals: 0 })
  expect(sums.energyWh).toBe(Number(stop.meterStop) - Number(start.meterStart))
  expect(stop.reason).toBe('EVDisconnected')
  const problems = system.calls.map((one) => v16.validateRequest(one.action, one.payload))
  expect(problems.filter(Boolean)).toEqual([])
})

test('a charge made offline is delivered afterwards, in order, with the times of then', async () => {
  const charger = await online()
  const connector = charger.connectors[0]!
  charger.goOffline()
  await connector.plugIn(car)
  await connector.presentCard('CARD1')
  await tick()
  await connector.unplug()
  expect(charger.backlog()).toBeGreaterThanOrEqual(2)
  const stoppedAt = charger.ledger.transactions[0]!.stoppedAt
  charger.goOnline()
  await charger.whenSettled()
  const stop = system.calls.find((one) => one.action === 'StopTransaction')!.payload
  expect(stop).toMatchObject({
    timestamp: stoppedAt,
    transactionId: charger.ledger.transactions[0]!.transactionId,
  })
})

test('a remote stop ends the charge it names and no other', async () => {
  const charger = await online()
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard('CARD1')
  await system.until(() => connector.transaction()?.transactionId != null)
  expect(await system.ask('RemoteStopTransaction', { transactionId: 999 })).toEqual({
    status: 'Rejected',
  })
  const { transactionId } = connector.transaction()!
  expect(await system.ask('RemoteStopTransaction', { transactionId })).toEqual({
    status: 'Accepted',
  })
  await charger.whenSettled()
  expect(charger.ledger.transactions[0]).toMatchObject({ reason: 'Remote', isStopAcked: true })
  expect(connector.status()).toBe('Finishing')
})

test('a soft reset stops the charge with its reason, goes away and boots again', async () => {
  const charger = await online()
  await charger.connectors[0]!.plugIn(car)
  await charger.connectors[0]!.presentCard('CARD1')
  expect(await system.ask('Reset', { type: 'Soft' })).toEqual({ status: 'Accepted' })
  await system.until(() => actions().filter((one) => one === 'BootNotification').length === 2)
  expect(system.calls.find((one) => one.action === 'StopTransaction')?.payload.reason).toBe(
    'SoftReset',
  )
})

test('unavailable is scheduled during a charge and holds after it', async () => {
  const charger = await online()
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard('CARD1')
  const order = { connectorId: 1, type: 'Inoperative' }
  expect(await system.ask('ChangeAvailability', order)).toEqual({ status: 'Scheduled' })
  await connector.unplug()
  expect(connector.status()).toBe('Unavailable')
})

test('a reserved connector is kept for its card, and free again when the time is over', async () => {
  const charger = await online()
  const connector = charger.connectors[0]!
  const until = new Date(Date.now() - 86_400_000 + 400_000).toISOString()
  const order = { connectorId: 1, expiryDate: until, idTag: 'CARD1', reservationId: 7 }
  expect(await system.ask('ReserveNow', order)).toEqual({ status: 'Accepted' })
  await connector.until(() => connector.status() === 'Reserved')
  expect(await system.ask('ReserveNow', { ...order, reservationId: 8 })).toEqual({
    status: 'Occupied',
  })
  expect(await connector.presentCard('CARD2')).toBe('refused')
  await connector.until(() => connector.status() === 'Available')
  expect(connector.reservation()).toBeNull()
})

test('what it has not got it says, and what it never heard of too', async () => {
  await online({ isCoreOnly: true })
  expect(await system.ask('SendLocalList', { listVersion: 1, updateType: 'Full' })).toEqual({
    status: 'NotSupported',
  })
  expect(await system.ask('ReserveNow', {})).toBe('NotSupported')
  expect(await system.ask('MakeCoffee', {})).toBe('NotImplemented')
  expect(
    await system.ask('ChangeConfiguration', { key: 'NumberOfConnectors', value: '9' }),
  ).toEqual({ status: 'Rejected' })
})

test.each<[FaultName, () => void]>([
  ['stopWithMinusOne', () => expect(last('StopTransaction').transactionId).toBe(-1)],
  ['kwhAsWh', () => expect(Number(register())).toBeLessThan(10_000)],
  ['meterValueAsObject', () => expect(Array.isArray(last('MeterValues').meterValue)).toBe(false)],
  [
    'repeatedStart',
    () => expect(actions().filter((one) => one === 'StartTransaction')).toHaveLength(2),
  ],
  ['clock1970', () => expect(last('StopTransaction').timestamp).toMatch(/^1970-/)],
  ['reusedIds', () => expect(new Set(system.calls.map((one) => one.id)).size).toBe(1)],
  ['valuesAfterStop', () => expect(actions().at(-1)).toBe('MeterValues')],
  ['registerReset', () => expect(last('StartTransaction').meterStart).toBe(0)],
])('%s changes what is said, and the charge still ends', async (fault, holds) => {
  const charger = await online({ faults: [fault] })
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard('CARD1')
  await system.until(() => actions().includes('MeterValues'))
  await connector.unplug()
  await charger.whenSettled()
  holds()
  expect(charger.ledger.transactions[0]).toMatchObject({ isStopAcked: true })
})

const last = (action: string) => system.calls.findLast((one) => one.action === action)!.payload
const register = () =>
  (last('MeterValues').meterValue as { sampledValue: { value: string }[] }[])[0]!.sampledValue[0]!
    .value
