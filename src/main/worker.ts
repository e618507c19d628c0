/** The worker role: the live channel and everything that happens by the clock. Composition and signals only. */
import { createPool } from '@/db/pool'
import { startJobs } from '@/jobs/main'
import { startLive, type Live } from '@/live/main'
import { cardProvider } from '@/payments/index'
import { env } from '@/platform/env'
import { logFor } from '@/platform/log'
import { mayReadMetrics } from '@/platform/prometheus'
import { runRole } from '@/platform/runRole'

import { workerFigures } from './workerFigures'

runRole('worker', async () => {
  const settings = env()
  const pool = createPool(settings.databaseUrl, { max: 6, name: 'cpms-worker' })
  const shared = {
    pool,
    connectionString: settings.databaseUrl,
    now: () => new Date(),
  }
  let listening: Live | null = null
  const figures = workerFigures(pool, () => listening?.listeners() ?? 0)
  const live = await startLive({
    ...shared,
    metrics: {
      page: figures.page,
      mayRead: ({ remoteAddress, headers }) =>
        mayReadMetrics({ remoteAddress, headers }, settings.metricsToken),
    },
    host: settings.host,
    port: settings.livePort,
    publicUrl: settings.publicUrl,
    payloadSecret: settings.payloadSecret,
    log: logFor('live'),
  })
  listening = live
  const jobs = startJobs({
    ...shared,
    log: logFor('jobs'),
    onTurn: figures.onTurn,
    publicUrl: settings.publicUrl,
    mail: { smtpUrl: settings.smtpUrl, from: settings.mailFrom, dataDir: settings.dataDir },
    areWebhooksPrivate: settings.areWebhooksPrivate,
    cards: cardProvider(settings),
  })
  logFor('worker').info({ port: live.port }, 'the live channel listens')
  return {
    async stop() {
      await Promise.allSettled([live.close(), jobs.stop()])
      await pool.end()
    },
  }
})
