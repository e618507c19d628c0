/**
 * A backup of an installation with the embedded Postgres, taken while it runs: the files of the cluster as Postgres'
 * low-level backup wants them (no pg_basebackup comes with the package), and the rest of the data directory.
 */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import pg from 'pg'

import { postgresDir } from '@/platform/dataDir'

import { StartProblem } from '../problem'
import { copyTree, makeEmpty } from './copy'

export type Backup = {
  takenAt: string
  /** Major version of the Postgres whose files these are. */
  postgres: string
  bytes: number
}

export const backupFile = 'backup.json'
export const clusterFolder = 'postgres'
export const dataFolder = 'data'

/** Folders of a cluster whose content belongs to a running server (PostgreSQL 17, 25.3.3). */
const runningOnly = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'log',
])
const isOfCluster = (path: string) => {
  const [top = ''] = path.split('/')
  if (runningOnly.has(top)) return false
  const name = basename(path)
  if (name === 'postmaster.pid' || name === 'postmaster.opts' || name === 'pg_internal.init')
    return false
  return !name.startsWith('pgsql_tmp')
}

/** Of the data directory: all but the database itself, its programs and what a start writes anew. */
const isOfData = (path: string) =>
  !/^(postgres($|[-./])|[.]half-copied)/.test(path) && !/\.(pid|lock)$/.test(path)

/**
 * `backUp`: into `folder`, which must be empty. `superuser` connects to the running cluster of `dataDir`. A backup holds
 * the secrets of the installation: whoever can read it can read everything. The file `backup.json` comes last: a folder
 * without one is no backup.
 */
export async function backUp(options: {
  dataDir: string
  superuser: pg.ClientConfig
  folder: string
  now: () => Date
}): Promise<Backup> {
  const { dataDir, folder } = options
  if (`${folder}/`.startsWith(`${dataDir}/`)) {
    throw new StartProblem(
      `${folder} lies in the data directory, which is what is backed up: name a folder elsewhere.`,
    )
  }
  if (!makeEmpty(folder)) throw new StartProblem(`${folder} is not empty: name a new folder.`)
  const dir = postgresDir(dataDir)
  const client = new pg.Client({ ...options.superuser, query_timeout: 0 })
  client.on('error', () => {})
  await client.connect()
  try {
    // The slot keeps every segment of the log until we have copied it; it goes with this connection.
    await client.query(
      `select pg_create_physical_replication_slot('cpms_backup_' || pg_backend_pid(), true, true)`,
    )
    const started = await client.query<{ segment: string }>(
      `select pg_walfile_name(pg_backup_start('cpms', true)) segment`,
    )
    const to = join(folder, clusterFolder)
    let bytes = await copyTree(dir, to, (path) => isOfCluster(path) && path !== 'global/pg_control')
    await copyFile(join(dir, 'global/pg_control'), join(to, 'global/pg_control'))
    const stopped = await client.query<{ label: string; segment: string }>(
      `select labelfile label, pg_walfile_name(lsn) segment from pg_backup_stop(false)`,
    )
    const { label, segment: last } = stopped.rows[0]!
    writeFileSync(join(to, 'backup_label'), label, { mode: 0o600 })
    const first = started.rows[0]!.segment
    for (const name of readdirSync(join(dir, 'pg_wal'))) {
      const isNeeded = /^[0-9A-F]{24}$/.test(name)
        ? name >= first && name <= last
        : /\.history$/.test(name)
      if (isNeeded) await copyFile(join(dir, 'pg_wal', name), join(to, 'pg_wal', name))
    }
    bytes += await copyTree(dataDir, join(folder, dataFolder), isOfData)
    const backup: Backup = {
      takenAt: options.now().toISOString(),
      postgres: readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim(),
      bytes,
    }
    const half = join(folder, `.${backupFile}`)
    writeFileSync(half, `${JSON.stringify(backup, null, 2)}\n`, { mode: 0o600 })
    renameSync(half, join(folder, backupFile))
    return backup
  } finally {
    await client.end()
  }
}
