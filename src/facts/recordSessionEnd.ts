import { closeSessions, type StopRow } from '@/db/queries/closeSessions'
import { findIdTokens } from '@/db/queries/findIdTokens'
import type { Recorder } from '@/db/writer'
import { readDeviceTime } from '@/domain/deviceTime'
import type { Outcomes, SessionEnded } from '@/domain/facts'
import { normaliseUid } from '@/domain/idToken'
import { wakeReaders } from './afterwards'
import { authorizationOf } from './answerAuthorization'
import { sampled } from './recordSamples'
import { fulfilWishes, type Wishes } from './wishes'

/**
 * A session ends with the first stop; whatever else a charger says about it is kept and answered (OCPP 1.6 ed2 §4.10:
 * sanity checks never stop the answer). Two stops of one transaction in the same flush: the first counts, the second
 * is judged by the next flush as any repeat is.
 */
export const recordSessionEnd =
  (wishes: Wishes): Recorder<SessionEnded, Outcomes['SessionEnded']> =>
  async (tx, facts, now) => {
    const rows: StopRow[] = []
    const seen = new Set<string>()
    for (const fact of facts) {
      fulfilWishes(tx, wishes, fact)
      sampled(tx, { ...fact, connectorId: 0 }, fact.readings)
      const key = `${fact.chargerId}/${fact.transactionId}`
      if (!seen.has(key)) rows.push(stopOf(fact))
      seen.add(key)
    }
    const closing = closeSessions(tx, rows)
    const asked = facts.filter((fact) => fact.idToken)
    const tokensRead =
      asked.length > 0
        ? findIdTokens(
            tx,
            asked.map((fact) => ({ chargerId: fact.chargerId, uid: normaliseUid(fact.idToken) })),
          )
        : []
    wakeReaders(tx)

    const [tokens] = await Promise.all([tokensRead, closing])
    const authorizations = new Map(
      asked.map((fact, i) => [fact, { ...authorizationOf(tokens[i]!, now, null) }]),
    )
    return facts.map((fact) => {
      const authorization = authorizations.get(fact) ?? null
      // A card may always end what it began: one session at a time is no reason to refuse the end of it.
      if (authorization?.status === 'ConcurrentTx') authorization.status = 'Accepted'
      return { authorization }
    })
  }

function stopOf(fact: SessionEnded): StopRow {
  return {
    chargerId: fact.chargerId,
    transactionId: Number.isSafeInteger(fact.transactionId)
      ? fact.transactionId
      : Number.MAX_SAFE_INTEGER,
    idToken: fact.idToken,
    // −1 and its kin are "no value", not a register (QUIRKS 37).
    meterStopWh:
      fact.meterStopWh !== null && fact.meterStopWh >= 0 ? Math.round(fact.meterStopWh) : null,
    stoppedAt: readDeviceTime(fact.deviceTime, fact.receivedAt).at,
    deviceTime: fact.deviceTime,
    reason: fact.reason,
    receivedAt: fact.receivedAt,
  }
}
