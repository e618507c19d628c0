/** The demo network is in the database, once, however often it is asked for. */
import type { Pool } from '@/db/pool'
import { proveChargers } from '@/db/queries/proveChargers'
import { withTransaction } from '@/db/tx'
import { insertNetwork, isThere } from './demoInsert'
import { demoChargers, demoSites } from './demoNetwork'
import { insertPaper } from './demoPaper'
import { insertPast } from './demoPast'
import { insertSupport } from './demoSupport'
import { insertWords } from './demoWords'

export type WrittenDemo = {
  sessions: number
  energyWh: number
  costMinor: number
  /** Opens the one report that is shared by a link. */
  shareKey: string
}

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
    await insertWords(sql, network, options.now)
    const { rows } = await sql.query<{ id: number }>('select id from users order by id limit 1')
    const shareKey = options.passwordOf('shared report')
    await insertPaper(sql, { now: options.now, userId: rows[0]?.id ?? null, shareKey })
    return { ...written, shareKey }
  })
}
