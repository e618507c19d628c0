import { setStatuses } from '@/db/queries/setStatus'
import type { Recorder } from '@/db/writer'
import type { StatusReported } from '@/domain/facts'
import { rollUp } from './afterwards'
import { meetConnectors, type KnownConnectors } from './connectors'
import { fulfilWishes, type Wishes } from './wishes'

/** What charger and connectors say they do; the last word of a connector in one flush counts. */
export function recordStatus(
  known: KnownConnectors,
  wishes: Wishes,
): Recorder<StatusReported, null> {
  return async (tx, facts) => {
    const last = new Map<string, StatusReported>()
    for (const fact of facts) last.set(`${fact.chargerId}/${fact.connectorId}`, fact)
    const reports = [...last.values()]
    const met = meetConnectors(tx, known, reports)
    const set = setStatuses(
      tx,
      reports.map((fact) => ({ ...fact, at: fact.receivedAt })),
    )
    for (const fact of reports) rollUp(tx, fact.chargerId)
    for (const fact of facts) fulfilWishes(tx, wishes, fact)
    await Promise.all([met, set])
    return facts.map(() => null)
  }
}
