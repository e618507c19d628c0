import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import { StartProblem, systemCode } from '../problem'
import type { Binaries } from './binaries'
import { asUser, plainEnv, type OsUser } from './osUser'
import { clusterSettings } from './settings'

export const superuser = 'postgres'

/**
 * A cluster lies in `dir`, made when there was none. It is made beside it and renamed, so that a start that is killed
 * half-way leaves nothing that looks like a cluster, and of two first starts one wins.
 */
export function ensureCluster(cluster: {
  dir: string
  binaries: Binaries
  user: OsUser
  password: string
}): void {
  if (existsSync(join(cluster.dir, 'PG_VERSION')))
    return demandSameMajor(cluster.dir, cluster.binaries)
  const half = `${cluster.dir}.half-made-${process.pid}`
  const passwordFile = `${half}.password`
  try {
    mkdirSync(half, { mode: 0o700 })
    writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
    if (cluster.user) {
      for (const path of [half, passwordFile]) chownSync(path, cluster.user.uid, cluster.user.gid)
    }
    initdb(half, passwordFile, cluster)
    renameSync(half, cluster.dir)
  } catch (error) {
    if (!systemCode(error)) throw error
    if (
      ['ENOTEMPTY', 'EEXIST'].includes(systemCode(error)) &&
      existsSync(join(cluster.dir, 'PG_VERSION'))
    )
      return
    throw new StartProblem(
      `Postgres' files cannot be made in ${cluster.dir} (${systemCode(error)}). ` +
        `Look at what lies in ${dirname(cluster.dir)}, or set CPMS_DATA_DIR to another place.`,
    )
  } finally {
    rmSync(half, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

function initdb(
  dir: string,
  passwordFile: string,
  cluster: { binaries: Binaries; user: OsUser },
): void {
  const settings = Object.entries(clusterSettings).flatMap(([name, value]) => [
    '--set',
    `${name}=${value}`,
  ])
  const made = spawnSync(
    cluster.binaries.initdb,
    [
      '--pgdata',
      dir,
      '--username',
      superuser,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Byte order and speed of C, but upper and lower case of every language.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...settings,
    ],
    {
      cwd: '/',
      encoding: 'utf8',
      env: plainEnv(),
      ...asUser(cluster.user),
    },
  )
  if (made.status === 0) return
  const reason =
    (made.stderr ?? '').trim().split('\n').filter(Boolean).at(-1) ?? made.error?.message
  throw new StartProblem(
    `Postgres could not make its files in ${dir}: ${reason}. Is the disk full? Otherwise set CPMS_DATA_DIR or DATABASE_URL.`,
  )
}

function demandSameMajor(dir: string, binaries: Binaries): void {
  const found = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim()
  const ours = binaries.version.split('.')[0]
  if (found === ours) return
  throw new StartProblem(
    `The database in ${dir} was made by Postgres ${found}, this version brings ${ours}. Start the version that made it, dump ` +
      'the database with pg_dump, and load the dump into a new data directory; the old files were not touched.',
  )
}
