/** What happens to a charger from outside: a list of steps from a file, or drivers who come and go by habit. */
import type { SimClock } from './clock'
import type { Connector } from './connector'
import type { SimCharger } from './charger'
import { arrivingVehicle } from './physics'
import type { Random } from './random'

export type Step =
  | { do: 'plug'; connector?: number; socPercent?: number; targetPercent?: number }
  | { do: 'card'; connector?: number; idTag: string }
  | { do: 'unplug'; connector?: number }
  | { do: 'wait'; seconds: number }
  | { do: 'waitUntilFull'; connector?: number; atMostSeconds: number }
  | { do: 'fail'; connector?: number; errorCode: string; info?: string; vendorErrorCode?: string }
  | { do: 'repair'; connector?: number }
  | { do: 'offline' }
  | { do: 'online' }
  | { do: 'powerCut' }
  | { do: 'powerUp' }

export type Habit = 'busy' | 'day' | 'idle'

type Stage = { clock: SimClock; random: Random; life: AbortSignal }

/** Performs the steps in order; ends early when `life` aborts. */
export async function runScript(charger: SimCharger, steps: readonly Step[], stage: Stage) {
  for (const step of steps) {
    if (stage.life.aborted) return
    await perform(charger, step, stage)
  }
}

async function perform(charger: SimCharger, step: Step, stage: Stage): Promise<unknown> {
  const wanted = 'connector' in step ? step.connector : 1
  const connector = charger.connectors.find((one) => one.id === wanted) ?? charger.connectors[0]!
  switch (step.do) {
    case 'plug': {
      const arriving = arrivingVehicle(stage.random)
      return connector.plugIn({
        ...arriving,
        socPercent: step.socPercent ?? arriving.socPercent,
        targetPercent: step.targetPercent ?? arriving.targetPercent,
      })
    }
    case 'card':
      return connector.presentCard(step.idTag)
    case 'unplug':
      return connector.unplug()
    case 'wait':
      return stage.clock.sleep(step.seconds, stage.life)
    case 'waitUntilFull':
      return Promise.race([
        connector.until(() => connector.status() === 'SuspendedEV' || !connector.transaction()),
        stage.clock.sleep(step.atMostSeconds, stage.life),
      ])
    case 'fail':
      return connector.fail(step.errorCode, step.info ?? null, step.vendorErrorCode ?? null)
    case 'repair':
      return connector.repair()
    case 'offline':
      return charger.goOffline()
    case 'online':
      return charger.goOnline()
    case 'powerCut':
      return charger.powerCut()
    case 'powerUp':
      return charger.powerUp()
  }
}

/** How often people come, by hour of the day in London; 1 is the busiest hour. */
export const arrivalsByHour = [
  0.1, 0.06, 0.04, 0.04, 0.06, 0.12, 0.3, 0.62, 0.85, 0.74, 0.66, 0.7, 0.8, 0.74, 0.66, 0.7, 0.86,
  1, 0.98, 0.8, 0.58, 0.42, 0.28, 0.16,
]

const MEAN_PAUSE_SECONDS: Record<Exclude<Habit, 'idle'>, number> = { busy: 90, day: 3_600 }

/** One connector's drivers, one after the other, until `life` aborts. */
export async function keepVisiting(
  connector: Connector,
  habit: Exclude<Habit, 'idle'>,
  cards: readonly string[],
  stage: Stage,
): Promise<void> {
  const { clock, random, life } = stage
  while (!life.aborted) {
    const rush = habit === 'busy' ? 1 : Math.max(0.05, arrivalsByHour[clock.now().getUTCHours()]!)
    const pause = (-Math.log(1 - random.next()) * MEAN_PAUSE_SECONDS[habit]) / rush
    if (!(await clock.sleep(Math.min(pause, 14_400), life))) return
    if (!connector.isFree() || connector.vehicle()) continue
    await visit(connector, random.pick(cards), stage)
  }
}

/** Plugs in, shows a card, charges until full or out of patience, and drives away. */
export async function visit(connector: Connector, idTag: string, stage: Stage): Promise<void> {
  const { clock, random, life } = stage
  await connector.plugIn(arrivingVehicle(random))
  if (!(await clock.sleep(random.between(5, 25), life))) return
  if (!connector.transaction()) await connector.presentCard(idTag)
  await seeOff(connector, idTag, stage)
}

/** Waits for the end of the charge (full, stopped by somebody, or the driver is in a hurry), then unplugs. */
export async function seeOff(
  connector: Connector,
  idTag: string | null,
  stage: Stage,
): Promise<void> {
  const { clock, random, life } = stage
  const patience = random.between(12, 110) * 60
  await Promise.race([
    connector.until(() => !connector.transaction() || connector.status() === 'SuspendedEV'),
    clock.sleep(patience, life),
  ])
  if (life.aborted) return
  const isStoppedByCard = idTag !== null && random.chance(0.7)
  if (isStoppedByCard && connector.transaction()?.idTag === idTag) {
    await connector.presentCard(idTag)
  }
  if (await clock.sleep(random.between(15, 240), life)) await connector.unplug()
}
