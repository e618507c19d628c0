import { createHash } from 'node:crypto'
import { findIdTokens } from '@/db/queries/findIdTokens'
import { openSessions, supersedeSessions, type StartRow } from '@/db/queries/openSessions'
import type { Recorder } from '@/db/writer'
import { readDeviceTime } from '@/domain/deviceTime'
import type { Outcomes, SessionStarted } from '@/domain/facts'
import { normaliseUid } from '@/domain/idToken'
import { publicId } from '@/platform/ids'
import { wakeReaders } from './afterwards'
import { authorizationOf } from './answerAuthorization'
import { meetConnectors, type KnownConnectors } from './connectors'
import type { TransactionCache } from './transactions'
import { fulfilWishes, type Wishes } from './wishes'

/**
 * A session exists from here on, once, however often the start is repeated. It is recorded whatever the card: energy may
 * flow, so the number is real and the answer says what we think of the card (OCPP 1.6 ed2 §4.8, QUIRKS 35).
 */
export function recordSessionStart(
  transactions: TransactionCache,
  known: KnownConnectors,
  wishes: Wishes,
): Recorder<SessionStarted, Outcomes['SessionStarted']> {
  return async (tx, facts, now) => {
    const starts = facts.map(startOf)
    const unique = new Map<string, StartRow>()
    for (const start of starts) if (!unique.has(start.startKey)) unique.set(start.startKey, start)
    const rows = [...unique.values()]
    const met = meetConnectors(tx, known, rows)
    const tokensRead = findIdTokens(tx, starts)
    const opening = openSessions(tx, rows)
    const superseding = supersedeSessions(tx, rows, now)
    facts.forEach((fact, i) => fulfilWishes(tx, wishes, fact, starts[i]!.startKey))
    wakeReaders(tx)

    const [tokens, opened] = await Promise.all([tokensRead, opening, superseding, met])
    const byKey = new Map(rows.map((row, i) => [row.startKey, opened[i]!]))
    return starts.map((start, i) => {
      const session = byKey.get(start.startKey)!
      transactions.remember({
        transactionId: session.transactionId,
        sessionId: session.sessionId,
        chargerId: start.chargerId,
        connectorId: start.connectorId,
      })
      return {
        transactionId: session.transactionId,
        authorization: authorizationOf(tokens[i]!, now, start.startKey),
      }
    })
  }
}

/** What makes two starts one (OCPP 1.6 ed2 §3.7.1), hashed: whatever text a device sends, the key is short and plain. */
function keyOf(fact: SessionStarted, uid: string): string {
  const parts = [fact.chargerId, fact.connectorId, fact.deviceTime, fact.meterStartWh, uid]
  return createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 24)
}

function startOf(fact: SessionStarted): StartRow {
  const time = readDeviceTime(fact.deviceTime, fact.receivedAt)
  const uid = normaliseUid(fact.idToken)
  return {
    chargerId: fact.chargerId,
    connectorId: fact.connectorId,
    uid,
    idToken: fact.idToken,
    meterStartWh: Math.round(fact.meterStartWh),
    startedAt: time.at,
    deviceTime: fact.deviceTime,
    startKey: keyOf(fact, uid),
    isClockPlausible: time.plausible,
    publicId: publicId(),
    receivedAt: fact.receivedAt,
    reservationId: reservationOf(fact),
  }
}

/** A number that is none of ours (0, −1, beyond int32) names no reservation. */
function reservationOf({ reservationId }: SessionStarted): number | null {
  return reservationId !== null && reservationId > 0 && reservationId < 2 ** 31
    ? reservationId
    : null
}
