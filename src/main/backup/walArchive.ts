/** The write-ahead log kept aside, so that a database can be brought back to any moment since its last backup. */
import { chownSync, mkdirSync } from 'node:fs'

import { canReach, postgresOsUser } from '../postgres/osUser'
import { StartProblem, systemCode } from '../problem'
import type { Say } from '../say'

const quoted = (path: string) => `'${path.replaceAll("'", `'\\''`)}'`

/**
 * Settings under which Postgres copies each finished segment of its log to `dir` (made when it is not there): after a
 * minute at the latest, and never over another file. A segment that is there already, byte for byte, counts as copied:
 * Postgres asks again after a crash.
 */
export function archiveSettings(dir: string, say: Say): Record<string, string> {
  const user = postgresOsUser(say)
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    if (user) chownSync(dir, user.uid, user.gid)
  } catch (error) {
    throw new StartProblem(
      `CPMS_WAL_ARCHIVE: ${dir} cannot be made (${systemCode(error)}). Name another folder, or unset it.`,
    )
  }
  if (!canReach(user, dir, 'w')) {
    throw new StartProblem(
      `CPMS_WAL_ARCHIVE: Postgres' user cannot write to ${dir}. Name a folder that every user may pass to.`,
    )
  }
  const place = quoted(`${dir}/%f`)
  const half = quoted(`${dir}/%f.half`)
  return {
    archive_mode: 'on',
    archive_command: `cmp -s %p ${place} || (test ! -e ${place} && cp %p ${half} && mv ${half} ${place})`,
    archive_timeout: '60s',
  }
}

/** The way back. */
export const restoreCommand = (dir: string): string => `cp ${quoted(`${dir}/%f`)} %p`
