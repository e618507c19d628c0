import { createWriter, type Writer } from '@/db/writer'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import type { OutcomeOf, SessionStarted } from '@/domain/facts'
import { fromFields } from '@/domain/tariff/fromFields'
import { testDatabase, type TestDatabase } from '@/tests/helpers/db'
import { createRecorders } from './index'
import { createWishes } from './wishes'

/**
 * What a session costs is decided when it begins (S4), entered as a charger enters: a StartTransaction through the
 * batch writer. Two sites: Leeds has a tariff, York none; each test sets what else holds.
 */
let db: TestDatabase
let writer: Writer
let leeds: number
let york: number
let count = 0

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
  leeds = await idOf(`insert into sites (name, tariff_id) values ('Leeds', $1) returning id`, [
    await tariff('Leeds', 450_000),
  ])
  york = await idOf(`insert into sites (name) values ('York') returning id`)
})

afterAll(async () => {
  await writer.close()
  await db.close()
})

async function idOf(statement: string, values: unknown[] = []): Promise<number> {
  return (await db.pool.query<{ id: number }>(statement, values)).rows[0]!.id
}

async function tariff(name: string, energyRateMicros: number): Promise<number> {
  const id = await idOf(`insert into tariffs (name, currency) values ($1, 'GBP') returning id`, [
    name,
  ])
  const version = tariffVersion(id, fromFields({ currency: 'GBP', energyRateMicros }))
  await insertTariffVersion(db.pool, version)
  return id
}

async function group(
  pricing: 'tariff' | 'discount' | 'free',
  of: { tariff?: number; discount?: number; sites?: number[] } = {},
): Promise<number> {
  const id = await idOf(
    `insert into price_groups (name, pricing, tariff_id, discount_basis_points)
     values ($1, $2::enum_price_groups_pricing, $3, $4) returning id`,
    [`Group ${++count}`, pricing, of.tariff ?? null, of.discount ?? null],
  )
  for (const site of of.sites ?? [])
    await db.pool.query(
      `insert into price_groups_rels (parent_id, path, sites_id) values ($1, 'sites', $2)`,
      [id, site],
    )
  return id
}

async function card(
  of: { group?: number; driver?: number; fleet?: number; vehicle?: number } = {},
) {
  const uid = `CARD${++count}`
  await db.pool.query(
    `insert into rfid_cards (uid, status, price_group_id, driver_id, fleet_id, vehicle_id)
     values ($1, 'active', $2, $3, $4, $5)`,
    [uid, of.group ?? null, of.driver ?? null, of.fleet ?? null, of.vehicle ?? null],
  )
  return uid
}

const member = async (
  table: 'drivers' | 'fleets',
  groupId: number | null,
  fleetId: number | null = null,
) =>
  table === 'drivers'
    ? idOf(
        'insert into drivers (name, email, price_group_id, fleet_id) values ($1, $2, $3, $4) returning id',
        [`D${++count}`, `d${count}@example.test`, groupId, fleetId],
      )
    : idOf('insert into fleets (name, price_group_id) values ($1, $2) returning id', [
        `F${++count}`,
        groupId,
      ])

async function charger(
  site: number,
  of: { tariff?: number; free?: boolean; connectorTariff?: number } = {},
): Promise<number> {
  const id = await idOf(
    `with state as (insert into charger_states default values returning id)
     insert into chargers (identity, name, site_id, state_id, tariff_id, free_of_charge)
     select $1, $1, $2, id, $3, $4 from state returning id`,
    [`PRICE-${++count}`, site, of.tariff ?? null, of.free ?? false],
  )
  await db.pool.query(
    `with state as (insert into connector_states default values returning id)
     insert into connectors (charger_id, connector_id, state_id, tariff_id) select $1, 1, id, $2 from state`,
    [id, of.connectorTariff ?? null],
  )
  return id
}

type Frozen = {
  source: string | null
  rate: number | null
  discount: number | null
  group: number | null
  currency: string | null
}

async function start(chargerId: number, idToken: string): Promise<Frozen> {
  const fact: SessionStarted = {
    kind: 'SessionStarted',
    chargerId,
    connectorId: 1,
    idToken,
    meterStartWh: ++count,
    deviceTime: new Date().toISOString(),
    receivedAt: new Date(),
  } as SessionStarted
  const outcome = (await writer.submit('SessionStarted', fact)) as OutcomeOf<SessionStarted>
  const { rows } = await db.pool.query<Frozen>(
    `select price_source source, discount_basis_points discount, price_group_id "group", currency,
            (select (v.body #>> '{elements,0,components,0,rateMicros}')::int from telemetry.tariff_versions v
              where v.id = s.tariff_version) rate
       from sessions s where transaction_id = $1`,
    [outcome.transactionId],
  )
  return rows[0]!
}

