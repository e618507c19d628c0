import { createHash } from 'node:crypto'

import type { Sql } from '@/db/pool'
import { sumLines, sumSessions, type StatementSums } from '@/db/queries/statementLines'
import { readStatementSubject } from '@/db/queries/statementSubject'
import type { ClosedFigures, Run } from '@/db/queries/statementRuns'
import { periodAround, periodWords } from '@/domain/issuing'

import { numberOf, type StatementFigures } from './figures'

/**
 * `figuresOf`: what a statement says, from the lines it was closed with (`sums`); besides them only the names it is
 * addressed to and the comparison with the period before.
 */
export async function figuresOf(
  sql: Sql,
  run: Run,
  sums: StatementSums,
  now: Date,
): Promise<StatementFigures> {
  const period = periodAround(run.frequency, run.from, run.zone)
  const last = periodAround(run.frequency, new Date(run.from.getTime() - 1), run.zone)
  const [subject, known, earlier] = [
    await readStatementSubject(sql, run.scheduleId),
    await sumSessions(sql, run.siteIds, run.from, run.to),
    await sumSessions(sql, run.siteIds, last.from, last.to),
  ]
  return {
    number: numberOf(run.statementId),
    publicId: run.publicId,
    subject: run.subject,
    subjectAddress: subject.address,
    recipient: subject.recipient,
    siteCount: run.siteIds.length,
    frequency: run.frequency,
    fromDay: period.fromDay,
    toDay: period.toDay,
    zone: run.zone,
    closedAt: now.toISOString(),
    sums,
    before: beforeOf(earlier.final, periodWords(last)),
    heldBack: known.heldBack,
  }
}

/** Energy and sessions of all currencies, the amount of the one that came to most. */
function beforeOf(
  sums: Awaited<ReturnType<typeof sumSessions>>['final'],
  words: string,
): StatementFigures['before'] {
  const [main] = sums
    .filter(({ currency }) => currency)
    .sort((a, b) => b.amountMinor - a.amountMinor)
  if (sums.length === 0) return null
  return {
    words,
    currency: main?.currency ?? null,
    amountMinor: main?.amountMinor ?? 0,
    taxMinor: main?.taxMinor ?? 0,
    energyWh: sums.reduce((sum, one) => sum + one.energyWh, 0),
    sessions: sums.reduce((sum, one) => sum + one.sessions, 0),
  }
}

/** `closeFigures`: the figures of a run whose lines are written, ready to be stored beside them. */
export async function closeFigures(
  sql: Sql,
  run: Run,
  now: Date,
): Promise<{ figures: StatementFigures; fingerprint: string; closed: ClosedFigures }> {
  const sums = await sumLines(sql, run.statementId, run.zone)
  const figures = await figuresOf(sql, run, sums, now)
  const main = sums.amounts[0]
  return {
    figures,
    fingerprint: fingerprintOf(figures),
    closed: {
      sessionCount: sums.sessions,
      energyWh: sums.energyWh,
      costMinor: main?.amountMinor ?? null,
      taxMinor: main?.taxMinor ?? null,
      currency: main?.currency ?? null,
      correctionCount: sums.correctionCount,
      correctionMinor: main?.correctionMinor ?? 0,
      heldBackCount: figures.heldBack,
    },
  }
}

/** `fingerprintOf`: SHA-256 of everything a statement says, a random number of its own among it; 64 hex characters. */
export function fingerprintOf(figures: StatementFigures): string {
  return createHash('sha256').update(JSON.stringify(figures)).digest('hex')
}
