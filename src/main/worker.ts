/** The worker role: the live channel and everything that happens by the clock. Composition and signals only. */
import { createPool } from '@/db/pool'
import { startJobs } from '@/jobs/main'
import { startLive } from '@/live/main'
import { env } from '@/platform/env'
import { logFor } from '@/platform/log'
import { runRole } from '@/platform/runRole'

runRole('worker', async () => {
  const settings = env()
  const connectionString = settings.databaseUrl
  const pool = createPool(connectionString, { max: 6, name: 'cpms-worker' })
  const now = () => new Date()
  const live = await startLive({
    pool,
    connectionString,
    host: settings.host,
    port: settings.livePort,
    publicUrl: settings.publicUrl,
    payloadSecret: settings.payloadSecret,
    now,
    log: logFor('live'),
  })
  const jobs = startJobs({ pool, connectionString, now, log: logFor('jobs') })
  logFor('worker').info({ port: live.port }, 'the live channel listens')
  return {
    async stop() {
      await Promise.allSettled([live.close(), jobs.stop()])
      await pool.end()
    },
  }
})
