import { formatMinor, splitTax } from './money'

/**
 * What people may decide about a session that has ended. Nothing a charger measured is changed (row 46); what is decided
 * is a line of its own, with a reason, beside it.
 *
 * - `adjustment`: a priced session costs more or less, or its energy was more or less;
 * - `settlement`: a session whose price is not known costs this;
 * - `accepted`: the price that stands is right, whatever was doubted;
 * - `price-again`: the price is worked out anew, now that it can be.
 */
export const correctionKinds = ['adjustment', 'settlement', 'accepted', 'price-again'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** The session as it stands; amounts with tax. */
export type Corrected = {
  status: string
  stoppedAt: Date | null
  isPriced: boolean
  finalMinor: number | null
  finalWh: number | null
  currency: string | null
}

export type CorrectionWish = {
  kind: CorrectionKind
  /** With tax; what an adjustment adds (or takes off), or what a settlement comes to. */
  amountMinor: number
  /** What is added to the energy. */
  energyWh: number
  reason: string
}

export type CorrectionRefusal = { member: string; sentence: string }

/** `checkCorrection`: why this cannot be decided about this session, or null. */
export function checkCorrection(
  session: Corrected,
  wish: CorrectionWish,
): CorrectionRefusal | null {
  const refuse = (member: string, sentence: string) => ({ member, sentence })
  if (session.stoppedAt === null)
    return refuse('kind', 'This charge is still running. Correct it when it has ended.')
  if (wish.reason.trim().length < 3)
    return refuse('reason', 'Say why, in a few words; it stays on record.')
  if (wish.reason.length > 500) return refuse('reason', 'Say why in 500 characters or fewer.')
  if (![wish.amountMinor, wish.energyWh].every((n) => Number.isSafeInteger(n)))
    return refuse('amountMinor', 'Give whole numbers: the smallest unit of the currency, and Wh.')
  if ((session.finalWh ?? 0) + wish.energyWh < 0)
    return refuse('energyWh', 'The energy of a session cannot fall below nothing.')
  const isKnown = session.isPriced && session.finalMinor !== null
  switch (wish.kind) {
    case 'adjustment':
      if (!isKnown)
        return refuse('kind', 'This session has no price yet. Price it again, or settle it.')
      if (wish.amountMinor === 0 && wish.energyWh === 0)
        return refuse('amountMinor', 'Give what is added or taken off.')
      if (session.finalMinor! + wish.amountMinor < 0)
        return refuse(
          'amountMinor',
          `No more than ${formatMinor(session.finalMinor!, session.currency ?? '')} can be taken off: that is the whole cost.`,
        )
      return null
    case 'settlement':
      if (isKnown) return refuse('kind', 'This session has a price. Correct it instead.')
      if (wish.amountMinor < 0)
        return refuse('amountMinor', 'Give what this session costs: 0 or more.')
      return null
    case 'accepted':
      if (session.status !== 'needs-review' || !isKnown)
        return refuse('kind', 'There is no doubtful price here to be accepted.')
      return null
    case 'price-again':
      if (session.status !== 'needs-review' || isKnown)
        return refuse('kind', 'This session has a price; it stays. Correct it instead.')
      return null
  }
}

/** `taxOf`: an amount with tax as net and tax, by the rate of the session; what is taken off splits as it was put on. */
export function taxOf(amountMinor: number, taxBasisPoints: number) {
  return splitTax(amountMinor, taxBasisPoints, true)
}
