/** The demo's chargers come to life: real connections, some charging at once, one broken, one out of service. */
import { createClock } from '#ocpp/sim/clock'
import { startFleet, type Fleet } from '#ocpp/sim/fleet'
import { randomStream } from '#ocpp/sim/random'
import { visit } from '#ocpp/sim/script'
import type { Sql } from '@/db/pool'
import { demoChargers, demoNote } from './demoNetwork'

const FIRST_CARS = 9

export type LiveDemo = { fleet: Fleet; stop: () => Promise<void> }

/** Starts every charger of the demo that is meant to be online; resolves when they were started. */
export async function startLive(
  sql: Sql,
  url: string,
  passwordOf: (identity: string) => string,
): Promise<LiveDemo> {
  const registers = await lastRegisters(sql)
  const cards = await activeCards(sql)
  const online = demoChargers.filter(
    (one) => one.part !== 'offline' && one.part !== 'neverConnected',
  )
  const seed = Math.floor(Date.now() / 1000)
  const clock = createClock()
  const fleet = startFleet({
    url,
    members: online.map((charger) => ({
      identity: charger.identity,
      password: passwordOf(charger.identity),
      model: charger.model,
      habit: charger.part ? 'idle' : 'day',
      registersWh: registers.get(charger.identity),
    })),
    cards,
    seed,
    clock,
    startPerSecond: 20,
    keepTransactions: 50,
  })
  const life = new AbortController()
  void playParts(fleet)
  void sendFirstCars(fleet, cards, { clock, seed, life: life.signal })
  return {
    fleet,
    stop: async () => {
      life.abort()
      await fleet.comeToRest(3_000)
      await fleet.end()
    },
  }
}

async function playParts(fleet: Fleet): Promise<void> {
  for (const charger of fleet.chargers) {
    const part = demoChargers.find((one) => one.identity === charger.identity)?.part
    if (part === 'faulted') {
      await charger.connectors[0]!.fail('GroundFailure', 'Insulation monitor tripped', 'E-1042')
    }
    if (part === 'outOfService') await charger.connectors[0]!.setOperative(false)
  }
}

/** A network without a car would look asleep: a few are there when it opens, whatever the hour. */
async function sendFirstCars(
  fleet: Fleet,
  cards: readonly string[],
  stage: { clock: Fleet['clock']; seed: number; life: AbortSignal },
): Promise<void> {
  const random = randomStream(stage.seed, 'first cars')
  const free = fleet.chargers
    .filter((_, i) => i % 2 === 0)
    .flatMap((charger) => charger.connectors.map((connector) => ({ charger, connector })))
  for (let car = 0; car < FIRST_CARS && free.length > 0; car++) {
    const [{ charger, connector }] = free.splice(random.whole(0, free.length - 1), 1) as [
      (typeof free)[number],
    ]
    await charger.whenOnline()
    if (stage.life.aborted) return
    if (connector.isFree() && !connector.vehicle()) {
      void visit(connector, random.pick(cards), { ...stage, random })
    }
  }
}

/** A meter never goes back: the simulated ones go on where the last session ended. */
async function lastRegisters(sql: Sql): Promise<Map<string, number[]>> {
  const { rows } = await sql.query<{ identity: string; registers: (number | null)[] }>(
    `select c.identity, array_agg((
              select max(coalesce(s.meter_stop_wh, s.meter_start_wh + coalesce(s.energy_wh, 0)))
                from sessions s where s.connector_id = cn.id)::float8 order by cn.connector_id) as registers
       from chargers c join connectors cn on cn.charger_id = c.id where c.note = $1 group by 1`,
    [demoNote],
  )
  return new Map(rows.map((row) => [row.identity, row.registers.map((one) => one ?? 100_000)]))
}

async function activeCards(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ uid: string }>(
    `select uid from rfid_cards where note = $1 and status = 'active'`,
    [demoNote],
  )
  return rows.map((row) => row.uid)
}
