/**
 * What happens to the money of a charge once its price is known, or has changed by a correction. Amounts are minor units
 * of one currency. Pure: the worker posts what comes out, and asks again until nothing does.
 */

/** What the wallet has for a charge. `takenMinor`: captures less refunds. */
export type WalletMoney = { heldMinor: number; takenMinor: number; availableMinor: number }

export type WalletSettlement = {
  /** From what was set aside. */
  captureMinor: number
  /** From what is there besides. */
  alsoTakeMinor: number
  releaseMinor: number
  refundMinor: number
  /** What is missing: owed until the wallet has it. */
  dueMinor: number
}

/** `settleWallet`: takes the price and nothing more, and gives the rest back. */
export function settleWallet(finalMinor: number, money: WalletMoney): WalletSettlement {
  const owed = finalMinor - money.takenMinor
  const captureMinor = Math.min(money.heldMinor, Math.max(0, owed))
  const missing = Math.max(0, owed) - captureMinor
  const alsoTakeMinor = Math.min(missing, Math.max(0, money.availableMinor))
  return {
    captureMinor,
    alsoTakeMinor,
    releaseMinor: money.heldMinor - captureMinor,
    refundMinor: Math.max(0, -owed),
    dueMinor: missing - alsoTakeMinor,
  }
}

export type PaymentStatus =
  'created' | 'needs-action' | 'authorised' | 'captured' | 'cancelled' | 'failed' | 'refunded'
export type PaymentWish = 'charge' | 'authorise' | 'checkout' | 'capture' | 'cancel' | 'refund'

/** A payment by card for a charge; `wish` is what its provider was asked and has not answered. */
export type CardPayment = {
  id: number
  amountMinor: number
  capturedMinor: number
  refundedMinor: number
  status: PaymentStatus
  wish: PaymentWish | null
}

export type CardMove =
  | { kind: 'ask'; paymentId: number; wish: 'capture' | 'refund'; amountMinor: number }
  | { kind: 'ask'; paymentId: number; wish: 'cancel'; amountMinor: null }
  /** A payment of its own for what the authorisations do not cover. */
  | { kind: 'charge'; amountMinor: number }

export type CardSettlement =
  { kind: 'wait' } | { kind: 'move'; moves: CardMove[] } | { kind: 'done'; dueMinor: number }

/**
 * `settleCard`: one step towards the price: captures what was authorised, lets go of the rest, charges what is missing,
 * gives back what is too much. While the provider has not answered, it waits. `payments` in the order they were made.
 */
export function settleCard(finalMinor: number, payments: readonly CardPayment[]): CardSettlement {
  const isOpen = (one: CardPayment) => one.wish !== null || one.status === 'created'
  if (payments.some(isOpen)) return { kind: 'wait' }
  const taken = payments.reduce((sum, one) => sum + one.capturedMinor - one.refundedMinor, 0)
  const authorised = payments.filter(({ status }) => status === 'authorised')
  let owed = finalMinor - taken
  const moves: CardMove[] = []
  for (const { amountMinor, id } of authorised) {
    const part = Math.min(amountMinor, Math.max(0, owed))
    owed -= part
    moves.push(
      part > 0
        ? { kind: 'ask', paymentId: id, wish: 'capture', amountMinor: part }
        : { kind: 'ask', paymentId: id, wish: 'cancel', amountMinor: null },
    )
  }
  if (moves.length > 0) return { kind: 'move', moves }
  for (const { capturedMinor, id, refundedMinor } of payments) {
    const part = Math.min(capturedMinor - refundedMinor, Math.max(0, -owed))
    if (part === 0) continue
    owed += part
    moves.push({ kind: 'ask', paymentId: id, wish: 'refund', amountMinor: part })
  }
  if (moves.length > 0) return { kind: 'move', moves }
  // another try of a card that was refused is the driver's to ask for
  const last = payments.at(-1)?.status
  const isRefused = last === 'failed' || last === 'needs-action'
  if (owed > 0 && !isRefused)
    return { kind: 'move', moves: [{ kind: 'charge', amountMinor: owed }] }
  return { kind: 'done', dueMinor: Math.max(0, owed) }
}
