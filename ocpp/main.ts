import { env, EnvProblem } from '@/platform/env'
import { logFor } from '@/platform/log'
import { serveOcpp } from './serve'

/** The OCPP role as a process: reads its settings, serves chargers, drains on a signal or when its parent is gone. */
const log = logFor('ocpp')

async function run(): Promise<void> {
  const settings = env()
  const role = await serveOcpp(settings, log)
  log.info(`chargers connect to ${settings.ocppPublicUrl}/<identity>`)
  process.send?.({ ready: true })

  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    role.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the OCPP role did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

run().catch((error: unknown) => {
  if (error instanceof EnvProblem) log.fatal(error.message)
  else log.fatal({ err: error }, 'the OCPP role could not start')
  process.exit(1)
})
