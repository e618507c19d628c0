import pg from 'pg'

import type { Env } from '@/platform/env'

import { archiveSettings } from './backup/walArchive'
import { startEmbeddedPostgres } from './database'
import { beTheOnlySupervisor } from './oneSupervisor'
import { StartProblem } from './problem'
import { say } from './say'

export type Database = {
  url: string
  /** Where it is, for people; without a password. */
  description: string
  /** The last supervisor was killed: its roles may still be draining. */
  wasLeftRunning: boolean
  close(graceMs: number): Promise<void>
}

/** The database of DATABASE_URL, or the embedded one of the data directory, which is then ours alone. */
export async function openDatabase(
  settings: Env,
  onGone: (error: Error) => void,
): Promise<Database> {
  if (!settings.isDatabaseEmbedded) return findDatabase(settings.databaseUrl)
  const { dataDir, walArchive } = settings
  const postgres = await startEmbeddedPostgres({
    dataDir,
    say,
    settings: walArchive ? archiveSettings(walArchive, say) : undefined,
  })
  const ours = () => beTheOnlySupervisor(postgres.superuser('cpms'))
  let lock = await ours()
  postgres.keepRunning({
    async onRestart() {
      lock = await ours()
    },
    onGone,
  })
  return {
    url: postgres.url,
    description: `${dataDir}, Postgres on 127.0.0.1:${postgres.port}`,
    wasLeftRunning: postgres.isAdopted,
    async close(graceMs) {
      await lock.end().catch(() => {})
      await postgres.stop(graceMs)
    },
  }
}

const oldestVersion = 150_000

async function findDatabase(url: string): Promise<Database> {
  const { host, pathname } = new URL(url)
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    )
    if ((rows[0]?.version ?? 0) < oldestVersion)
      throw new StartProblem('Postgres 15 or newer is needed at DATABASE_URL.')
  } catch (error) {
    if (error instanceof StartProblem) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new StartProblem(
      `The database of DATABASE_URL (${host}${pathname}) cannot be used: ${message || code}. Start it or correct the address; ` +
        'without DATABASE_URL the product brings its own.',
    )
  } finally {
    await client.end().catch(() => {})
  }
  return {
    url,
    description: `Postgres at ${host}${pathname}`,
    wasLeftRunning: false,
    close: async () => {},
  }
}
