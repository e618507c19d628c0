import { channels, type MeterTick } from '../../db/channels'
import type { Pool } from '../../db/pool'
import {
  runningSessions,
  samplesOf,
  setRunningCosts,
  type MeterRow,
  type PricingRow,
} from '../../db/queries/priceSessions'
import { pricePoints } from '../../domain/session'
import { priceSession } from '../../domain/tariff/price'
import { tariffOf } from '../../domain/tariff/resolve'
import type { Tariff } from '../../domain/tariff/types'
import type { JobDefinition } from '../job'
import { groupBySession } from './priceSessions'

const sessionsAtOnce = 1_000
/** A running cost is an estimate that is made anew every few seconds: one reading per five minutes carries it. */
const thinnedSeconds = 300
/** A NOTIFY carries 8 kB; a tick is about 150 bytes. */
const ticksAtOnce = 40

/** What running sessions cost so far, for whoever watches; the price that counts is made when the session ends. */
export const runningCost: JobDefinition = {
  name: 'runningCost',
  expression: '*/4 * * * * *',
  async run({ pool, now }) {
    const at = now()
    const sessions = await runningSessions(pool, sessionsAtOnce)
    if (sessions.length === 0) return
    const samples = groupBySession(await samplesOf(pool, sessions, thinnedSeconds))
    const costs = sessions.flatMap((session) => {
      const price = priceRunning(session, samples.get(session.id) ?? [], at)
      const { totalMinor: costMinor, taxMinor, currency } = price
      if (costMinor === null || taxMinor === null) return []
      return [{ id: session.id, costMinor, taxMinor, currency }]
    })
    const changed = new Set(await setRunningCosts(pool, costs))
    const sessionOf = new Map(sessions.map((session) => [session.id, session]))
    const ticks = costs
      .filter((cost) => changed.has(cost.id))
      .map((cost) => toTick(sessionOf.get(cost.id)!, cost, at))
    await tell(pool, ticks)
  },
}

function priceRunning(session: PricingRow, samples: MeterRow[], now: Date) {
  return priceSession({
    samples: pricePoints({ ...session, stoppedAt: null, energyWh: session.energyWh ?? 0, samples }),
    startedAt: session.startedAt,
    stoppedAt: null,
    tariff: tariffOf({ ...session, tariff: session.tariff as Tariff | null }),
    now,
    timezone: session.timezone,
  })
}

function toTick(
  session: PricingRow,
  cost: { costMinor: number; currency: string },
  now: Date,
): MeterTick {
  return {
    session: session.id,
    charger: session.chargerId,
    site: session.siteId ?? 0,
    wh: session.energyWh ?? 0,
    w: null,
    soc: null,
    at: (session.lastSampleAt ?? now).toISOString(),
    costMinor: cost.costMinor,
    currency: cost.currency,
  }
}

async function tell(pool: Pool, ticks: MeterTick[]): Promise<void> {
  for (let i = 0; i < ticks.length; i += ticksAtOnce) {
    await pool.query('select pg_notify($1, $2)', [
      channels.live,
      JSON.stringify(ticks.slice(i, i + ticksAtOnce)),
    ])
  }
}
