/**
 * One charge per row of the table of field quirks, by a simulated charger that has the quirk: the connection survives,
 * exactly one session exists, its energy is what the meter counted or the session says why a person must look, and the
 * frames are kept as they came.
 */
import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { faultNames, faults, type FaultName } from '#ocpp/sim/faults'
import type { TransactionRecord } from '#ocpp/sim/ledger'
import type { BenchCharger } from '@/bench/protocol'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { fromFields } from '@/domain/tariff/fromFields'
import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { logFor } from '@/platform/log'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'

/** Refused at the door by design: there is no agreed language (QUIRKS 1). */
const refused: readonly FaultName[] = ['noSubprotocol', 'wrongSubprotocol']
/** No session begins at all: what it did is kept as an orphan (QUIRKS 41). */
const unannounced: readonly FaultName[] = ['freeVend']
const served = faultNames.filter((name) => !refused.includes(name) && !unannounced.includes(name))
/** The connection is cut by the charger itself, again and again. */
const cutsLine: readonly FaultName[] = ['flapping', 'offlineBurst', 'doubledSocket']

type Stored = {
  energy_wh: number | null
  status: string
  review_reason: string | null
  stopped_at: Date | null
}

let side: RunningChargerSide
/** Identity → what its meter counted, Wh. */
const counted = new Map<string, number>()

const RATE_MICROS = 450_000

beforeAll(async () => {
  side = await startChargerSide({ chargers: faultNames.length, prefix: 'QUIRK' })
  const { rows } = await side.pool.query<{ id: number }>(
    `insert into tariffs (name, currency, energy_rate_micros) values ('Quirks', 'GBP', $1) returning id`,
    [RATE_MICROS],
  )
  const tariff = fromFields({ currency: 'GBP', energyRateMicros: RATE_MICROS })
  await insertTariffVersion(side.pool, tariffVersion(rows[0]!.id, tariff))
  await side.pool.query('update settings set default_tariff_id = $1', [rows[0]!.id])
})
afterAll(() => side?.close())

const registered = (fault: FaultName) => side.chargers[faultNames.indexOf(fault)]!

function chargerWith(fault: FaultName, identity: BenchCharger): SimCharger {
  return createCharger({
    ...identity,
    url: side.role.url,
    model: 'AC11',
    seed: faultNames.indexOf(fault),
    clock: createClock({ speed: 1_200 }),
    faults: [fault],
    reconnectMs: 50,
  })
}

/** Plugs in, charges for some readings, unplugs; resolves when everything was answered. */
async function chargeOnce(charger: SimCharger, idTag: string): Promise<TransactionRecord> {
  const [connector] = charger.connectors
  charger.powerUp()
  await charger.whenOnline()
  await connector!.plugIn({
    batteryWh: 60_000,
    acMaxW: 11_000,
    acPhases: 3,
    dcMaxW: 0,
    socPercent: 20,
    targetPercent: 100,
  })
  await connector!.presentCard(idTag)
  const record = connector!.transaction()!
  await connector!.until(() => record.samples.length >= 6)
  await connector!.unplug()
  await charger.whenSettled()
  return record
}

/** It was accepted once in its life; after a mere reconnect it need not say so again. */
async function bootOnce(identity: BenchCharger): Promise<void> {
  const charger = chargerWith('manySubprotocols', identity)
  charger.powerUp()
  await charger.whenOnline()
  await charger.end()
}

/** What a row needs of the central system before its charger comes. */
const prepare: Partial<Record<FaultName, (identity: BenchCharger) => Promise<unknown>>> = {
  neverBoots: bootOnce,
  obeysSecondStart: ({ idTag }) =>
    side.pool.query('update rfid_cards set one_session_at_a_time = true where uid = $1', [idTag]),
  ignoresRefusal: ({ idTag }) =>
    side.pool.query(`update rfid_cards set status = 'blocked' where uid = $1`, [idTag]),
}

