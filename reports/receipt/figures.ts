import type { Sql } from '@/db/pool'
import { readSessionDetail, type SessionDetail } from '@/db/queries/sessionDetail'
import { stopVerdict } from '@/domain/stopVerdict'

export type ReceiptLine = SessionDetail['lines'][number]

/** What a driver's receipt says: the session's own price lines, never priced again. Amounts in minor units. */
export type ReceiptFigures = {
  /** The session's number, which the charger and the panel know it by. */
  number: number
  publicId: string | null
  charger: string
  connector: number | null
  site: string | null
  zone: string
  startedAt: string
  stoppedAt: string
  durationSeconds: number | null
  energyWh: number | null
  lines: ReceiptLine[]
  /** What was put right afterwards: the difference between the lines and what is to be paid. */
  correction: { netMinor: number; taxMinor: number } | null
  netMinor: number
  taxMinor: number
  totalMinor: number
  currency: string
  tariff: string | null
  /** Why charging stopped, in a sentence. */
  ended: string
}

const everything = { kind: 'all' } as const

/**
 * `readReceipt`: null where there is no receipt (yet): the session runs, its price is not final, or it has none. Who may
 * ask for it is decided by the caller.
 */
export async function readReceipt(sql: Sql, sessionId: number): Promise<ReceiptFigures | null> {
  const session = await readSessionDetail(sql, sessionId, { scope: everything, people: everything })
  if (!session?.stoppedAt || !session.pricedAt || session.status === 'needs-review') return null
  if (session.costMinor === null || !session.currency) return null
  const { lines } = session
  const costMinor = session.costMinor + (session.correctionMinor ?? 0)
  const taxMinor = (session.taxMinor ?? 0) + (session.correctionTaxMinor ?? 0)
  const sum = (key: 'amountMinor' | 'taxMinor') => lines.reduce((all, line) => all + line[key], 0)
  const correction = {
    netMinor: costMinor - taxMinor - sum('amountMinor'),
    taxMinor: taxMinor - sum('taxMinor'),
  }
  const verdict = stopVerdict({
    reason: session.endedBy === 'superseded' ? 'superseded' : session.stopReason,
    stoppedAt: new Date(session.stoppedAt),
    stopIdTag: session.stopIdTag,
    statuses: session.statuses.map((one) => ({ ...one, at: new Date(one.at) })),
    samples: (session.curve ?? []).map(([at, powerW]) => ({ at: new Date(at), powerW })),
    requestedBy: session.stoppedByCommand,
  })
  return {
    number: session.transactionId,
    publicId: session.publicId,
    charger: session.chargerName,
    connector: session.connectorNumber,
    site: session.siteName,
    zone: session.timezone,
    startedAt: session.startedAt,
    stoppedAt: session.stoppedAt,
    durationSeconds: session.durationSeconds,
    energyWh: session.energyWh === null ? null : session.energyWh + (session.correctionWh ?? 0),
    lines,
    correction: correction.netMinor === 0 && correction.taxMinor === 0 ? null : correction,
    netMinor: costMinor - taxMinor,
    taxMinor,
    totalMinor: costMinor,
    currency: session.currency,
    tariff: session.tariffName,
    ended: `${verdict.label}. ${verdict.sentence}`,
  }
}
