/** The product with the demo network and its simulated chargers, which do nothing of themselves: the test plays everybody. */
import { createHmac } from 'node:crypto'

import { startFleet, type Fleet } from '#ocpp/sim/fleet'
import { createClock } from '#ocpp/sim/clock'
import type { SimCharger } from '#ocpp/sim/charger'
import type { Vehicle } from '#ocpp/sim/physics'
import { readEnv } from '@/platform/env'
import { demoChargers } from '@/seed/demoNetwork'
import { writeDemo } from '@/seed/demoWrite'

import { startProduct, type Product } from './product'

export type DemoProduct = Product & {
  fleet: Fleet
  /** The simulated charger of an identity, and its id in the panel. */
  charger(identity: string): SimCharger
  idOf(identity: string): number
  passwordOf(identity: string): string
}

/** A car that takes what it gets for the length of a test. */
export const hungryCar: Vehicle = {
  batteryWh: 90_000,
  acMaxW: 22_000,
  acPhases: 3,
  dcMaxW: 120_000,
  socPercent: 20,
  targetPercent: 100,
}

export async function startDemoProduct(): Promise<DemoProduct> {
  const product = await startProduct()
  const { chargerKey } = readEnv({ PAYLOAD_SECRET: product.payloadSecret })
  const passwordOf = (identity: string) =>
    createHmac('sha256', chargerKey).update(`demo/${identity}`).digest('hex').slice(0, 40)
  const now = new Date()
  await writeDemo(product.pool, { passwordOf, chargerKey, now, say: () => {} })
  const { rows } = await product.pool.query<{ identity: string; id: number }>(
    'select identity, id from chargers',
  )
  const ids = new Map(rows.map(({ identity, id }) => [identity, id]))
  const online = demoChargers.filter(({ part }) => part !== 'offline' && part !== 'neverConnected')
  const fleet = startFleet({
    url: product.ocppUrl,
    members: online.map(({ identity, model }) => ({
      identity,
      model,
      password: passwordOf(identity),
      habit: 'idle',
    })),
    cards: [],
    seed: 7,
    clock: createClock(),
    startPerSecond: 200,
    rebootSeconds: 2,
    installSeconds: 1,
    sampleSeconds: 2,
    reconnectMs: 100,
  })
  const simulated = new Map(fleet.chargers.map((one) => [one.identity, one]))
  await Promise.all(fleet.chargers.map((one) => one.whenOnline()))
  return {
    ...product,
    fleet,
    charger: (identity) => known(simulated.get(identity), identity),
    idOf: (identity) => known(ids.get(identity), identity),
    passwordOf,
    async close() {
      await fleet.end()
      await product.close()
    },
  }
}

function known<T>(found: T | undefined, identity: string): T {
  if (found === undefined) throw new Error(`The demo network has no ${identity}`)
  return found
}
