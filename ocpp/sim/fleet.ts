/** Many simulated chargers: made, powered up a few at a time, visited by drivers, and brought to rest. */
import { setMaxListeners } from 'node:events'
import { createCharger, type ChargerOptions, type SimCharger } from './charger'
import { createClock, sleepMs, type SimClock } from './clock'
import { totals } from './ledger'
import { arrivingVehicle, modelNames, type ModelName } from './physics'
import { randomStream } from './random'
import { keepVisiting, runScript, seeOff, type Habit, type Step } from './script'

export type FleetMember = {
  identity: string
  password: string
  model?: ModelName
  habit?: Habit
  registersWh?: readonly number[]
}

export type FleetOptions = {
  url: string
  members: readonly FleetMember[]
  cards: readonly string[]
  seed: number
  clock?: SimClock
  habit?: Habit
  /** Instead of a habit: what happens to each charger. */
  steps?: readonly Step[]
  faults?: ChargerOptions['faults']
  reconnectMs?: number
  answerTimeoutMs?: number
  rebootSeconds?: number
  installSeconds?: number
  sampleSeconds?: number
  keepTransactions?: number
  /** Chargers come from addresses of their own in 127.0.0.0/24 (Linux), as they do in the field. */
  hasOwnAddresses?: boolean
  /** Chargers powered up per second. */
  startPerSecond?: number
  onNews?: (text: string) => void
}

export type Fleet = {
  chargers: SimCharger[]
  clock: SimClock
  /** Drivers stop coming, all charges end, every message is answered. False when that took longer than `withinMs`. */
  comeToRest: (withinMs: number) => Promise<boolean>
  totals: () => ReturnType<typeof totals>
  end: () => Promise<void>
}

/** Starts the chargers; resolves at once, they come up by and by. */
export function startFleet(options: FleetOptions): Fleet {
  const clock = options.clock ?? createClock()
  const life = new AbortController()
  setMaxListeners(0, life.signal)
  const models = randomStream(options.seed, 'models')
  const chargers = options.members.map((member, index) => {
    const random = randomStream(options.seed, `${member.identity}/drivers`)
    const stage = { clock, random, life: life.signal }
    return createCharger({
      ...options,
      identity: member.identity,
      password: member.password,
      registersWh: member.registersWh,
      model: member.model ?? models.pick(modelNames),
      clock,
      localAddress: options.hasOwnAddresses ? `127.0.0.${1 + (index % 250)}` : undefined,
      onAwaiting: (charger, connectorId) => {
        const connector = charger.connectors.find((one) => one.id === connectorId)!
        void (async () => {
          if (!(await clock.sleep(random.between(4, 15), life.signal))) return
          if (connector.vehicle()) return
          await connector.plugIn(arrivingVehicle(random))
          await seeOff(connector, null, stage)
        })()
      },
    })
  })
  void powerUpAll(chargers, options, clock, life.signal)
  return {
    chargers,
    clock,
    comeToRest: async (withinMs) => {
      life.abort()
      await Promise.all(
        chargers.flatMap((charger) => charger.connectors.map((connector) => connector.unplug())),
      )
      const patience = new AbortController()
      const settled = Promise.all(chargers.map((charger) => charger.whenSettled()))
      const isAtRest = settled.then(() => true)
      const isLate = sleepMs(withinMs, patience.signal).then(() => false)
      return Promise.race([isAtRest, isLate]).finally(() => patience.abort())
    },
    totals: () => totals(chargers.map((charger) => charger.ledger)),
    end: async () => {
      life.abort()
      await Promise.all(chargers.map((charger) => charger.end()))
    },
  }
}

async function powerUpAll(
  chargers: readonly SimCharger[],
  options: FleetOptions,
  clock: SimClock,
  life: AbortSignal,
) {
  for (const [index, charger] of chargers.entries()) {
    if (life.aborted) return
    charger.powerUp()
    const stage = {
      clock,
      random: randomStream(options.seed, `${charger.identity}/visits`),
      life,
    }
    const habit = options.members[index]!.habit ?? options.habit ?? 'day'
    if (options.steps) void runScript(charger, options.steps, stage)
    else if (habit !== 'idle') {
      for (const connector of charger.connectors) {
        void keepVisiting(connector, habit, options.cards, stage)
      }
    }
    await sleepMs(1000 / (options.startPerSecond ?? 50))
  }
}
