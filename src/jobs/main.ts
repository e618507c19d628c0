import { closePdf } from '#reports/render/pdf'

import { channels } from '../db/channels'
import { listen } from '../db/listen'
import { createPool, type Pool } from '../db/pool'
import { createSender } from '../email/send'
import { startCron } from './cron'
import { advanceDiagnostics, pruneFiles } from './definitions/advanceDiagnostics'
import { advanceRollouts } from './definitions/advanceRollouts'
import { chainAudit, verifyAuditJob } from './definitions/chainAudit'
import { driverCharges, pruneAppJob } from './definitions/driverCharges'
import { detectOffline } from './definitions/detectOffline'
import { expireCommands } from './definitions/expireCommands'
import { followProfiles } from './definitions/followProfiles'
import { followReservations } from './definitions/followReservations'
import { raiseIncidents, raiseWhatHappened, watchRegisters } from './definitions/raiseIncidents'
import { confirmRecipients } from './definitions/confirmRecipients'
import { keepLocalLists } from './definitions/keepLocalLists'
import { issueStatements } from './definitions/issueStatements'
import { mailAlerts } from './definitions/mailAlerts'
import { mailShares } from './definitions/mailShares'
import { mailStatements } from './definitions/mailStatements'
import { mailTickets } from './definitions/mailTickets'
import { measureSessions } from './definitions/measureSessions'
import { priceEndedSessions, priceSessions } from './definitions/priceSessions'
import { proveChargers } from './definitions/proveChargers'
import { tellDrivers } from './definitions/tellDrivers'
import { tendPayments } from './definitions/tendPayments'
import { makePartitions, pruneEventsJob, pruneFrames, pruneSignInsJob } from './definitions/prune'
import { runningCost } from './definitions/runningCost'
import { pruneMailsJob, sendOutboxMail } from './definitions/sendOutboxMail'
import { pruneDeliveriesJob, sendWebhooks } from './definitions/sendWebhooks'
import type { CardProvider } from '../payments/provider'
import { watchBudgets } from './definitions/watchBudgets'
import type { JobContext, JobDefinition, JobLog } from './job'

/** What the worker does by the clock, but for what leaves the house (`startJobs`). Nothing here is on a charger's path: with no worker, all of it is late. */
export const jobs: readonly JobDefinition[] = [
  expireCommands,
  followReservations,
  followProfiles,
  keepLocalLists,
  detectOffline,
  driverCharges,
  pruneAppJob,
  priceSessions,
  measureSessions,
  runningCost,
  proveChargers,
  raiseIncidents,
  watchRegisters,
  advanceRollouts,
  advanceDiagnostics,
  pruneFiles,
  makePartitions,
  pruneFrames,
  pruneEventsJob,
  pruneSignInsJob,
  pruneMailsJob,
  pruneDeliveriesJob,
  chainAudit,
  verifyAuditJob,
]

export type JobsOptions = {
  pool: Pool
  connectionString: string
  now(): Date
  log: JobLog
  onTurn?: JobContext['onTurn']
  publicUrl: string
  mail: { smtpUrl: string | null; from: string | null; dataDir: string }
  /** Webhooks may reach addresses inside this network. */
  areWebhooksPrivate: boolean
  /** Who takes cards; null where nobody does. */
  cards: CardProvider | null
}

export type Jobs = { stop(): Promise<void> }

/** `startJobs`: the table above runs, and what follows from events (prices, incidents, the next step of a firmware update) is done when they happen, not at the next tick. */
export function startJobs(options: JobsOptions): Jobs {
  const { pool, now, log, onTurn } = options
  const context: JobContext = { pool, now, log, onTurn }
  const { hostname } = new URL(options.publicUrl)
  const sender = createSender({
    smtpUrl: options.mail.smtpUrl,
    from: options.mail.from ?? `CITA EV <noreply@${hostname}>`,
    host: hostname,
    dataDir: options.mail.dataDir,
  })
  // An operator's statement goes through every session of a year: more than the five seconds of what people wait for.
  const patient = createPool(options.connectionString, {
    max: 2,
    name: 'cpms-statements',
    statementTimeoutMs: 60_000,
  })
  const reaching = [
    mailAlerts(options.publicUrl),
    mailTickets(options.publicUrl),
    tellDrivers,
    onPool(patient, issueStatements(options.publicUrl)),
    mailStatements(options.publicUrl),
    confirmRecipients(options.publicUrl),
    mailShares(options.publicUrl),
    sendOutboxMail(sender),
    watchBudgets(options.publicUrl),
    sendWebhooks({ allowsPrivate: options.areWebhooksPrivate }),
    ...(options.cards ? [tendPayments(options.cards)] : []),
  ]
  const cron = startCron([...jobs, ...reaching], context)
  const price = whenIdle(() => priceEndedSessions(context), options.log)
  const raise = whenIdle(() => raiseWhatHappened(context), options.log)
  const advance = whenIdle(() => advanceRollouts.run(context), options.log, rolloutRestMs)
  const listener = listen({
    connectionString: options.connectionString,
    name: 'cpms-jobs',
    channels: [channels.event],
    onNotify() {
      price()
      raise()
      advance()
    },
  })
  return {
    async stop() {
      await listener.close()
      await cron.stop()
      closePdf()
      sender.close()
      await patient.end()
    },
  }
}

const onPool = (pool: Pool, job: JobDefinition): JobDefinition => ({
  ...job,
  run: (context) => job.run({ ...context, pool }),
})

const usualRestMs = 250
/** What a charger says of its update is judged over all its campaign: that is more than a look at what is new. */
const rolloutRestMs = 1_000

/** Runs `work` once for any number of calls that come while it runs or rests. */
function whenIdle(
  work: () => Promise<unknown>,
  log: JobLog,
  restMs: number = usualRestMs,
): () => void {
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
