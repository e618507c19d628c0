/** One simulated charger on the real ocpp role, wishes by the door they really take, and waiting for what comes of them. */
import { createCharger, type ChargerOptions, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { requestCommand, type CommandRequest } from '@/commands/request'
import { withTransaction } from '@/db/tx'
import type { RunningChargerSide } from './chargerSide'

export const byRule: Pick<CommandRequest, 'source' | 'actor'> & { asker: { kind: 'rule' } } = {
  asker: { kind: 'rule' },
  source: 'rule',
  actor: { name: 'test', role: null, ip: null, requestId: null },
}

export const car = {
  batteryWh: 60_000,
  acMaxW: 11_000,
  acPhases: 3 as const,
  dcMaxW: 0,
  socPercent: 30,
  targetPercent: 100,
}

/** The `n`th charger of the side, connected. */
export async function connectCharger(
  side: RunningChargerSide,
  n: number,
  more: Partial<ChargerOptions> & { speed?: number } = {},
): Promise<SimCharger & { id: number; idTag: string }> {
  const registered = side.chargers[n]!
  const { speed = 60, ...options } = more
  const charger = createCharger({
    ...registered,
    url: side.role.url,
    model: 'AC22',
    seed: n + 1,
    clock: createClock({ speed }),
    reconnectMs: 50,
    ...options,
  })
  charger.powerUp()
  await charger.whenOnline()
  const { rows } = await side.pool.query<{ id: number }>(
    'select id from chargers where identity = $1',
    [registered.identity],
  )
  return Object.assign(charger, { id: rows[0]!.id, idTag: registered.idTag })
}

export async function wish(
  side: RunningChargerSide,
  charger: number,
  action: string,
  payload: object,
): Promise<number> {
  const requested = await withTransaction(side.pool, (sql) =>
    requestCommand(sql, { ...byRule, charger, action, payload, now: new Date() }),
  )
  if (requested.kind !== 'queued') throw new Error(JSON.stringify(requested))
  return requested.id
}

/** Looks every 25 ms until `look` finds what it looks for; fails after ten seconds with what it saw last. */
export async function eventually<T>(
  look: () => Promise<T>,
  isIt: (seen: T) => boolean,
): Promise<T> {
  let seen = await look()
  for (let tries = 0; !isIt(seen); tries++) {
    if (tries > 400) throw new Error(`it did not come to that: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
    seen = await look()
  }
  return seen
}

/** Jobs in a row, until the world is as wanted. */
export async function workUntil<T>(
  work: () => Promise<unknown>,
  look: () => Promise<T>,
  isIt: (seen: T) => boolean,
): Promise<T> {
  return eventually(async () => {
    await work()
    return look()
  }, isIt)
}
