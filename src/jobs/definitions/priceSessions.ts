import {
  claimUnpriced,
  samplesOf,
  storePrices,
  type LedgerRow,
  type MeterRow,
  type PricedRow,
  type PricingRow,
} from '../../db/queries/priceSessions'
import { withTransaction } from '../../db/tx'
import { energyOf, pricePoints } from '../../domain/session'
import { priceSession, type Price } from '../../domain/tariff/price'
import { tariffOf } from '../../domain/tariff/resolve'
import type { Tariff } from '../../domain/tariff/types'
import type { JobContext, JobDefinition } from '../job'

const sessionsAtOnce = 50

/** The tick behind the notifications: prices what nobody was told of. */
export const priceSessions: JobDefinition = {
  name: 'priceSessions',
  expression: '*/5 * * * * *',
  run: priceEndedSessions,
}

/**
 * `priceEndedSessions`: every ended session has its energy, its price and its ledger lines, or the reason why a person
 * has to look at it. Each session is claimed by one worker; one that ends again later is priced anew.
 */
export async function priceEndedSessions(context: JobContext): Promise<void> {
  for (;;) {
    const count = await withTransaction(context.pool, async (sql) => {
      const sessions = await claimUnpriced(sql, sessionsAtOnce)
      if (sessions.length === 0) return 0
      const samples = groupBySession(await samplesOf(sql, sessions))
      const now = context.now()
      const verdicts = sessions.map((session) => judge(session, samples.get(session.id) ?? [], now))
      await storePrices(
        sql,
        verdicts.map((verdict) => verdict.priced),
        verdicts.flatMap((verdict) => verdict.lines),
        now,
      )
      return sessions.length
    })
    if (count < sessionsAtOnce) return
  }
}

type Verdict = { priced: PricedRow; lines: LedgerRow[] }

function judge(session: PricingRow, samples: MeterRow[], now: Date): Verdict {
  const energy = energyOf({ ...session, samples })
  const price = priceOf(session, energy.energyWh, samples, now)
  // What the recorder found odd about the end (superseded, ended before it began) stays said.
  const reasons = [session.reviewReason, energy.reviewReason, price?.needsReview]
  const reviewReason = [...new Set(reasons.filter((reason) => Boolean(reason)))].join(' ') || null
  const isKnown = price !== null && price.totalMinor !== null
  return {
    priced: {
      id: session.id,
      status: reviewReason ? 'needs-review' : 'ended',
      reviewReason,
      energyWh: energy.energyWh,
      costMinor: price?.totalMinor ?? null,
      taxMinor: price?.taxMinor ?? null,
      currency: price?.currency || null,
      isEnergyInDoubt: energy.reviewReason !== null,
      // A price that is not known is not zero, and not final: a person settles it.
      isPriced: isKnown,
    },
    lines: isKnown ? price.lines.map((line, index) => toRow(session.id, index + 1, line)) : [],
  }
}

function priceOf(
  session: PricingRow,
  energyWh: number | null,
  samples: MeterRow[],
  now: Date,
): Price | null {
  if (energyWh === null) return null
  return priceSession({
    samples: pricePoints({ ...session, energyWh, samples }),
    startedAt: session.startedAt,
    stoppedAt: session.stoppedAt,
    tariff: tariffOf({ ...session, tariff: session.tariff as Tariff | null }),
    now,
    timezone: session.timezone,
  })
}

function toRow(sessionId: number, line: number, from: Price['lines'][number]): LedgerRow {
  return {
    sessionId,
    line,
    kind: from.kind,
    quantity: from.quantity,
    unit: from.unit,
    rateMicros: from.rateMicros,
    amountMinor: from.amountMinor,
    taxMinor: from.taxMinor,
    fromAt: from.from,
    untilAt: from.until,
    body: {
      taxBasisPoints: from.taxBasisPoints,
      taxIncluded: from.taxIncluded,
      element: from.element,
    },
  }
}

export function groupBySession(samples: readonly MeterRow[]): Map<number, MeterRow[]> {
  const groups = new Map<number, MeterRow[]>()
  for (const sample of samples) {
    const group = groups.get(sample.sessionId)
    if (group) group.push(sample)
    else groups.set(sample.sessionId, [sample])
  }
  return groups
}
