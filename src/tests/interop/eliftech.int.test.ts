/**
 * A second charge point that none of us wrote: `ocpp-eliftech`, which builds each answer of ours into a model of its
 * own and throws where a field does not fit the schema.
 */
import eliftech from 'ocpp-eliftech'
import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'

const { ChargePoint, Connector, OCPPCommands } = eliftech

let side: RunningChargerSide
let chargePoint: InstanceType<typeof ChargePoint>
let hangUp = () => {}

/** The library leaves a timer of 30 s behind each message; they must not keep the test run waiting. */
const realSetTimeout = globalThis.setTimeout
beforeAll(() => {
  globalThis.setTimeout = ((...args: Parameters<typeof setTimeout>) =>
    realSetTimeout(...args).unref()) as typeof setTimeout
})
afterAll(() => {
  globalThis.setTimeout = realSetTimeout
})

beforeAll(async () => {
  side = await startChargerSide({ chargers: 1, prefix: 'ELIF' })
  const [charger] = side.chargers
  const url = new URL(`${side.role.url}/${charger!.identity}`)
  url.username = charger!.identity
  url.password = charger!.password
  chargePoint = new ChargePoint({
    centralSystemUrl: url.toString(),
    reconnectInterval: 2 ** 30,
    connectors: [new Connector(1)],
  })
  const { socket } = await chargePoint.connect()
  hangUp = () => {
    socket.removeAllListeners()
    socket.terminate()
  }
})
afterAll(async () => {
  hangUp()
  await side?.close()
})

const send = (action: string, values: object) => chargePoint.send(new OCPPCommands[action]!(values))

test('boots, reports its connectors and beats', async () => {
  const boot = await send('BootNotification', {
    chargePointVendor: 'Elif',
    chargePointModel: 'Tech',
  })
  expect(boot.status).toBe('Accepted')
  await chargePoint.sendCurrentStatus()
  const beat = await send('Heartbeat', {})
  expect(Date.parse(String(beat.currentTime))).toBeGreaterThan(Date.now() - 60_000)
})

test('charges from card to stop; the session is stored to the watt-hour', async () => {
  const { idTag } = side.chargers[0]!
  const authorize = await send('Authorize', { idTag })
  expect(authorize.idTagInfo).toMatchObject({ status: 'Accepted' })
  const start = await send('StartTransaction', {
    connectorId: 1,
    idTag,
    meterStart: 500,
    timestamp: new Date(Date.now() - 600_000).toISOString(),
  })
  expect(start.transactionId).toBeGreaterThan(0)
  await send('MeterValues', {
    connectorId: 1,
    transactionId: start.transactionId,
    meterValue: [
      {
        timestamp: new Date(Date.now() - 300_000).toISOString(),
        sampledValue: [{ value: '1750' }],
      },
    ],
  })
  await send('StopTransaction', {
    transactionId: start.transactionId,
    meterStop: 2_250,
    timestamp: new Date().toISOString(),
  })
  const { rows } = await side.pool.query(
    'select energy_wh, status from sessions where transaction_id = $1',
    [start.transactionId],
  )
  expect(rows).toEqual([{ energy_wh: 1_750, status: 'ended' }])
})

test('its frames are in the log, both ways', async () => {
  const logged = async () => {
    const { rows } = await side.pool.query<{ direction: number; frames: number }>(
      `select direction, count(*)::int as frames from telemetry.frame_log
       where action = 'StartTransaction' group by 1 order by 1`,
    )
    return rows
  }
  const both = [
    { direction: 0, frames: 1 },
    { direction: 1, frames: 1 },
  ]
  // The log row of an answer rides the next flush.
  for (let tries = 0; tries < 50 && (await logged()).length < both.length; tries++) {
    await send('Heartbeat', {})
  }
  expect(await logged()).toEqual(both)
})
