import { createWriter, type Writer } from '@/db/writer'
import type { Fact, OutcomeOf } from '@/domain/facts'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { createRecorders } from './index'
import { createWishes } from './wishes'

/**
 * Whom a private charger serves (M3), entered as a charger enters: an Authorize, or a start, through the batch writer.
 * ANNA drives for the fleet Couriers, BEN for nobody; POOL is a card of the fleet, VAN the card of one of its vans.
 */
let db: TestDatabase
let writer: Writer
let siteId: number
let count = 0
const ids: Record<string, number> = {}

beforeAll(async () => {
  db = await testDatabase()
  writer = createWriter({
    connectionString: db.url,
    recorders: createRecorders({
      instance: 'test',
      live: new Map(),
      wishes: createWishes(Date.now),
    }),
    companion: { kind: 'frame', maxRows: 1000 },
    now: () => new Date(),
  })
  siteId = await idOf(`insert into sites (name) values ('Leeds Dock') returning id`)
  ids.couriers = await idOf(`insert into fleets (name) values ('Couriers') returning id`)
  ids.other = await idOf(`insert into fleets (name) values ('Other fleet') returning id`)
  ids.anna = await idOf(
    `insert into drivers (name, email, fleet_id) values ('Anna', 'anna@example.test', $1) returning id`,
    [ids.couriers],
  )
  ids.ben = await idOf(
    `insert into drivers (name, email) values ('Ben', 'ben@example.test') returning id`,
  )
  ids.van = await idOf(
    `insert into vehicles (registration, fleet_id) values ('VAN 1', $1) returning id`,
    [ids.couriers],
  )
  ids.annaCard = await card('ANNA', { driver: ids.anna })
  ids.benCard = await card('BEN', { driver: ids.ben })
  ids.poolCard = await card('POOL', { fleet: ids.couriers })
  ids.vanCard = await card('VANCARD', { vehicle: ids.van })
  ids.blocked = await card('BLOCKED', { driver: ids.anna, status: 'blocked' })
})

afterAll(async () => {
  await writer.close()
  await db.close()
})

async function idOf(statement: string, values: unknown[] = []): Promise<number> {
  return (await db.pool.query<{ id: number }>(statement, values)).rows[0]!.id
}

const card = (
  uid: string,
  of: { driver?: number; fleet?: number; vehicle?: number; status?: string },
) =>
  idOf(
    `insert into rfid_cards (uid, driver_id, fleet_id, vehicle_id, status)
     values ($1, $2, $3, $4, $5::enum_rfid_cards_status) returning id`,
    [uid, of.driver ?? null, of.fleet ?? null, of.vehicle ?? null, of.status ?? 'active'],
  )

async function newCharger(
  visibility: 'public' | 'private',
  approved: { drivers?: number[]; fleets?: number[]; cards?: number[] } = {},
): Promise<number> {
  const name = `PRIVATE-${++count}`
  const id = await idOf(
    `with state as (insert into charger_states default values returning id)
     insert into chargers (identity, name, site_id, state_id, visibility)
     select $1, $1, $2, id, $3::enum_chargers_visibility from state returning id`,
    [name, siteId, visibility],
  )
  const lists = [
    ['approvedDrivers', 'drivers_id', approved.drivers],
    ['approvedFleets', 'fleets_id', approved.fleets],
    ['approvedCards', 'rfid_cards_id', approved.cards],
  ] as const
  for (const [path, column, members] of lists)
    for (const [order, member] of (members ?? []).entries())
      await db.pool.query(
        `insert into chargers_rels (parent_id, path, "order", ${column}) values ($1, $2, $3, $4)`,
        [id, path, order + 1, member],
      )
  return id
}

async function record<F extends Fact>(fact: Omit<F, 'receivedAt'>) {
  const whole = { receivedAt: new Date(), ...fact } as F
  return (await writer.submit(whole.kind, whole)) as OutcomeOf<F>
}

const ask = async (chargerId: number, idToken: string) =>
  (
    await record<Extract<Fact, { kind: 'AuthorizationAsked' }>>({
      kind: 'AuthorizationAsked',
      chargerId,
      idToken,
    })
  ).status

const verdicts = async (chargerId: number, cards: readonly string[]) =>
  Object.fromEntries(
    await Promise.all(cards.map(async (one) => [one, await ask(chargerId, one)] as const)),
  )

const everybody = ['ANNA', 'BEN', 'POOL', 'VANCARD'] as const
const accepted = (...cards: string[]) =>
  Object.fromEntries(
    everybody.map((one) => [one, cards.includes(one) ? 'Accepted' : 'Invalid'] as const),
  )

