import type { Pool } from '../db/pool'

export type JobLog = {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** All that a job may use; handed in, so that a test runs one with its own clock. */
export type JobContext = {
  pool: Pool
  now(): Date
  log: JobLog
  /** A turn that this worker took has ended. */
  onTurn?(turn: { job: string; seconds: number; isDone: boolean }): void
}

export type JobDefinition = {
  name: string
  /** Of node-cron, with seconds, in UTC. */
  expression: string
  /** A job that is due by the calendar: its period. One that missed its turn runs when a worker starts. */
  catchUpAfterMs?: number
  run(context: JobContext): Promise<void>
}
