/** Simulated chargers charge, a process is killed again and again at random moments, and nothing may be missing. */
import { createClock, sleepMs } from '#ocpp/sim/clock'
import { startFleet, type Fleet } from '#ocpp/sim/fleet'
import { randomStream } from '#ocpp/sim/random'
import { freePort, startOcppRole, type OcppRole } from '@/bench/role'
import { createTestbed, type Testbed } from '@/bench/testbed'
import { brokenPromises } from './oracle'

export type CrashPlan = {
  target: 'ocpp' | 'postgres'
  chargers: number
  crashes: number
  seed: number
}

export type CrashReport = {
  /** Empty when everything held. */
  broken: string[]
  sessions: number
  messages: number
  energyWh: number
  /** From the crash until the first, and until every charger was accepted again; ms, worst of all crashes. */
  worstFirstBackMs: number
  worstAllBackMs: number
}

/** A device minute passes in a quarter of a second: readings, starts and stops are always under way. */
const SPEED = 240
const REST_MS = 90_000

export async function crashUnderLoad(plan: CrashPlan): Promise<CrashReport> {
  const bed = await createTestbed({ chargers: plan.chargers, prefix: 'CRASH' })
  const port = await freePort()
  let role = await startOcppRole(bed, { port })
  const random = randomStream(plan.seed, `crash/${plan.target}`)
  let fleet: Fleet | null = null
  try {
    await role.untilReady()
    fleet = startFleet({
      url: role.url,
      members: bed.chargers,
      cards: bed.chargers.map((charger) => charger.idTag),
      seed: plan.seed,
      clock: createClock({ speed: SPEED }),
      habit: 'busy',
      reconnectMs: 300,
      hasOwnAddresses: process.platform === 'linux',
      startPerSecond: 200,
    })
    await untilBack(fleet)
    const times: { firstMs: number; allMs: number }[] = []
    for (let crash = 0; crash < plan.crashes; crash++) {
      await sleepMs(random.between(800, 3_000))
      role = await crashOnce(plan.target, bed, role, random.between(0, 1_000))
      times.push(await untilBack(fleet))
    }
    const isAtRest = await fleet.comeToRest(REST_MS)
    // The log rows of the last answers ride a flush of their own.
    await sleepMs(2_000)
    const broken = await brokenPromises(
      bed.pool,
      fleet.chargers.map((charger) => charger.ledger),
    )
    if (!isAtRest) broken.push(`messages still wait ${REST_MS / 1000} s after the last crash`)
    if (role.hasEnded()) broken.push('the ocpp role ended by itself')
    const sums = fleet.totals()
    return {
      broken,
      sessions: sums.started,
      messages: sums.messages,
      energyWh: sums.energyWh,
      worstFirstBackMs: Math.max(...times.map((one) => one.firstMs)),
      worstAllBackMs: Math.max(...times.map((one) => one.allMs)),
    }
  } finally {
    await fleet?.end()
    await role.kill()
    await bed.close()
  }
}

async function crashOnce(
  target: CrashPlan['target'],
  bed: Testbed,
  role: OcppRole,
  downMs: number,
): Promise<OcppRole> {
  if (target === 'postgres') {
    await bed.crashPostgres()
    return role
  }
  await role.kill()
  await sleepMs(downMs)
  return startOcppRole(bed, { port: role.port })
}

const WATCH_MS = 20
const PATIENCE_MS = 60_000

/** Waits until every charger is accepted (again). Right after a crash some may not have noticed it yet. */
async function untilBack(fleet: Fleet): Promise<{ firstMs: number; allMs: number }> {
  const from = performance.now()
  const since = () => performance.now() - from
  let firstMs: number | null = null
  for (;;) {
    const online = fleet.chargers.filter((charger) => charger.isOnline()).length
    if (online > 0) firstMs ??= since()
    if (online === fleet.chargers.length) return { firstMs: firstMs ?? since(), allMs: since() }
    if (since() > PATIENCE_MS) {
      throw new Error(`${online} of ${fleet.chargers.length} chargers came back within a minute`)
    }
    await sleepMs(WATCH_MS)
  }
}
