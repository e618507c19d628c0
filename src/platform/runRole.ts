/**
 * The life of a role's process, the same for all: it says when it serves, drains when it is told to stop or when the
 * supervisor is gone, and ends. `node dist/ocpp.js` alone behaves no differently.
 */
import { demandProduction, EnvProblem } from './env'
import { asError } from './errors'
import { logFor } from './log'

export type RunningRole = {
  /** Takes no new work, finishes what was taken, lets go of everything. */
  stop(): Promise<void>
}

/** The supervisor does not start a role again that ended with this: only a person can mend its settings. */
export const exitMisconfigured = 78

/** Starts the role, reports `{ready: true}` over IPC, ends the process with 0 once it has drained. */
export function runRole(
  name: string,
  start: () => Promise<RunningRole>,
  options: { drainMs?: number } = {},
): void {
  const log = logFor(name)
  const drainMs = options.drainMs ?? 10_000
  let isStopping = false
  let running: Promise<RunningRole> | null = null

  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'ends after an error nobody expected')
    process.exit(1)
  })
  process.on('unhandledRejection', (reason) => {
    log.fatal({ err: asError(reason) }, 'ends after a promise nobody waited for failed')
    process.exit(1)
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => stop(signal))
  process.on('disconnect', () => stop('the supervisor is gone'))

  try {
    demandProduction()
    running = start()
  } catch (error) {
    running = Promise.reject(asError(error))
  }
  running.then(
    () => process.send?.({ ready: true }),
    (error: unknown) => {
      if (isStopping) process.exit(0)
      explain(error)
    },
  )

  function stop(why: string): void {
    if (isStopping) return
    isStopping = true
    log.info({ why }, 'stops')
    const timer = setTimeout(() => {
      log.error({ drainMs }, 'could not finish its work in time and ends')
      process.exit(1)
    }, drainMs)
    timer.unref()
    Promise.resolve(running)
      .then((role) => role?.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: asError(error) }, 'did not stop cleanly')
          process.exit(1)
        },
      )
  }

  function explain(thrown: unknown): void {
    const error = asError(thrown)
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (error instanceof EnvProblem) {
      process.stderr.write(`${error.message}\n`)
      process.exit(exitMisconfigured)
    }
    if (code === 'EADDRINUSE') log.error(`port ${port} is in use by another program`)
    else log.fatal({ err: error }, 'does not start')
    process.exit(1)
  }
}
