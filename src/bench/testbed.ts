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
import { hashSecret } from '@/platform/credentials'
import { postmasterOf } from '@/platform/dataDir'
import { readEnv } from '@/platform/env'
import type { BenchCharger } from './protocol'

export type Testbed = {
  databaseUrl: string
  dataDir: string
  payloadSecret: string
  pool: Pool
  chargers: BenchCharger[]
  /** Postgres stops as after a crash (`pg_ctl stop -m immediate`) and is started again on the same port. */
  crashPostgres: () => Promise<void>
  postgresPid: () => number
  close: () => Promise<void>
}

const PASSWORD = 'bench-charger-secret-01'

/** Makes it all under the system's temporary folder; `close` leaves nothing behind. */
export async function createTestbed(options: {
  chargers: number
  prefix: string
  say?: (text: string) => void
}): Promise<Testbed> {
  const say = options.say ?? (() => {})
  const dataDir = mkdtempSync(join(tmpdir(), 'cpms-testbed-'))
  // Postgres runs as another user when we are root, and must be able to pass.
  chmodSync(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, say })
  const payloadSecret = randomBytes(32).toString('hex')
  const pool = createPool(postgres.url, { max: 4, name: 'testbed', statementTimeoutMs: 120_000 })
  await migrate(pool)
  const key = readEnv({ PAYLOAD_SECRET: payloadSecret, CPMS_DATA_DIR: dataDir }).chargerKey
  const chargers = await registerChargers(pool, key, options.chargers, options.prefix)
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

async function registerChargers(
  pool: Pool,
  key: Buffer,
  size: number,
  prefix: string,
): Promise<BenchCharger[]> {
  const identities = Array.from(
    { length: size },
    (_, i) => `${prefix}-${String(i + 1).padStart(5, '0')}`,
  )
  const idTags = identities.map((_, i) => `BE${i.toString(16).toUpperCase().padStart(8, '0')}`)
  const site = await pool.query<{ id: number }>(
    `insert into sites (name, address, latitude, longitude, timezone)
     values ('Proving Ground', '1 Test Lane, Leeds', 53.8, -1.55, 'Europe/London') returning id`,
  )
  const made = await pool.query<{ id: number; identity: string }>(
    `with named as (select identity, row_number() over () as n from unnest($1::text[]) identity),
          states as (insert into charger_states (status) select 'NeverConnected' from named returning id),
          numbered as (select id, row_number() over () as n from states)
     insert into chargers (identity, name, site_id, state_id, public_id)
     select identity, identity, $2, numbered.id, md5(identity)
     from named join numbered using (n) returning id, identity`,
    [identities, site.rows[0]!.id],
  )
  const secrets = made.rows.map(() => hashSecret(key, PASSWORD))
  await pool.query(
    `insert into telemetry.charger_credentials (charger_id, salt, hash)
     select * from unnest($1::int[], $2::bytea[], $3::bytea[])`,
    [
      made.rows.map((row) => row.id),
      secrets.map((secret) => secret.salt),
      secrets.map((secret) => secret.hash),
    ],
  )
  await pool.query(
    `insert into rfid_cards (uid, status) select uid, 'active' from unnest($1::text[]) uid`,
    [idTags],
  )
  return identities.map((identity, i) => ({ identity, password: PASSWORD, idTag: idTags[i]! }))
}
