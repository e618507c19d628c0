import { findIdTokens, type FoundToken } from '@/db/queries/findIdTokens'
import type { Recorder } from '@/db/writer'
import { authorize } from '@/domain/authorize'
import type { Authorization, AuthorizationAsked } from '@/domain/facts'
import { normaliseUid } from '@/domain/idToken'

/** May this card charge here, now? Read in the transaction that logs the question. */
export const answerAuthorization: Recorder<AuthorizationAsked, Authorization> = async (
  tx,
  facts,
  now,
) => {
  const found = await findIdTokens(
    tx,
    facts.map((fact) => ({ chargerId: fact.chargerId, uid: normaliseUid(fact.idToken) })),
  )
  return found.map((token) => authorizationOf(token, now, null))
}

/** `startKey`: the session that asks, which does not stand in its own way. */
export function authorizationOf(
  token: FoundToken,
  now: Date,
  startKey: string | null,
): Authorization {
  const isHeldElsewhere = token.heldBy.some((key) => startKey === null || !key.startsWith(startKey))
  const card = token.status && {
    status: token.status,
    expiresAt: token.expiresAt,
    parentIdToken: token.parentIdTag,
    isDriverSuspended: token.isDriverSuspended,
    isHeldElsewhere,
    isBudgetSpent: token.isBudgetSpent,
  }
  return authorize(card, {
    now,
    isOurStart: token.isOurStart,
    acceptsUnknown: token.acceptsUnknown,
    isShutOut: token.isShutOut,
  })
}
