/**
 * A whole charger side of our own to measure and to break: an embedded Postgres in a folder of its own, the schema, and
 * so many registered chargers with passwords and cards. The roles are started on it as processes, as in production.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { createPool, type Pool } from '@/db/pool'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/main/database'
import { migrations } from '@/migrations/index'
import { postmasterOf } from '@/platform/dataDir'
import type { BenchCharger } from './protocol'
import { registerChargers } from './registerChargers'

/** What a role is started on. */
export type ChargerSide = { databaseUrl: string; dataDir: string; payloadSecret: string }

export type Testbed = ChargerSide & {
  pool: Pool
  chargers: BenchCharger[]
  /** Postgres stops as after a crash (`pg_ctl stop -m immediate`) and is started again on the same port. */
  crashPostgres: () => Promise<void>
  postgresPid: () => number
  close: () => Promise<void>
}

/** Makes it all under the system's temporary folder; `close` leaves nothing behind. */
export async function createTestbed(options: {
  chargers: number
  prefix: string
  /** Further settings of Postgres, to look into it. */
  settings?: Record<string, string>
  say?: (text: string) => void
}): Promise<Testbed> {
  const say = options.say ?? (() => {})
  const dataDir = mkdtempSync(join(tmpdir(), 'cpms-testbed-'))
  // Postgres runs as another user when we are root, and must be able to pass.
  chmodSync(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, say, settings: options.settings })
  const payloadSecret = randomBytes(32).toString('hex')
  const pool = createPool(postgres.url, { max: 4, name: 'testbed', statementTimeoutMs: 900_000 })
  await migrate(pool)
  const chargers = await registerChargers(pool, { ...options, payloadSecret })
  let restarted: (() => void)[] = []
  postgres.keepRunning({
    onRestart: async () => {
      const told = restarted
      restarted = []
      for (const tell of told) tell()
    },
    onGone: (error) => say(`Postgres does not come back: ${error.message}`),
  })
  return {
    databaseUrl: postgres.url,
    dataDir,
    payloadSecret,
    pool,
    chargers,
    postgresPid: () => postmasterOf(dataDir)?.pid ?? 0,
    crashPostgres: () =>
      new Promise((resolve) => {
        restarted.push(resolve)
        process.kill(postmasterOf(dataDir)!.pid, 'SIGQUIT')
      }),
    close: () => closeAll(pool, postgres, dataDir),
  }
}

async function closeAll(pool: Pool, postgres: EmbeddedPostgres, dataDir: string) {
  await pool.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** The product's migrations without Payload around them (its start costs four seconds). */
async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const db = drizzle({ client })
    for (const migration of migrations) await migration.up({ db } as never)
  } finally {
    client.release()
  }
}
