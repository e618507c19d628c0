import { closeLines } from '../../db/queries/statementLines'
import {
  claimRun,
  closeStatement,
  holdsRun,
  issueStatement,
  planStatement,
  putOff,
  readActiveSchedules,
  type Run,
  type StatementFile,
} from '../../db/queries/statementRuns'
import { readBranding } from '../../db/queries/branding'
import { withTransaction } from '../../db/tx'
import { duePeriods, nextIssue, periodWords } from '../../domain/issuing'
import { publicId } from '../../platform/ids'
import { closeFigures } from '#reports/statement/close'
import type { StatementFigures } from '#reports/statement/figures'
import { reportFiles, statementFiles } from '#reports/statement/files'
import { warmPdf } from '#reports/render/pdf'
import type { JobContext, JobDefinition } from '../job'

/** Longer than any document may take to draw; a worker that dies meanwhile is followed by another after it. */
const leaseSeconds = 120
const atOnce = 20
/** The turn before the hour comes is a minute earlier. */
const soonMs = 90_000
/** From then on the panel calls it failed; it is tried on. */
const triesBeforeSaid = 3
const firstPauseMs = 60_000
const longestPauseMs = 6 * 3_600_000

/**
 * `issueStatements`: every period of every schedule is planned, closed, drawn and handed to the mails once. Each step
 * is a transaction of its own and starts from what the last one left, so that a worker that dies anywhere is followed
 * by another.
 */
export function issueStatements(publicUrl: string): JobDefinition {
  return {
    name: 'issueStatements',
    expression: '20 * * * * *',
    run: async (context) => {
      await planStatements(context)
      await makeStatements(context, publicUrl)
    },
  }
}

/** `planStatements`: a row for each period that is due; where one is due soon, what draws them is made ready. */
export async function planStatements({ pool, now }: JobContext): Promise<void> {
  const at = now()
  for (const schedule of await readActiveSchedules(pool)) {
    const waitMs = nextIssue(schedule).at.getTime() - at.getTime()
    if (waitMs > 0 && waitMs <= soonMs) void warmPdf()
    for (const period of duePeriods(schedule, at))
      await planStatement(pool, {
        scheduleId: schedule.id,
        publicId: publicId(),
        title: `${schedule.name}, ${periodWords(period)}`,
        from: period.from,
        to: period.to,
        now: at,
      })
  }
}

/** `makeStatements`: those that are planned, oldest first; one that fails waits and lets the others pass. */
export async function makeStatements(context: JobContext, publicUrl: string): Promise<void> {
  const { pool, now, log } = context
  for (let i = 0; i < atOnce; i++) {
    const claim = publicId()
    const run = await claimRun(pool, { claim, now: now(), leaseSeconds })
    if (!run) return
    try {
      await makeOne(context, run, claim, publicUrl)
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      log.warn(
        { err: error, statement: run.statementId, tries: run.tries },
        'a statement could not be made',
      )
      await putOff(pool, run.statementId, claim, {
        error: sentence.slice(0, 500),
        isLong: run.tries >= triesBeforeSaid,
        nextTryAt: nextTry(run.tries, now()),
        now: now(),
      })
    }
  }
}

async function makeOne(
  context: JobContext,
  run: Run,
  claim: string,
  publicUrl: string,
): Promise<void> {
  const { pool, now } = context
  const files = await filesOf(context, run, claim, publicUrl)
  if (!files) return
  await withTransaction(pool, async (sql) => {
    if (await holdsRun(sql, run.statementId, claim))
      await issueStatement(sql, run.statementId, files, now())
  })
}

/** Null where another worker has taken over. */
async function filesOf(
  context: JobContext,
  run: Run,
  claim: string,
  publicUrl: string,
): Promise<StatementFile[] | null> {
  const { pool, now } = context
  const branding = await readBranding(pool)
  if (run.kind !== 'statement') return reportFiles(pool, run, branding, now())
  const closed = run.figures ? asClosed(run) : await close(context, run, claim)
  if (!closed) return null
  const verifyUrl = `${publicUrl}/verify/${closed.fingerprint}`
  return statementFiles(pool, { run, ...closed, branding, verifyUrl })
}

type Closed = { figures: StatementFigures; fingerprint: string }

const asClosed = (run: Run): Closed => ({
  figures: run.figures as StatementFigures,
  fingerprint: run.fingerprint ?? '',
})

/** Null where another worker has taken over. */
async function close({ pool, now }: JobContext, run: Run, claim: string): Promise<Closed | null> {
  return withTransaction(pool, async (sql) => {
    if (!(await holdsRun(sql, run.statementId, claim))) return null
    await closeLines(sql, {
      id: run.statementId,
      scheduleId: run.scheduleId,
      from: run.from,
      to: run.to,
    })
    const { figures, fingerprint, closed } = await closeFigures(sql, run, now())
    await closeStatement(sql, run.statementId, { ...closed, figures, fingerprint, now: now() })
    return { figures, fingerprint }
  })
}

function nextTry(tries: number, now: Date): Date {
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1))
  return new Date(now.getTime() + pauseMs)
}
