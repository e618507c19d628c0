/**
 * One running Postgres per data directory, started by us, detached: a Ctrl-C reaches our process group, and the
 * database must still be there while the roles drain. One that is already running (its supervisor was killed) is
 * taken over.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { sleep } from '@/platform/clock'
import { postmasterOf } from '@/platform/dataDir'

import { StartProblem } from '../problem'
import type { Say } from '../say'
import type { Binaries } from './binaries'
import { asUser, plainEnv, type OsUser } from './osUser'
import { freePort, isAlive, isPostgres, whoAnswers } from './probe'
import { fixedSettings } from './settings'

export type Cluster = {
  dataDir: string
  /** PGDATA. */
  dir: string
  binaries: Binaries
  user: OsUser
  /** Of the superuser. */
  password: string
  settings?: Record<string, string>
}

export type Postmaster = { pid: number; port: number; isAdopted: boolean }

type Outcome = Postmaster | 'again'

const patienceMs = 30_000
const recoveryPatienceMs = 15 * 60_000

/** Postgres of this cluster runs and answers. Two starts at once end with the same one. */
export async function runPostmaster(cluster: Cluster, say: Say): Promise<Postmaster> {
  const startedAt = Date.now()
  let saidAt = startedAt
  for (;;) {
    const seen = postmasterOf(cluster.dataDir)
    const answer = seen ? await whoAnswers(seen.port, cluster.password, cluster.dir) : 'nobody'
    if (seen && answer === 'ours') return { ...seen, isAdopted: true }
    const isRunning = seen !== null && isPostgres(seen.pid)
    if (!isRunning || answer === 'foreign') {
      if (seen && !isRunning && isAlive(seen.pid)) forgetStalePid(cluster.dir, seen.pid, say)
      const outcome = await startOnce(cluster)
      if (outcome !== 'again') return outcome
    }
    if (answer === 'refused' && isRunning) {
      throw new StartProblem(
        `The Postgres of ${cluster.dir} runs, but with another password than the one in ${cluster.dataDir}/secrets. ` +
          'Bring back the secrets it was made with.',
      )
    }
    const waitedMs = Date.now() - startedAt
    if (waitedMs > (answer === 'opening' ? recoveryPatienceMs : patienceMs)) {
      throw new StartProblem(
        `The Postgres of ${cluster.dir} neither answers nor ends (process ${seen?.pid ?? 'unknown'}). ` +
          `Its log is in ${join(cluster.dir, 'log')}. End that process, then start again.`,
      )
    }
    if (Date.now() - saidAt > 10_000) {
      saidAt = Date.now()
      say(
        `Waiting for Postgres to open (it may be recovering after a crash) … ${Math.round(waitedMs / 1000)} s`,
      )
    }
    await sleep(250)
  }
}

/** Ends it: open connections are cut, what was committed is on disk. Immediately when it takes longer than `graceMs`. */
export async function stopPostmaster({ pid }: Postmaster, graceMs: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', graceMs],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!isPostgres(pid)) return
    process.kill(pid, signal)
    const until = Date.now() + waitMs
    while (isPostgres(pid) && Date.now() < until) await sleep(20)
  }
}

async function startOnce(cluster: Cluster): Promise<Outcome> {
  const portFile = join(cluster.dataDir, 'postgres-port')
  const port = await freePort(Number(readOr(portFile, '0')) || 0)
  const logFile = join(dirname(cluster.dir), 'postgres-start.log')
  const child = spawnPostgres(cluster, port, logFile)
  let isOver = false
  child.once('exit', () => (isOver = true))
  child.once('error', () => (isOver = true))
  const until = Date.now() + recoveryPatienceMs
  while (!isOver && Date.now() < until) {
    if ((await whoAnswers(port, cluster.password, cluster.dir)) === 'ours' && child.pid) {
      writeFileSync(portFile, `${port}\n`)
      return { pid: child.pid, port, isAdopted: false }
    }
    await sleep(25)
  }
  // Somebody else was faster: its file says so surely, the log that both wrote to may not.
  const other = postmasterOf(cluster.dataDir)
  if (other && other.pid !== child.pid && isPostgres(other.pid)) return 'again'
  const lines = readOr(logFile, '').trim().split('\n')
  const reason =
    lines.findLast((line) => /FATAL|ERROR|PANIC/.test(line)) ?? lines.at(-1) ?? 'no reason given'
  // Somebody took the port, or the backends of a killed one are still on their way out.
  if (/already exists|Address already in use|still in use|shared memory/.test(lines.join('\n')))
    return 'again'
  throw new StartProblem(
    `Postgres does not start: ${reason.replace(/^.*?(FATAL|PANIC|ERROR): +/, '')}. More in ${logFile}`,
  )
}

function spawnPostgres(cluster: Cluster, port: number, logFile: string): ChildProcess {
  const settings = { ...fixedSettings, ...cluster.settings, port: String(port) }
  const log = openSync(logFile, 'w', 0o600)
  const child = spawn(
    cluster.binaries.postgres,
    [
      '-D',
      cluster.dir,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: plainEnv(),
      ...asUser(cluster.user),
    },
  )
  closeSync(log)
  child.unref()
  return child
}

function forgetStalePid(dir: string, pid: number, say: Say): void {
  say(`Postgres' lock names process ${pid}, which is another program now: the lock is removed.`)
  rmSync(join(dir, 'postmaster.pid'), { force: true })
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fallback
  }
}
