/** A backup becomes the data directory again; what lay there is moved aside, never overwritten. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import pg from 'pg'

import { sleep } from '@/platform/clock'
import { postgresDir, postmasterOf } from '@/platform/dataDir'

import { startEmbeddedPostgres } from '../database'
import { postgresOsUser } from '../postgres/osUser'
import { placePostgres } from '../postgres/place'
import { isPostgres } from '../postgres/probe'
import { prepareDataDir } from '../prepareDataDir'
import { StartProblem } from '../problem'
import type { Say } from '../say'
import { backupFile, clusterFolder, dataFolder, type Backup } from './backUp'
import { copyTree, giveTo } from './copy'
import { restoreCommand } from './walArchive'

export type Restored = {
  backup: Backup
  /** Where the former data directory and database lie now; empty when there were none. */
  movedTo: string[]
  /** When the last transaction that came back was committed, where the log says so. */
  lastCommitAt: Date | null
}

/**
 * `restore`: the installation as it was when the backup was taken, or, with the archived log (`archive`), as it was at
 * `until` (its newest state where that is not given). Opens the database once to be sure of it, and closes it.
 */
export async function restore(options: {
  dataDir: string
  folder: string
  archive: string | null
  until: Date | null
  now: () => Date
  say: Say
}): Promise<Restored> {
  const { dataDir, folder, archive, until, say } = options
  const backup = readBackup(folder)
  if (until && !archive)
    throw new StartProblem('To go to a moment the archived log is needed: set CPMS_WAL_ARCHIVE.')
  if (until && until.getTime() < Date.parse(backup.takenAt)) {
    throw new StartProblem(
      `This backup was taken at ${backup.takenAt}, after the moment asked for: take an older one.`,
    )
  }
  const running = postmasterOf(dataDir)
  if (running && isPostgres(running.pid))
    throw new StartProblem('The product runs with this data directory. Stop it first (Ctrl-C).')

  const movedTo = moveAside(dataDir, options.now())
  prepareDataDir(dataDir, [])
  await copyTree(join(folder, dataFolder), dataDir, () => true)
  const user = postgresOsUser(say)
  const dir = placePostgres(dataDir, user, say)
  mkdirSync(dirname(dir), { recursive: true })
  await copyTree(join(folder, clusterFolder), dir, () => true)
  if (archive) {
    writeFileSync(join(dir, 'recovery.signal'), '')
    appendFileSync(join(dir, 'postgresql.auto.conf'), recoverySettings(archive, until))
  }
  giveTo(user, dir)
  const lastCommitAt = await openOnce(dataDir, say).catch((error: unknown) => {
    if (!until) throw error
    throw new StartProblem(
      `The database could not be brought to ${until.toISOString()}: the archived log in ${archive} may end before. Ask for an earlier ` +
        `moment, or leave --until away for the newest there is. (${(error as Error).message})`,
    )
  })
  return { backup, movedTo, lastCommitAt }
}

function readBackup(folder: string): Backup {
  try {
    return JSON.parse(readFileSync(join(folder, backupFile), 'utf8')) as Backup
  } catch {
    throw new StartProblem(
      `${folder} holds no whole backup (no ${backupFile}): name a folder that "npm run backup" has finished.`,
    )
  }
}

function moveAside(dataDir: string, now: Date): string[] {
  const mark = `before-restore-${now.toISOString().replace(/[:.]/g, '-')}`
  const database = postgresDir(dataDir)
  const places = [...new Set([database, dataDir])].filter((place) => existsSync(place))
  // The database lies inside the data directory as a rule and moves with it.
  const outer = places.filter((place) => place === dataDir || !place.startsWith(`${dataDir}/`))
  return outer.map((place) => {
    const aside = `${place}.${mark}`
    renameSync(place, aside)
    return aside
  })
}

const recoverySettings = (archive: string, until: Date | null): string =>
  [
    '',
    `restore_command = '${restoreCommand(archive).replaceAll("'", "''")}'`,
    ...(until
      ? [
          `recovery_target_time = '${until.toISOString().replace('T', ' ').replace('Z', '+00')}'`,
          `recovery_target_action = 'promote'`,
        ]
      : []),
    '',
  ].join('\n')

/** Postgres replays the log, becomes writable, and forgets how it was brought back. */
async function openOnce(dataDir: string, say: Say): Promise<Date | null> {
  const postgres = await startEmbeddedPostgres({ dataDir, say })
  const client = new pg.Client(postgres.superuser())
  client.on('error', () => {})
  await client.connect()
  try {
    for (;;) {
      const { rows } = await client.query<{ busy: boolean; at: Date | null }>(
        `select pg_is_in_recovery() busy, pg_last_xact_replay_timestamp() at`,
      )
      const { busy, at } = rows[0]!
      if (busy) {
        await sleep(100)
        continue
      }
      for (const name of ['restore_command', 'recovery_target_time', 'recovery_target_action'])
        await client.query(`alter system reset ${name}`)
      return at
    }
  } finally {
    await client.end()
    await postgres.stop()
  }
}
