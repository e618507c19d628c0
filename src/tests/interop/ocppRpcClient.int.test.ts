/**
 * A charge point that none of us wrote: the RPC client of `ocpp-rpc` in strict mode, which checks every frame of ours
 * against the official schemas and rejects the call when one does not fit.
 */
import { RPCClient } from 'ocpp-rpc'
import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'
import { tlsFile, tlsSettings } from '../helpers/tlsFiles'

let side: RunningChargerSide
let client: InstanceType<typeof RPCClient>
const problems: unknown[] = []
const trust = { ca: tlsFile('ca.pem') }

describe.each([
  ['ws', undefined],
  ['wss', tlsSettings()],
])('over %s', (_scheme, env) => {
  beforeAll(async () => {
    side = await startChargerSide({ chargers: 2, prefix: 'RPC', env })
  })
  afterAll(() => side?.close())

  beforeEach(async () => {
    const [charger] = side.chargers
    client = new RPCClient({
      endpoint: side.role.url,
      identity: charger!.identity,
      password: charger!.password,
      protocols: ['ocpp1.6'],
      strictMode: true,
      reconnect: false,
      callTimeoutMs: 10_000,
      wsOpts: trust,
    } as never)
    client.on('strictValidationFailure', (failure) => problems.push(failure))
    client.on('badMessage', (message) => problems.push(message))
    await client.connect()
  })
  afterEach(async () => {
    await client.close({ force: true })
    expect(problems).toEqual([])
  })

  const time = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const call = <T>(action: string, payload: object) => client.call(action, payload) as Promise<T>
  type Start = { transactionId: number; idTagInfo: { status: string } }

  test('agrees on ocpp1.6 and is accepted', async () => {
    expect(client.protocol).toBe('ocpp1.6')
    const boot = await call<{ status: string; interval: number }>('BootNotification', {
      chargePointVendor: 'Foreign',
      chargePointModel: 'RPC',
      iccid: '',
    })
    expect(boot).toMatchObject({ status: 'Accepted' })
    expect(boot.interval).toBeGreaterThanOrEqual(60)
  })

  test('charges from card to stop; the session is stored to the watt-hour', async () => {
    const { idTag } = side.chargers[0]!
    await call('BootNotification', { chargePointVendor: 'Foreign', chargePointModel: 'RPC' })
    await call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' })
    expect(await call('Authorize', { idTag })).toMatchObject({ idTagInfo: { status: 'Accepted' } })
    const begin = { connectorId: 1, idTag, meterStart: 1_000, timestamp: time(30) }
    const first = await call<Start>('StartTransaction', begin)
    const again = await call<Start>('StartTransaction', begin)
    expect(first.transactionId).toBeGreaterThan(0)
    expect(again.transactionId).toBe(first.transactionId)
    for (const [minutes, value] of [
      [20, '2400'],
      [10, '3700'],
    ] as const) {
      await call('MeterValues', {
        connectorId: 1,
        transactionId: first.transactionId,
        meterValue: [{ timestamp: time(minutes), sampledValue: [{ value, unit: 'Wh' }] }],
      })
    }
    await call('StopTransaction', {
      transactionId: first.transactionId,
      idTag,
      meterStop: 5_200,
      timestamp: time(1),
      reason: 'Local',
    })
    const { rows } = await side.pool.query(
      'select energy_wh, stop_reason, status, id_tag from sessions where transaction_id = $1',
      [first.transactionId],
    )
    expect(rows).toEqual([
      { energy_wh: 4_200, stop_reason: 'Local', status: 'ended', id_tag: idTag },
    ])
  })

  test('an unknown card is told Invalid, and its start is recorded all the same', async () => {
    const idTag = 'NOBODYKNOWS'
    expect(await call('Authorize', { idTag })).toMatchObject({ idTagInfo: { status: 'Invalid' } })
    const start = await call<Start>('StartTransaction', {
      connectorId: 1,
      idTag,
      meterStart: 9_000,
      timestamp: time(5),
    })
    expect(start.idTagInfo.status).toBe('Invalid')
    expect(start.transactionId).toBeGreaterThan(0)
    await call('StopTransaction', {
      transactionId: start.transactionId,
      meterStop: 9_000,
      timestamp: time(4),
      reason: 'DeAuthorized',
    })
  })

  test('an action the standard does not know is answered NotImplemented', async () => {
    const loose = new RPCClient({
      endpoint: side.role.url,
      identity: side.chargers[1]!.identity,
      password: side.chargers[1]!.password,
      protocols: ['ocpp1.6'],
      reconnect: false,
      wsOpts: trust,
    } as never)
    await loose.connect()
    await loose.call('BootNotification', { chargePointVendor: 'Foreign', chargePointModel: 'RPC' })
    await expect(loose.call('MakeCoffee', {})).rejects.toMatchObject({
      rpcErrorCode: 'NotImplemented',
    })
    await expect(loose.call('StatusNotification', { connectorId: 'one' })).rejects.toHaveProperty(
      'rpcErrorCode',
    )
    expect(await loose.call('Heartbeat', {})).toHaveProperty('currentTime')
    await loose.close({ force: true })
  })
})
