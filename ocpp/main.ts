/** The OCPP role as a process: reads its settings, serves chargers, drains on a signal or when its parent is gone. */
import { env } from '@/platform/env'
import { logFor } from '@/platform/log'
import { runRole } from '@/platform/runRole'
import { serveOcpp } from './serve'

runRole('ocpp', async () => {
  const settings = env()
  const log = logFor('ocpp')
  const role = await serveOcpp(settings, log)
  log.info(`chargers connect to ${settings.ocppPublicUrl}/<identity>`)
  return role
})
