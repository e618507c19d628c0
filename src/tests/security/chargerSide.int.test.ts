/** SECURITY 2.1 where the whole role is needed, by raw frames; each with its negative control. */
import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'
import { eventually } from '../helpers/onCharger'
import { begin, boot, end, plugIntoSide, type ChargePoint } from '../certification/chargePoint'

let side: RunningChargerSide
let cp: ChargePoint
let next = 0

beforeAll(async () => {
  side = await startChargerSide({ chargers: 10, prefix: 'SECU' })
})
afterAll(() => side?.close())
beforeEach(async () => {
  cp = await plugIntoSide(side, next++)
  await boot(cp)
})
afterEach(() => cp.cut())

const rotate = (value: string, answer: { status: string }) =>
  cp.asked('ChangeConfiguration', { key: 'AuthorizationKey', value }, answer)
const [first, second] = ['0123456789abcdef0123456789abcdef01234567', 'fedcba98'.repeat(5)]

test('SEC-04: a new password counts from its first use; until then the old one, afterwards not', async () => {
  const old = side.chargers[next - 1]!.password
  await cp.ended(await rotate(first, { status: 'Accepted' }))
  expect(cp.received.at(-1)?.payload).toEqual({ key: 'AuthorizationKey', value: first })
  // it has not come back with the new one: the old one must still let it in
  await cp.disconnect()
  await cp.connect(old)
  await cp.disconnect()
  await cp.connect(first)
  await cp.disconnect()
  await expect(cp.connect(old)).rejects.toThrow('401')
  await cp.connect(first)
})

test('SEC-04, negative control: a password that the charger refused never lets anybody in', async () => {
  await cp.ended(await rotate(second, { status: 'Rejected' }))
  await cp.disconnect()
  await expect(cp.connect(second)).rejects.toThrow('401')
  await cp.connect()
})

test('SEC-05: the password stands nowhere in clear, and a short one is refused before it is sent', async () => {
  const value = 'c0ffee00'.repeat(5)
  await cp.ended(await rotate(value, { status: 'Accepted' }))
  const { rows } = await side.pool.query(
    `select (select json_agg(c) from commands c where c.charger_id = $1)::text
         || (select json_agg(f) from telemetry.frames f where f.charger_id = $1)::text
         || (select json_agg(k) from telemetry.charger_credentials k where k.charger_id = $1)::text
         || coalesce((select json_agg(a) from audit_log a), '[]')::text dump`,
    [cp.id],
  )
  const { dump } = rows[0] as { dump: string }
  expect(dump).toContain('AuthorizationKey')
  expect(dump).not.toContain(value)
  await expect(rotate('short', { status: 'Accepted' })).rejects.toThrow('at least 16')
})

test('SEC-09: what a charger says of another one’s charge is answered, and changes nothing there', async () => {
  const { transactionId } = await begin(cp)
  const other = await plugIntoSide(side, next++)
  await boot(other)
  expect(await end(other, transactionId, { meterStop: 999_999 })).toBeInstanceOf(Object)
  const meterValue = [{ timestamp: new Date().toISOString(), sampledValue: [{ value: '888888' }] }]
  expect(await other.say('MeterValues', { connectorId: 1, transactionId, meterValue })).toEqual({})
  expect(await cp.sessions()).toMatchObject([{ status: 'charging', energy_wh: 0 }])
  // the negative control: its own charger ends it
  await end(cp, transactionId)
  expect(await cp.sessions()).toMatchObject([{ energy_wh: 5_000 }])
  other.cut()
})

test('SEC-10: the newest connection wins, commands go there, and the event log says so', async () => {
  const twin = await plugIntoSide(side, next - 1)
  await boot(twin)
  const command = await twin.asked('ClearCache', {}, { status: 'Accepted' })
  expect(await twin.ended(command)).toMatchObject({ status: 'accepted' })
  expect(cp.received.filter(({ action }) => action === 'ClearCache')).toEqual([])
  const events = async () =>
    (
      await side.pool.query(
        `select body->>'type' type from telemetry.events where charger_id = $1 and kind = 'charger.security'`,
        [cp.id],
      )
    ).rows
  expect(await events()).toEqual([{ type: 'DuplicateConnection' }])
  const { rows } = await side.pool.query(
    `select st.connected from chargers ch join charger_states st on st.id = ch.state_id where ch.id = $1`,
    [cp.id],
  )
  expect(rows).toEqual([{ connected: true }])
  twin.cut()
})

test('SEC-10, negative control: a charger that comes back after its line closed is no duplicate', async () => {
  await cp.disconnect()
  await eventually(
    async () =>
      (
        await side.pool.query<{ connected: boolean }>(
          `select st.connected from chargers ch join charger_states st on st.id = ch.state_id where ch.id = $1`,
          [cp.id],
        )
      ).rows[0]!.connected,
    (connected) => !connected,
  )
  await cp.connect()
  await boot(cp)
  const { rows } = await side.pool.query(
    `select 1 from telemetry.events where charger_id = $1 and kind = 'charger.security'`,
    [cp.id],
  )
  expect(rows).toEqual([])
})

test('SEC-11: before its first boot a charger may introduce itself and report facts, nothing else', async () => {
  const fresh = await plugIntoSide(side, next++)
  expect(await fresh.say('Authorize', { idTag: fresh.idTag })).toBe('SecurityError')
  expect(await fresh.say('Heartbeat', {})).toBe('SecurityError')
  expect((await begin(fresh)).transactionId).toBeGreaterThan(0)
  await expect(fresh.asked('ClearCache', {})).rejects.toThrow('not-accepted')
  expect(fresh.received).toEqual([])
  await boot(fresh)
  expect(await fresh.say('Heartbeat', {})).toHaveProperty('currentTime')
  fresh.cut()
})