test('a private charger that names nobody serves every card of the network', async () => {
  expect(await verdicts(await newCharger('private'), everybody)).toEqual(accepted(...everybody))
})

test('an approved driver is served, with any of his cards, and nobody else', async () => {
  const charger = await newCharger('private', { drivers: [ids.anna!] })
  expect(await verdicts(charger, everybody)).toEqual(accepted('ANNA'))
})

test('an approved fleet lets in its drivers, its cards and the cards of its vehicles', async () => {
  const charger = await newCharger('private', { fleets: [ids.couriers!] })
  expect(await verdicts(charger, everybody)).toEqual(accepted('ANNA', 'POOL', 'VANCARD'))
})

test('an approved card is served whoever holds it', async () => {
  const charger = await newCharger('private', { cards: [ids.benCard!] })
  expect(await verdicts(charger, everybody)).toEqual(accepted('BEN'))
})

test('the three lists add up', async () => {
  const charger = await newCharger('private', {
    drivers: [ids.ben!],
    fleets: [ids.other!],
    cards: [ids.vanCard!],
  })
  expect(await verdicts(charger, everybody)).toEqual(accepted('BEN', 'VANCARD'))
})

test('a public charger serves everybody, whatever was listed while it was private', async () => {
  const charger = await newCharger('public', { drivers: [ids.ben!] })
  expect(await verdicts(charger, everybody)).toEqual(accepted(...everybody))
})

test('one charger’s list says nothing of another, in the same flush', async () => {
  const [hers, his, open] = [
    await newCharger('private', { drivers: [ids.anna!] }),
    await newCharger('private', { drivers: [ids.ben!] }),
    await newCharger('private'),
  ]
  const answers = await Promise.all(
    [hers, his, open].flatMap((charger) => [ask(charger, 'ANNA'), ask(charger, 'BEN')]),
  )
  expect(answers).toEqual(['Accepted', 'Invalid', 'Invalid', 'Accepted', 'Accepted', 'Accepted'])
})

test('a blocked card of an approved driver stays blocked, an unknown card stays unknown', async () => {
  const charger = await newCharger('private', { drivers: [ids.anna!] })
  expect(await verdicts(charger, ['BLOCKED', 'NOBODY'])).toEqual({
    BLOCKED: 'Blocked',
    NOBODY: 'Invalid',
  })
})

test('where unknown cards are welcome, they are not welcome here', async () => {
  await db.pool.query(`update settings set unknown_cards = 'accept'`)
  const [named, open] = [
    await newCharger('private', { drivers: [ids.anna!] }),
    await newCharger('private'),
  ]
  expect([await ask(named, 'STRANGER'), await ask(open, 'STRANGER')]).toEqual([
    'Invalid',
    'Accepted',
  ])
  await db.pool.query(`update settings set unknown_cards = 'refuse'`)
})

test('a card that is taken off the list is refused at its next tap', async () => {
  const charger = await newCharger('private', { drivers: [ids.anna!, ids.ben!] })
  expect(await ask(charger, 'BEN')).toBe('Accepted')
  await db.pool.query('delete from chargers_rels where parent_id = $1 and drivers_id = $2', [
    charger,
    ids.ben,
  ])
  expect(await ask(charger, 'BEN')).toBe('Invalid')
})

test('what the panel started remotely goes through, for a quarter of an hour', async () => {
  const charger = await newCharger('private', { drivers: [ids.anna!] })
  await db.pool.query(
    `insert into commands (charger_id, action, status, id_tag, created_at) values
       ($1, 'RemoteStartTransaction', 'accepted', 'BEN', now()),
       ($1, 'RemoteStartTransaction', 'accepted', 'POOL', now() - interval '16 minutes'),
       ($1, 'RemoteStartTransaction', 'rejected', 'VANCARD', now())`,
    [charger],
  )
  expect(await verdicts(charger, everybody)).toEqual(accepted('ANNA', 'BEN'))
})

test('a start with a card that is not let in is recorded all the same, and answered Invalid', async () => {
  const charger = await newCharger('private', { drivers: [ids.anna!] })
  const start = await record<Extract<Fact, { kind: 'SessionStarted' }>>({
    kind: 'SessionStarted',
    chargerId: charger,
    connectorId: 1,
    idToken: 'BEN',
    meterStartWh: 0,
    deviceTime: new Date().toISOString(),
    reservationId: null,
  })
  expect(start.authorization).toEqual({ status: 'Invalid', expiresAt: null, parentIdToken: null })
  const { rows } = await db.pool.query('select id_tag from sessions where charger_id = $1', [
    charger,
  ])
  expect(rows).toEqual([{ id_tag: 'BEN' }])
})
