import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'

import { StartProblem } from '../problem'
import type { Say } from '../say'

/** Postgres refuses to run as root: then it runs as this user. Null: as whoever we are. */
export type OsUser = { uid: number; gid: number } | null

/** The user `postgres`, made when root runs on a machine that has none. */
export function postgresOsUser(say: Say): OsUser {
  if (process.getuid?.() !== 0) {
    demandName()
    return null
  }
  const known = lookUp('postgres')
  if (known) return known
  const made =
    runs('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']) ||
    runs('adduser', ['-S', '-D', '-H', 'postgres'])
  const user = made ? lookUp('postgres') : null
  if (!user) {
    throw new StartProblem(
      'Postgres does not run as root and a system user "postgres" could not be made. Make one (useradd --system postgres), ' +
        'or start as an ordinary user, or set DATABASE_URL.',
    )
  }
  say('Made the system user "postgres": Postgres does not run as root.')
  return user
}

/** That user can go to `path` (and write there, when it is asked for). */
export function canReach(user: OsUser, path: string, right: 'x' | 'w' = 'x'): boolean {
  const test = spawnSync('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', path], {
    cwd: '/',
    ...asUser(user),
  })
  return test.status === 0
}

export function asUser(user: OsUser): { uid?: number; gid?: number } {
  return user ?? {}
}

/** Nothing of our environment reaches Postgres: PGDATA, PGPORT and the like would change what it does. */
export function plainEnv(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C' }
}

function demandName(): void {
  try {
    userInfo()
  } catch {
    throw new StartProblem(
      `Postgres wants a user with a name, and number ${process.getuid?.()} has none on this machine. ` +
        'Start as a named user (or root), or set DATABASE_URL.',
    )
  }
}

function lookUp(name: string): OsUser {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const found = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return found.status === 0 ? Number(found.stdout.trim()) : NaN
  })
  return uid && gid ? { uid, gid } : null
}

function runs(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
