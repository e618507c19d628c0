/** One role as a child process: started, started again when it ends by itself, drained when all stops. */
import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'

import { sleep } from '@/platform/clock'
import { exitMisconfigured } from '@/platform/runRole'

import { StartProblem } from '../problem'
import { say } from '../say'

export type RoleSpec = {
  name: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Where a watcher stands between us and the role: it serves when this port is open. */
  readyPort?: number
}

export type Role = {
  name: string
  /** It serves. Rejects when it ended three times without ever serving. */
  ready: Promise<void>
  stop(graceMs: number): Promise<void>
}

const triesBeforeReady = 3
const steadyAfterMs = 60_000
const longestPauseMs = 30_000
/** A signal to our whole group ends a role a moment before we hear of it ourselves. */
const signalLagMs = 300

export function startRole(spec: RoleSpec): Role {
  let child: ChildProcess | null = null
  let isStopping = false
  let hasServed = false
  let ended: Promise<void> = Promise.resolve()
  const stopping = new AbortController()

  const ready = new Promise<void>((resolve, reject) => {
    ended = live(
      () => {
        hasServed = true
        resolve()
      },
      (problem) => reject(problem),
    )
  })

  return {
    name: spec.name,
    ready,
    async stop(graceMs) {
      isStopping = true
      stopping.abort()
      child?.kill('SIGTERM')
      const timer = setTimeout(() => {
        say(`${spec.name} did not finish within ${graceMs / 1000} s and is ended.`)
        child?.kill('SIGKILL')
      }, graceMs)
      await ended
      clearTimeout(timer)
    },
  }

  async function live(
    onReady: () => void,
    onHopeless: (problem: StartProblem) => void,
  ): Promise<void> {
    for (let failures = 0; !isStopping;) {
      const startedAt = Date.now()
      const how = await runOnce(onReady)
      await sleep(signalLagMs, stopping.signal)
      if (isStopping) return
      failures = Date.now() - startedAt > steadyAfterMs ? 1 : failures + 1
      if (!hasServed && (how === exitMisconfigured || failures >= triesBeforeReady)) {
        return onHopeless(
          new StartProblem(
            `${spec.name} does not start (ended with ${how}). Its last lines above say why.`,
          ),
        )
      }
      const pauseMs = Math.min(longestPauseMs, 250 * 2 ** (failures - 1))
      say(`${spec.name} ended with ${how} and is started again in ${pauseMs / 1000} s.`)
      await sleep(pauseMs, stopping.signal)
    }
  }

  function runOnce(onReady: () => void): Promise<number | string> {
    return new Promise((resolve) => {
      const process_ = spawn(process.execPath, spec.args, {
        cwd: spec.cwd,
        env: spec.env,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      child = process_
      process_.on('message', (message) => {
        if (isReady(message)) onReady()
      })
      if (spec.readyPort) void untilOpen(spec.readyPort, stopping.signal).then(onReady)
      process_.once('error', (error) => resolve(error.message))
      process_.once('exit', (code, signal) => resolve(signal ?? code ?? 1))
    })
  }
}

function isReady(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
  )
}

async function untilOpen(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isOpen(port))) await sleep(200, signal)
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.end())
  })
}
