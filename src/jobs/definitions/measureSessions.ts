import { claimUnmeasured, setChargingSeconds } from '../../db/queries/chargingTimes'
import { samplesOf } from '../../db/queries/priceSessions'
import { withTransaction } from '../../db/tx'
import { chargingSecondsOf } from '../../domain/chargingTime'
import { pricePoints } from '../../domain/session'
import type { JobContext, JobDefinition } from '../job'
import { groupBySession } from './priceSessions'

const sessionsAtOnce = 200

/** How long energy flowed in each ended session (S5), read from its meter once and kept: reports are asked for years. */
export const measureSessions: JobDefinition = {
  name: 'measureSessions',
  expression: '*/10 * * * * *',
  run: measureEndedSessions,
}

export async function measureEndedSessions(context: JobContext): Promise<void> {
  for (;;) {
    const count = await withTransaction(context.pool, async (sql) => {
      const sessions = await claimUnmeasured(sql, sessionsAtOnce)
      if (sessions.length === 0) return 0
      const samples = groupBySession(await samplesOf(sql, sessions))
      await setChargingSeconds(
        sql,
        sessions.map((session) => ({
          id: session.id,
          chargingSeconds: chargingSecondsOf(
            pricePoints({
              ...session,
              energyWh: session.energyWh ?? 0,
              samples: samples.get(session.id) ?? [],
            }),
          ),
        })),
      )
      return sessions.length
    })
    if (count < sessionsAtOnce) return
  }
}
