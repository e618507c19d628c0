/** Reservations from the wish to their end, with a real role, a charger that reserves, and the worker's job. */
import { cancelReservation, requestReservation } from '@/commands/reservations'
import { withTransaction } from '@/db/tx'
import { followReservationsAt } from '@/jobs/definitions/followReservations'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'
import { byRule, car, connectCharger, eventually, workUntil } from './helpers/onCharger'

type Charger = Awaited<ReturnType<typeof connectCharger>>

let side: RunningChargerSide
let charger: Charger
let next = 0
let cardId: number
const log = { info: () => {}, warn: () => {} }

beforeAll(async () => {
  side = await startChargerSide({ chargers: 10, prefix: 'RSV' })
})
afterAll(() => side?.close())
beforeEach(async () => {
  charger = await connectCharger(side, next++)
  const { rows } = await side.pool.query<{ id: number }>(
    'select id from rfid_cards where uid = upper($1)',
    [charger.idTag],
  )
  cardId = rows[0]!.id
})
afterEach(() => charger.end())

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const follow = (now = () => new Date()) =>
  followReservationsAt({ pool: side.pool, now, log: log as never })

async function reserve(until = inMinutes(60), connectorId = 1): Promise<number> {
  const reserved = await withTransaction(side.pool, (sql) =>
    requestReservation(sql, {
      ...byRule,
      charger: charger.id,
      connectorId,
      card: cardId,
      driver: undefined,
      until,
      now: new Date(),
    }),
  )
  if (reserved.kind !== 'reserved') throw new Error(JSON.stringify(reserved))
  return reserved.id
}

type Row = { state: string; reason: string | null; session_id: number | null }
const read = async (id: number) =>
  (
    await side.pool.query<Row>('select state, reason, session_id from reservations where id = $1', [
      id,
    ])
  ).rows[0]!
const becomes = (id: number, state: string, now?: () => Date) =>
  workUntil(
    () => follow(now),
    () => read(id),
    (row) => row.state === state,
  )

test('an accepted reservation shows as Reserved and is used by its card, once', async () => {
  const id = await reserve()
  await becomes(id, 'accepted')
  const connector = charger.connectors[0]!
  await connector.until(() => connector.status() === 'Reserved')
  await eventually(
    async () =>
      (
        await side.pool.query<{ status: string }>(
          `select cs.status from connectors cn join connector_states cs on cs.id = cn.state_id
            where cn.charger_id = $1 and cn.connector_id = 1`,
          [charger.id],
        )
      ).rows[0]?.status,
    (status) => status === 'Reserved',
  )
  expect(await connector.presentCard('SOMEBODY')).toBe('refused')
  await connector.plugIn(car)
  expect(await connector.presentCard(charger.idTag)).toBe('started')
  const row = await becomes(id, 'used')
  const { rows } = await side.pool.query(
    'select reservation_number::int number from sessions where id = $1',
    [row.session_id],
  )
  expect(rows).toEqual([{ number: id }])
})

test('nobody came: it expires when its time is over, and not before', async () => {
  const id = await reserve(inMinutes(2))
  await becomes(id, 'accepted')
  await follow(() => new Date(Date.now() + 60_000))
  expect((await read(id)).state).toBe('accepted')
  await becomes(id, 'expired', () => new Date(Date.now() + 120_000))
})

test('it is cancelled when the charger has let go of it', async () => {
  const id = await reserve()
  await becomes(id, 'accepted')
  const cancelled = await withTransaction(side.pool, (sql) =>
    cancelReservation(sql, id, { ...byRule, now: new Date() }),
  )
  expect(cancelled.kind).toBe('cancelling')
  await becomes(id, 'cancelled')
  expect(charger.connectors[0]!.reservation()).toBeNull()
  const again = await withTransaction(side.pool, (sql) =>
    cancelReservation(sql, id, { ...byRule, now: new Date() }),
  )
  expect(again).toMatchObject({ kind: 'refused', status: 409 })
})

test('QUIRKS 27: a fault of the connector cancels it, and the driver is told once', async () => {
  const { rows } = await side.pool.query<{ id: number }>(
    `insert into drivers (name, email) values ('Dana', 'dana@example.test') returning id`,
  )
  await side.pool.query('update rfid_cards set driver_id = $2 where id = $1', [cardId, rows[0]!.id])
  const id = await reserve()
  await becomes(id, 'accepted')
  await charger.connectors[0]!.fail('GroundFailure')
  const row = await becomes(id, 'cancelled-by-fault')
  expect(row.reason).toContain('fault')
  await charger.connectors[0]!.repair()
  await follow()
  const mails = await side.pool.query(
    'select to_address, text from telemetry.mails where key like $1',
    [`reservation/${id}/%`],
  )
  expect(mails.rows).toHaveLength(1)
  expect(mails.rows[0]).toMatchObject({ to_address: 'dana@example.test' })
})

test('a connector in use is not reserved, and the reservation says why', async () => {
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard(charger.idTag)
  const row = await becomes(await reserve(), 'refused')
  expect(row.reason).toContain('in use')
})

test('a charger that takes no reservations refuses it in words', async () => {
  await charger.end()
  charger = await connectCharger(side, next++, { isCoreOnly: true })
  const row = await becomes(await reserve(), 'refused')
  expect(row.reason).toContain('does not support')
})
