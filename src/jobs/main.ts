import { channels } from '../db/channels'
import { listen } from '../db/listen'
import type { Pool } from '../db/pool'
import { startCron } from './cron'
import { detectOffline } from './definitions/detectOffline'
import { expireCommands } from './definitions/expireCommands'
import { raiseIncidents, raiseWhatHappened, watchRegisters } from './definitions/raiseIncidents'
import { priceEndedSessions, priceSessions } from './definitions/priceSessions'
import { makePartitions, pruneEventsJob, pruneFrames } from './definitions/prune'
import { runningCost } from './definitions/runningCost'
import type { JobContext, JobDefinition, JobLog } from './job'

/** Everything the worker does by the clock. Nothing here is on a charger's path: with no worker, all of it is late. */
export const jobs: readonly JobDefinition[] = [
  expireCommands,
  detectOffline,
  priceSessions,
  runningCost,
  raiseIncidents,
  watchRegisters,
  makePartitions,
  pruneFrames,
  pruneEventsJob,
]

export type JobsOptions = { pool: Pool; connectionString: string; now(): Date; log: JobLog }

export type Jobs = { stop(): Promise<void> }

/** `startJobs`: the table above runs, and what follows from events (prices, incidents) is done when they happen, not at the next tick. */
export function startJobs(options: JobsOptions): Jobs {
  const context: JobContext = { pool: options.pool, now: options.now, log: options.log }
  const cron = startCron(jobs, context)
  const price = whenIdle(() => priceEndedSessions(context), options.log)
  const raise = whenIdle(() => raiseWhatHappened(context), options.log)
  const listener = listen({
    connectionString: options.connectionString,
    name: 'cpms-jobs',
    channels: [channels.event],
    onNotify() {
      price()
      raise()
    },
  })
  return {
    async stop() {
      await listener.close()
      await cron.stop()
    },
  }
}

const restMs = 250

/** Runs `work` once for any number of calls that come while it runs or rests. */
function whenIdle(work: () => Promise<unknown>, log: JobLog): () => void {
  let isBusy = false
  let isAsked = false
  async function run(): Promise<void> {
    isBusy = true
    while (isAsked) {
      isAsked = false
      await work().catch((error: unknown) =>
        log.warn({ err: error }, 'a job that follows events failed and will be tried again'),
      )
      await new Promise((resolve) => setTimeout(resolve, restMs))
    }
    isBusy = false
  }
  return () => {
    isAsked = true
    if (!isBusy) void run()
  }
}
