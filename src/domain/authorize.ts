import type { Authorization } from './facts'

/** What is known of a card when a charger asks; dates are UTC. */
export type KnownCard = {
  status: 'active' | 'blocked' | 'lost' | 'expired'
  expiresAt: Date | null
  parentIdToken: string | null
  isDriverSuspended: boolean
  /** The card may hold one session at a time, and holds another one now. */
  isHeldElsewhere: boolean
  /** A budget that it charges on is used up. */
  isBudgetSpent: boolean
}

/**
 * The answer to a card (`OCPP 1.6 ed2 §7.2`). `card` is null for a token nobody registered; such a token is Accepted
 * where we ourselves sent it (`isOurStart`: a remote start the charger now reports, permitted when it was asked for) or
 * where the operator accepts all. A private charger that names whom it serves is Invalid for everybody else
 * (`isShutOut`): the card itself is in order, and elsewhere it is taken.
 */
export function authorize(
  card: KnownCard | null,
  context: { now: Date; isOurStart: boolean; acceptsUnknown: boolean; isShutOut: boolean },
): Authorization {
  const isTurnedAway = context.isShutOut && !context.isOurStart
  if (!card) {
    const isWelcome = !isTurnedAway && (context.isOurStart || context.acceptsUnknown)
    return { status: isWelcome ? 'Accepted' : 'Invalid', expiresAt: null, parentIdToken: null }
  }
  const { expiresAt, parentIdToken } = card
  const answer = (status: Authorization['status']): Authorization => ({
    status,
    expiresAt,
    parentIdToken,
  })
  if (card.status === 'blocked' || card.status === 'lost' || card.isDriverSuspended)
    return answer('Blocked')
  if (card.status === 'expired' || (expiresAt && expiresAt <= context.now)) return answer('Expired')
  if (card.isBudgetSpent) return answer('Blocked')
  if (isTurnedAway) return { status: 'Invalid', expiresAt: null, parentIdToken: null }
  if (card.isHeldElsewhere) return answer('ConcurrentTx')
  return answer('Accepted')
}
