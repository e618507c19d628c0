/** The real ocpp role on a database of its own, with registered chargers: where foreign charge points knock. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerChargers } from '@/bench/registerChargers'
import type { BenchCharger } from '@/bench/protocol'
import { startOcppRole, type OcppRole } from '@/bench/role'
import type { Pool } from '@/db/pool'
import { testDatabase } from './db'

export type RunningChargerSide = {
  pool: Pool
  role: OcppRole
  chargers: BenchCharger[]
  close: () => Promise<void>
}

/** Ready to take chargers; `close` ends the role and drops the database. */
export async function startChargerSide(options: {
  chargers: number
  prefix: string
  env?: Record<string, string>
  /** The role can be weighed (`role.weigh`). */
  hasProbe?: boolean
}): Promise<RunningChargerSide> {
  const database = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'cpms-role-'))
  const payloadSecret = randomBytes(32).toString('hex')
  // one product: what is sealed here, the role opens
  process.env.PAYLOAD_SECRET = payloadSecret
  const chargers = await registerChargers(database.pool, { ...options, payloadSecret })
  const side = { databaseUrl: database.url, dataDir, payloadSecret }
  const role = await startOcppRole(side, { env: options.env, hasProbe: options.hasProbe })
  await role.untilReady()
  return {
    pool: database.pool,
    role,
    chargers,
    close: async () => {
      await role.kill()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
