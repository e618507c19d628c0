import { jsonText } from '@/db/arrays'
import {
  appendSamples,
  findTransactions,
  rollUpSessions,
  type LiveRow,
  type SampleRow,
} from '@/db/queries/appendSamples'
import type { Recorder, Tx } from '@/db/writer'
import type { EnergySampled } from '@/domain/facts'
import type { Reading } from '@/domain/facts'
import { normaliseReadings } from '@/domain/meter/normalise'
import type { TransactionCache } from './transactions'

/** Newest reading of each running session, waiting to be carried to its row. */
export type LiveReadings = Map<number, LiveRow>

/** Takes samples of any message that holds them to the one statement that appends samples. */
export function sampled(
  tx: Tx,
  of: { chargerId: number; connectorId: number; transactionId: number | null; receivedAt: Date },
  readings: readonly Reading[],
): void {
  if (readings.length > 0) tx.also('samples', { ...of, readings })
}

type Sampled = Pick<
  EnergySampled,
  'chargerId' | 'connectorId' | 'transactionId' | 'receivedAt' | 'readings'
>

/**
 * Keeps what meters said, as it was said (judging it is pricing's work), each sample once. `transactions` spares the
 * look-up of sessions; `live` collects what the next roll-up shows.
 */
export function recordSamples(
  transactions: TransactionCache,
  live: LiveReadings,
): Recorder<Sampled, null> {
  return async (tx, facts) => {
    const rows: SampleRow[] = []
    const unknown: { chargerId: number; transactionId: number }[] = []
    for (const fact of facts) {
      const { chargerId, transactionId } = fact
      const isNumbered = transactionId !== null && transactionId > 0
      const known = isNumbered ? transactions.find(chargerId, transactionId) : undefined
      if (isNumbered && !known) unknown.push({ chargerId, transactionId })
      const receivedAt = fact.receivedAt.getTime()
      const readings = normaliseReadings(fact.readings, fact.receivedAt)
      for (const [place, reading] of readings.entries()) {
        // Readings of a clock that does not run all count as received now: they stay apart and in order.
        const at = reading.plausible ? reading.at.getTime() : receivedAt + place
        rows.push({
          at,
          receivedAt,
          chargerId,
          connectorId: known?.connectorId ?? fact.connectorId,
          sessionId: known?.sessionId ?? null,
          transactionId,
          context: reading.context,
          energyWh: reading.energyWh,
          powerW: reading.powerW,
          currentsA: reading.currents,
          voltagesV: reading.voltages,
          socPercent: reading.socPercent,
          rest: reading.rest && jsonText(reading.rest),
        })
        if (known) keepNewest(live, known.sessionId, reading, at)
      }
    }
    if (rows.length === 0) return facts.map(() => null)
    const appended = appendSamples(tx, rows)
    const [found] = await Promise.all([
      unknown.length > 0 ? findTransactions(tx, unknown) : [],
      appended,
    ])
    for (const known of found) transactions.remember(known)
    return facts.map(() => null)
  }
}

function keepNewest(
  live: LiveReadings,
  sessionId: number,
  reading: { energyWh: number | null; powerW: number | null; socPercent: number | null },
  at: number,
): void {
  const last = live.get(sessionId)
  if (last && last.at > at) return
  live.set(sessionId, {
    sessionId,
    at,
    registerWh: reading.energyWh ?? last?.registerWh ?? null,
    powerW: reading.powerW ?? last?.powerW ?? null,
    socPercent: reading.socPercent ?? last?.socPercent ?? null,
  })
}

/** Carries the newest readings to the rows of running sessions; called about once a second. */
export const recordLive: Recorder<LiveRow, null> = async (tx, rows) => {
  await rollUpSessions(tx, rows)
  return rows.map(() => null)
}