/** Every report of the charger is in the log of frames as it came, at least as often as it was answered. */
async function expectFramesKept(charger: SimCharger, isCut: boolean): Promise<void> {
  const { rows } = await side.pool.query<{ action: string; n: number }>(
    `select f.action, count(*)::int n from telemetry.frames f join chargers c on c.id = f.charger_id
      where c.identity = $1 and f.direction = 0 and f.kind = 2 group by 1`,
    [charger.identity],
  )
  const logged = Object.fromEntries(rows.map(({ action, n }) => [action, n]))
  for (const action of ['StartTransaction', 'MeterValues', 'StopTransaction']) {
    const { acked = 0, sent = 0 } = charger.ledger.counts.get(action) ?? {}
    expect({ action, n: logged[action] ?? 0 }).toEqual({
      action,
      n: isCut ? Math.max(acked, logged[action] ?? 0) : sent,
    })
  }
}

async function sessionsOf(identity: string): Promise<Stored[]> {
  const { rows } = await side.pool.query<Stored>(
    `select s.energy_wh, s.status, s.review_reason, s.stopped_at
     from sessions s join chargers c on c.id = s.charger_id where c.identity = $1`,
    [identity],
  )
  return rows
}

test.each(served.map((name) => [faults[name].row, name, faults[name].what] as const))(
  'row %i, %s (%s): one session with the right energy',
  async (_row, fault) => {
    const identity = registered(fault)
    const charger = chargerWith(fault, identity)
    try {
      await prepare[fault]?.(identity)
      const record = await chargeOnce(charger, identity.idTag)
      expect(charger.ledger.refusals).toEqual([])
      const sessions = await sessionsOf(identity.identity)
      expect(sessions).toHaveLength(1)
      const [session] = sessions
      // Without a value in the stop the last reading is what is known (QUIRKS 37); the pricing finds it.
      const endWh = fault === 'bareStop' ? record.samples.at(-1)!.energyWh : record.meterStopWh!
      counted.set(identity.identity, endWh - record.meterStartWh)
      if (session!.review_reason === null && session!.stopped_at !== null && fault !== 'bareStop') {
        expect(session!.energy_wh).toBe(counted.get(identity.identity))
      }
      expect(charger.isOnline()).toBe(true)
      await expectFramesKept(charger, cutsLine.includes(fault))
    } finally {
      await charger.end()
    }
  },
)

test.each(unannounced.map((name) => [faults[name].row, name, faults[name].what] as const))(
  'row %i, %s (%s): it is answered, and its stop is kept as an orphan for a person to look at',
  async (_row, fault) => {
    const identity = registered(fault)
    const charger = chargerWith(fault, identity)
    try {
      await chargeOnce(charger, identity.idTag)
      expect(charger.ledger.refusals).toEqual([])
      expect(await sessionsOf(identity.identity)).toEqual([])
      const { rows } = await side.pool.query(
        `select o.reason from telemetry.stop_conflicts o join chargers c on c.id = o.charger_id where c.identity = $1`,
        [identity.identity],
      )
      expect(rows).toEqual([{ reason: 'unknown' }])
      await expectFramesKept(charger, false)
    } finally {
      await charger.end()
    }
  },
)

test('afterwards each session has its energy and price, or the reason why a person must look', async () => {
  await priceEndedSessions({ pool: side.pool, now: () => new Date(), log: logFor('test') })
  const { rows } = await side.pool.query<Stored & { identity: string; cost_minor: number | null }>(
    `select c.identity, s.energy_wh, s.status, s.review_reason, s.cost_minor
     from sessions s join chargers c on c.id = s.charger_id where s.stopped_at is not null`,
  )
  expect(rows.length).toBeGreaterThan(served.length / 2)
  for (const row of rows) {
    if (row.status === 'needs-review') {
      expect(row.review_reason).toMatch(/\w+ .+\.$/)
      continue
    }
    const energyWh = counted.get(row.identity)!
    expect(row).toMatchObject({
      energy_wh: energyWh,
      cost_minor: Math.round((energyWh * RATE_MICROS) / 1e7),
    })
  }
})

test.each(refused)(
  '%s is refused at the door, and said in the log of handshakes',
  async (fault) => {
    const identity = registered(fault)
    const charger = chargerWith(fault, identity)
    try {
      charger.powerUp()
      for (let tries = 0; tries < 100; tries++) {
        const { rows } = await side.pool.query(
          `select cause from telemetry.handshakes where identity = $1 limit 1`,
          [identity.identity],
        )
        if (rows.length > 0) return expect(rows[0]).toMatchObject({ cause: 'subprotocol' })
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('no handshake was noted')
    } finally {
      await charger.end()
    }
  },
)
