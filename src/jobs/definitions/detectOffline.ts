import type pg from 'pg'
import { channels } from '../../db/channels'
import { rollUpChargers } from '../../db/queries/chargerState'
import { forgetInstances, releaseLostChargers } from '../../db/queries/offlineChargers'
import { withTransaction } from '../../db/tx'
import type { Sql } from '../../db/pool'
import type { Tx } from '../../db/writer'
import type { JobDefinition } from '../job'

/** A process that holds sockets says every few seconds that it lives; silent for this long, it does not. */
export const staleSeconds = 10

/**
 * Shows chargers as offline whose server process died with their sockets. A charger that went away by itself is told by
 * the process that held it; this is for when nobody is left to tell.
 */
export const detectOffline: JobDefinition = {
  name: 'detectOffline',
  expression: '*/3 * * * * *',
  async run({ pool, now, log }) {
    const at = now()
    const lost = await withTransaction(pool, async (sql) => {
      const released = await releaseLostChargers(sql, { staleSeconds, now: at })
      if (released.length === 0) return released
      await rollUpChargers(
        asTx(sql),
        released.map((charger) => charger.chargerId),
        at,
      )
      await sql.query('select pg_notify($1, $2)', [channels.event, ''])
      return released
    })
    if (lost.length > 0) {
      log.warn({ chargers: lost.length }, 'a server process is gone and its chargers are offline')
    }
    await forgetInstances(pool, at)
  },
}

/** The roll-up is written for the batch writer; here each statement is sent on its own. */
function asTx(sql: Sql): Pick<Tx, 'query'> {
  return {
    query: <R extends pg.QueryResultRow>(_name: string, text: string, values: unknown[]) =>
      sql.query<R>(text, values),
  }
}
