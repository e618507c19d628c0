import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { postgresDir, postgresLocationFile } from '@/platform/dataDir'

import { StartProblem, systemCode } from '../problem'
import type { Say } from '../say'
import { canReach, type OsUser } from './osUser'

const machinePlace = '/var/lib/cpms'

/**
 * Where the Postgres files of this data directory lie: in it, or, where Postgres' user cannot pass (root's home is
 * 0700), below /var/lib/cpms. The data directory remembers the place, so that it holds when the clone is moved.
 */
export function placePostgres(dataDir: string, user: OsUser, say: Say): string {
  const known = postgresDir(dataDir)
  if (existsSync(postgresLocationFile(dataDir)) || canReach(user, dataDir)) return known
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 8)
  const base = join(machinePlace, `${basename(dirname(dataDir))}-${digest}`)
  const dir = join(base, 'postgres')
  try {
    mkdirSync(machinePlace, { recursive: true, mode: 0o755 })
    mkdirSync(base, { recursive: true, mode: 0o711 })
  } catch (error) {
    throw new StartProblem(
      `Postgres' user cannot reach ${dataDir}, and ${base} cannot be made (${systemCode(error)}). ` +
        'Set CPMS_DATA_DIR to a place every user may pass through, or set DATABASE_URL.',
    )
  }
  writeFileSync(postgresLocationFile(dataDir), `${dir}\n`, { mode: 0o644 })
  say(`Postgres' user cannot reach ${dataDir}: its files are kept in ${dir}.`)
  return dir
}

/** Where its programs are copied to when they cannot be run where npm put them. */
export function placeForBinaries(dataDir: string, postgres: string): string {
  return postgres.startsWith(`${machinePlace}/`) ? machinePlace : dataDir
}