test('the site’s tariff holds, a charger’s before it, a connector’s before that', async () => {
  const uid = await card()
  const [ofCharger, ofConnector] = [await tariff('Rapid', 790_000), await tariff('Bay', 300_000)]
  expect(await start(await charger(leeds), uid)).toEqual({
    source: 'site',
    rate: 450_000,
    discount: null,
    group: null,
    currency: 'GBP',
  })
  expect(await start(await charger(leeds, { tariff: ofCharger }), uid)).toMatchObject({
    source: 'charger',
    rate: 790_000,
  })
  const both = { tariff: ofCharger, connectorTariff: ofConnector }
  expect(await start(await charger(leeds, both), uid)).toMatchObject({
    source: 'connector',
    rate: 300_000,
  })
})

test('with no price anywhere nothing is frozen: not even a source', async () => {
  expect(await start(await charger(york), 'UNKNOWN')).toEqual({
    source: null,
    rate: null,
    discount: null,
    group: null,
    currency: null,
  })
})

test('a charger marked free is free under a priced site, unless its connector has a price', async () => {
  const uid = await card()
  expect(await start(await charger(leeds, { free: true }), uid)).toMatchObject({
    source: 'charger-free',
    rate: null,
    currency: 'GBP',
  })
  const exception = { free: true, connectorTariff: await tariff('Guest bay', 100_000) }
  expect(await start(await charger(leeds, exception), uid)).toMatchObject({ source: 'connector' })
})

test('a site marked free is free, whatever the default tariff; its own chargers may cost', async () => {
  const site = await idOf(
    `insert into sites (name, free_of_charge) values ('Staff car park', true) returning id`,
  )
  expect(await start(await charger(site), await card())).toMatchObject({ source: 'site-free' })
  const priced = await charger(site, { tariff: await tariff('Rapid there', 600_000) })
  expect(await start(priced, await card())).toMatchObject({ source: 'charger', rate: 600_000 })
})

test('the group of a card, else of its driver, else of its fleets, goes before every place', async () => {
  const here = await charger(leeds)
  const groups = await Promise.all(
    [100_000, 200_000, 300_000, 350_000, 380_000].map(async (rate) =>
      group('tariff', { tariff: await tariff(`Own ${rate}`, rate) }),
    ),
  )
  const [ofCard, ofDriver, ofCardFleet, ofDriverFleet, ofVehicleFleet] = groups
  const driverFleet = await member('fleets', ofDriverFleet!)
  const driver = await member('drivers', ofDriver!, driverFleet)
  const plainDriver = await member('drivers', null, driverFleet)
  const cardFleet = await member('fleets', ofCardFleet!)
  const vehicle = await idOf(
    `insert into vehicles (registration, fleet_id) values ('VAN 9', $1) returning id`,
    [await member('fleets', ofVehicleFleet!)],
  )
  const rateOf = async (of: Parameters<typeof card>[0]) => (await start(here, await card(of))).rate
  expect(await rateOf({ group: ofCard!, driver, fleet: cardFleet, vehicle })).toBe(100_000)
  expect(await rateOf({ driver, fleet: cardFleet, vehicle })).toBe(200_000)
  expect(await rateOf({ driver: plainDriver, fleet: cardFleet, vehicle })).toBe(300_000)
  expect(await rateOf({ driver: plainDriver, vehicle })).toBe(350_000)
  expect(await rateOf({ vehicle })).toBe(380_000)
})

test('a group that names sites holds there, and elsewhere the next one of the same person does', async () => {
  const tenants = await group('free', { sites: [leeds] })
  const staff = await group('discount', { discount: 2000 })
  const driver = await member('drivers', staff)
  const uid = await card({ group: tenants, driver })
  expect(await start(await charger(leeds), uid)).toMatchObject({
    source: 'group-free',
    group: tenants,
    currency: 'GBP',
  })
  const elsewhere = await idOf(
    `insert into sites (name, tariff_id) values ('Hull', $1) returning id`,
    [await tariff('Hull', 500_000)],
  )
  expect(await start(await charger(elsewhere), uid)).toMatchObject({
    source: 'group-discount',
    rate: 500_000,
    discount: 2000,
    group: staff,
  })
})

test('a discount on no price is no price, and one on a free charger leaves it free', async () => {
  const uid = await card({ group: await group('discount', { discount: 5000 }) })
  expect(await start(await charger(york), uid)).toMatchObject({ source: null, discount: null })
  expect(await start(await charger(york, { free: true }), uid)).toMatchObject({
    source: 'charger-free',
    discount: null,
  })
})

test('a group whose tariff is gone sets no price: it waits for review and is not the usual one', async () => {
  const uid = await card({ group: await group('tariff') })
  expect(await start(await charger(leeds), uid)).toMatchObject({ source: null, rate: null })
})
