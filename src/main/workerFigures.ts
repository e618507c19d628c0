/** What Prometheus is told by the worker: its jobs, its listeners, and what waits in the database. */
import type { Pool } from '@/db/pool'
import { readBacklog, type Backlog } from '@/db/queries/backlog'
import type { JobContext } from '@/jobs/job'
import { createHistogram, printFamilies, processFamilies, type Family } from '@/platform/prometheus'

export type WorkerFigures = {
  onTurn: NonNullable<JobContext['onTurn']>
  page(): Promise<string>
}

export function workerFigures(pool: Pool, listeners: () => number): WorkerFigures {
  const turns = createHistogram('cpms_job_seconds', 'Turns of jobs that ended well', 'job')
  const failed = new Map<string, number>()
  const lastDone = new Map<string, number>()
  const byJob = (counts: ReadonlyMap<string, number>) => () =>
    [...counts].map(([job, value]) => ({ labels: { job }, value }))

  /** One question a page, whatever many figures are made of it. */
  function waiting(): Family[] {
    const asked = readBacklog(pool)
    asked.catch(() => {})
    const gauge = (name: string, help: string, of: (backlog: Backlog) => number): Family => ({
      name,
      help,
      type: 'gauge',
      read: async () => [{ value: of(await asked) }],
    })
    return [
      {
        name: 'cpms_alerts_open',
        help: 'Alerts that are not resolved, by kind',
        type: 'gauge',
        read: async () =>
          (await asked).alerts.map(({ kind, count }) => ({ labels: { kind }, value: count })),
      },
      gauge('cpms_sessions_unpriced', 'Ended sessions without a price yet', (b) => b.unpriced),
      gauge('cpms_sessions_in_review', 'Sessions a person has to look at', (b) => b.inReview),
      gauge('cpms_sessions_running', 'Charges under way', (b) => b.running),
      gauge('cpms_commands_open', 'Commands without a final state', (b) => b.commands),
      gauge('cpms_mails_waiting', 'Mails in the outbox', (b) => b.mails),
      gauge('cpms_webhooks_waiting', 'Webhook deliveries still to be made', (b) => b.webhooks),
      gauge(
        'cpms_oldest_unpriced_seconds',
        'How long the oldest ended session has waited for its price',
        (b) => b.oldestUnpricedSeconds,
      ),
    ]
  }

  return {
    onTurn({ job, seconds, isDone }) {
      if (!isDone) return void failed.set(job, (failed.get(job) ?? 0) + 1)
      turns.observe(seconds, job)
      lastDone.set(job, Date.now() / 1000)
    },
    page: () =>
      printFamilies([
        turns,
        {
          name: 'cpms_job_failures_total',
          help: 'Turns of jobs that failed',
          type: 'counter',
          read: byJob(failed),
        },
        {
          name: 'cpms_job_last_done_seconds',
          help: 'When this worker last ended a turn well, seconds since 1970',
          type: 'gauge',
          read: byJob(lastDone),
        },
        {
          name: 'cpms_live_listeners',
          help: 'Browsers and apps on the live channel',
          type: 'gauge',
          read: () => [{ value: listeners() }],
        },
        ...waiting(),
        ...processFamilies(),
      ]),
  }
}
