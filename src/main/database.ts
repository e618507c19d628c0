/** The embedded Postgres of a data directory: made, started or taken over, watched, stopped last. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import pg from 'pg'

import { databaseUrlFor, embeddedDatabase, embeddedUser, readSecret } from '@/platform/dataDir'
import { sleep } from '@/platform/clock'
import { asError } from '@/platform/errors'

import { findBinaries } from './postgres/binaries'
import { ensureCluster } from './postgres/cluster'
import { postgresOsUser } from './postgres/osUser'
import { placeForBinaries, placePostgres } from './postgres/place'
import { runPostmaster, stopPostmaster, type Cluster } from './postgres/postmaster'
import { isPostgres, superuserConfig } from './postgres/probe'
import { prepareDataDir } from './prepareDataDir'
import { StartProblem } from './problem'
import type { Say } from './say'

export type EmbeddedPostgres = {
  /** As the product's own user, who owns the database and is no superuser. */
  url: string
  port: number
  isAdopted: boolean
  superuser(database?: string): pg.ClientConfig
  /** Restarts it on the same port whenever it ends by itself; the roles reconnect. */
  keepRunning(hooks: { onRestart(): Promise<void>; onGone(error: Error): void }): void
  stop(graceMs?: number): Promise<void>
}

export async function startEmbeddedPostgres(options: {
  dataDir: string
  say: Say
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const { dataDir, say } = options
  const user = postgresOsUser(say)
  prepareDataDir(dataDir, ['postgres-superuser', 'postgres-password'])
  const password = readSecret(dataDir, 'postgres-superuser')?.value ?? ''
  const ownPassword = readSecret(dataDir, 'postgres-password')?.value ?? ''
  const dir = placePostgres(dataDir, user, say)
  mkdirSync(dirname(dir), { recursive: true })
  const binaries = findBinaries(user, placeForBinaries(dataDir, dir))
  ensureCluster({ dir, binaries, user, password })
  const cluster: Cluster = { dataDir, dir, binaries, user, password, settings: options.settings }

  let postmaster = await runPostmaster(cluster, say)
  const { port, isAdopted } = postmaster
  await ensureDatabase(superuserConfig(port, password), ownPassword)
  let isStopping = false
  let watching: Promise<void> = Promise.resolve()

  return {
    url: databaseUrlFor(port, ownPassword),
    port,
    isAdopted,
    superuser: (database) => superuserConfig(port, password, database),
    keepRunning({ onRestart, onGone }) {
      watching = watch(async () => {
        say('Postgres has stopped by itself; starting it again.')
        postmaster = await runPostmaster(cluster, say)
        if (postmaster.port !== port) {
          throw new StartProblem(
            `Port ${port}, where Postgres ran, was taken by another program. Start again.`,
          )
        }
        say('Postgres runs again.')
        await onRestart()
      }).catch((error: unknown) => onGone(asError(error)))
    },
    async stop(graceMs = 8_000) {
      isStopping = true
      await watching
      await stopPostmaster(postmaster, graceMs)
    },
  }

  async function watch(restart: () => Promise<void>): Promise<void> {
    while (!isStopping) {
      await sleep(200)
      if (isPostgres(postmaster.pid) || isStopping) continue
      await restart()
    }
  }
}

/** The product's own user and database; made after initdb, found otherwise. */
async function ensureDatabase(config: pg.ClientConfig, ownPassword: string): Promise<void> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    // Two first starts at once make each of these once.
    await client.query('select pg_advisory_lock(hashtext($1))', ['cpms first start'])
    const role = await client.query('select from pg_roles where rolname = $1', [embeddedUser])
    if (role.rowCount === 0) {
      await client.query(
        `create role ${embeddedUser} login password ${client.escapeLiteral(ownPassword)}`,
      )
    }
    const database = await client.query('select from pg_database where datname = $1', [
      embeddedDatabase,
    ])
    if (database.rowCount === 0) {
      await client.query(`create database ${embeddedDatabase} owner ${embeddedUser}`)
    }
  } finally {
    await client.end()
  }
}
