/** The demo network is in the database, once, however often it is asked for. */
import type { Pool } from '@/db/pool'
import { proveChargers } from '@/db/queries/proveChargers'
import { withTransaction } from '@/db/tx'
import { insertNetwork, isThere } from './demoInsert'
import { demoChargers, demoSites } from './demoNetwork'
import { insertPast } from './demoPast'
import { insertSupport } from './demoSupport'

export type WrittenDemo = { sessions: number; energyWh: number; costMinor: number }

/** Answers what was written, or null where the network was there already. Two at once: one writes, one waits. */
export function writeDemo(
  pool: Pool,
  options: {
    passwordOf: (identity: string) => string
    chargerKey: Buffer
    now: Date
    say: (text: string) => void
  },
): Promise<WrittenDemo | null> {
  return withTransaction(pool, async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtext('cpms demo network'))`)
    // Ninety days are reckoned between two statements: on a busy machine that is longer than a request may idle.
    await sql.query(`set local idle_in_transaction_session_timeout = '5min'`)
    await sql.query(`set local statement_timeout = '2min'`)
    if (await isThere(sql)) return null
    options.say(`writes ${demoSites.length} sites with ${demoChargers.length} chargers …`)
    const network = await insertNetwork(sql, options.passwordOf, options.chargerKey)
    options.say('writes ninety days of sessions …')
    const written = await insertPast(sql, network, options.now)
    await proveChargers(sql, { since: new Date(0), now: options.now })
    await insertSupport(sql, network, options.now)
    return written
  })
}
