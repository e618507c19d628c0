/** So many hostile frames at the real role, over several connections; what came of it. */
import { createCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { arrivingVehicle } from '#ocpp/sim/physics'
import { randomStream } from '#ocpp/sim/random'
import type { BenchCharger } from '@/bench/protocol'
import { benchEnv, type OcppRole } from '@/bench/role'
import { startChargerSide } from '../helpers/chargerSide'
import { fire, newTally, type Tally } from './gunner'

export type FuzzReport = Tally & {
  isAlive: boolean
  grownBytes: number
  /** A decent charger was served afterwards. */
  isServing: boolean
}

export const gunners = 8
const WARM_UP = 50

export async function fuzz(frames: number, seed: number): Promise<FuzzReport> {
  const side = await startChargerSide({
    chargers: gunners + 1,
    prefix: 'FUZZ',
    env: benchEnv,
    hasProbe: true,
  })
  try {
    return await fuzzAt(side, frames, seed)
  } finally {
    await side.close()
  }
}

/** The same at a role that runs already, started with a probe. */
export async function fuzzAt(
  side: { role: OcppRole; chargers: readonly BenchCharger[] },
  frames: number,
  seed: number,
): Promise<FuzzReport> {
  const tally = newTally()
  const volley = (each: number, label: string, into: Tally) =>
    Promise.all(
      side.chargers
        .slice(0, gunners)
        .map((charger, i) =>
          fire(side.role.url, charger, each, randomStream(seed, `${label}/${i}`), into),
        ),
    )
  // What a role allocates once (schemas, plans, buffers) is no growth.
  await volley(WARM_UP, 'warm-up', newTally())
  const before = await side.role.weigh()
  await volley(Math.ceil(frames / gunners), 'fuzz', tally)
  const isServing = await chargesOnce(side.role.url, side.chargers[gunners]!)
  const after = await side.role.weigh()
  return {
    ...tally,
    isAlive: !side.role.hasEnded(),
    grownBytes: after.rss - before.rss,
    isServing,
  }
}

/** A whole charge by a charger that behaves; true when all of it was acknowledged. */
async function chargesOnce(url: string, registered: BenchCharger): Promise<boolean> {
  const charger = createCharger({
    ...registered,
    url,
    model: 'AC11',
    seed: 1,
    clock: createClock(),
    reconnectMs: 100,
  })
  try {
    charger.powerUp()
    await charger.whenOnline()
    const [connector] = charger.connectors
    await connector!.plugIn(arrivingVehicle(randomStream(1, 'car')))
    const verdict = await connector!.presentCard(registered.idTag)
    await connector!.unplug()
    await charger.whenSettled()
    return verdict === 'started' && charger.ledger.transactions[0]!.isStopAcked
  } finally {
    await charger.end()
  }
}
