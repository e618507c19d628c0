import { createTask, type ScheduledTask } from 'node-cron'
import { claimTick, lastTick } from '../db/queries/claimTick'
import type { JobContext, JobDefinition } from './job'

export type Cron = { stop(): Promise<void> }

/**
 * `startCron`: runs each job at its times. Every turn is claimed in SQL first, so any number of workers run it once;
 * a job that missed its turn while no worker was up runs when the first one starts. A job never overlaps itself in
 * one process, and one that throws is logged and tried at its next time.
 */
export function startCron(jobs: readonly JobDefinition[], context: JobContext): Cron {
  const running = new Set<Promise<void>>()
  const busy = new Set<string>()

  function run(job: JobDefinition, slot: Date): void {
    if (busy.has(job.name)) return
    busy.add(job.name)
    const turn = takeTurn(job, slot, context).finally(() => {
      busy.delete(job.name)
      running.delete(turn)
    })
    running.add(turn)
  }

  const tasks: ScheduledTask[] = jobs.map((job) =>
    createTask(job.expression, ({ date }) => run(job, wholeSecond(date)), {
      name: job.name,
      timezone: 'UTC',
      suppressMissedWarning: true,
    }),
  )
  for (const task of tasks) void task.start()
  for (const job of jobs) {
    if (job.catchUpAfterMs !== undefined) void catchUp(job, job.catchUpAfterMs)
  }

  async function catchUp(job: JobDefinition, afterMs: number): Promise<void> {
    try {
      const last = await lastTick(context.pool, job.name)
      const now = context.now()
      // The slot of the missed turn, not this instant: of several workers that start at once one takes it.
      const slot = new Date(Math.floor(now.getTime() / afterMs) * afterMs)
      if (last === null || last.getTime() < slot.getTime()) run(job, slot)
    } catch (error) {
      context.log.warn({ err: error, job: job.name }, 'could not see when a job ran last')
    }
  }

  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()))
      await Promise.allSettled(running)
    },
  }
}

export async function takeTurn(job: JobDefinition, slot: Date, context: JobContext): Promise<void> {
  let beganAt: number | null = null
  let isDone = false
  try {
    if (!(await claimTick(context.pool, job.name, slot))) return
    beganAt = performance.now()
    await job.run(context)
    isDone = true
  } catch (error) {
    context.log.warn({ err: error, job: job.name }, 'a job failed and will be tried again')
  } finally {
    if (beganAt !== null) {
      const seconds = (performance.now() - beganAt) / 1000
      context.onTurn?.({ job: job.name, seconds, isDone })
    }
  }
}

function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000)
}
