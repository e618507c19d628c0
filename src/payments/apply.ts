import { channels } from '@/db/channels'
import type { Sql } from '@/db/pool'
import { reopenDue } from '@/db/queries/app/openStarts'
import { reopenStartOf, storePayment, type PaymentRow } from '@/db/queries/app/payments'
import { postEntry } from '@/db/queries/app/wallet'
import type { PaymentStatus } from '@/domain/app/settlement'
import type { IntentState } from './provider'

/** Later is never earlier: what a provider tells late, twice or out of order changes nothing. */
const rank: Readonly<Record<PaymentStatus, number>> = {
  created: 0,
  'needs-action': 1,
  failed: 2,
  authorised: 3,
  cancelled: 4,
  captured: 5,
  refunded: 6,
}

/**
 * `applyState`: how a payment stands at its provider, as rows: its status, and once, the entry that moves the money. Run
 * it in a transaction that holds the payment (`lockPayment`). The answer to a wish ends that wish (`answers`).
 */
export async function applyState(
  sql: Sql,
  payment: PaymentRow,
  news: { state: IntentState; answers: PaymentRow['wish']; now: Date },
): Promise<void> {
  const { answers, now, state } = news
  const status = state.status === 'pending' ? payment.status : state.status
  const isNews = rank[status] > rank[payment.status]
  const isAnswered = answers !== null && payment.wish === answers
  // the provider's own word on an authorisation may overtake the answer to our asking
  const isOvertaken =
    isNews && isBeginning(payment.wish) && (status !== 'needs-action' || answers !== null)
  const isCapture = isNews && status === 'captured'
  await storePayment(sql, payment.id, {
    status: isNews ? status : payment.status,
    providerId: isNews || payment.providerId === null ? state.providerId : null,
    capturedMinor: isCapture ? state.capturedMinor : payment.capturedMinor,
    refundedMinor: payment.refundedMinor,
    clientSecret:
      isNews && status !== 'needs-action' ? null : (state.clientSecret ?? payment.clientSecret),
    checkoutUrl:
      isNews && status !== 'needs-action' ? null : (state.checkoutUrl ?? payment.checkoutUrl),
    failure: isNews ? state.failure : payment.failure,
    wish: isAnswered || isOvertaken || isCapture ? null : payment.wish,
    now,
  })
  if (isCapture && state.capturedMinor > 0) await postCapture(sql, payment, state.capturedMinor)
  if (payment.startId !== null) await reopenStartOf(sql, payment.startId)
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}

const isBeginning = (wish: PaymentRow['wish']): boolean =>
  wish === 'charge' || wish === 'authorise' || wish === 'checkout'

async function postCapture(sql: Sql, payment: PaymentRow, amountMinor: number): Promise<void> {
  const isTopUp = payment.purpose === 'top-up'
  await postEntry(sql, {
    key: `payment/${payment.id}/${isTopUp ? 'top-up' : 'capture'}`,
    kind: isTopUp ? 'top-up' : 'capture',
    driverId: payment.driverId,
    currency: payment.currency,
    amountMinor,
    from: 'card',
    to: isTopUp ? 'available' : 'revenue',
    startId: payment.startId,
    paymentId: payment.id,
  })
  if (isTopUp) await reopenDue(sql, payment.driverId)
}

/** `applyRefund`: the refund that was asked for is on its way: posted once, the wish is over. */
export async function applyRefund(sql: Sql, payment: PaymentRow, now: Date): Promise<void> {
  const amountMinor = payment.wishMinor ?? 0
  await postEntry(sql, {
    key: `payment/${payment.id}/refund/${payment.wishes}`,
    kind: 'refund',
    driverId: payment.driverId,
    currency: payment.currency,
    amountMinor,
    from: 'revenue',
    to: 'card',
    startId: payment.startId,
    paymentId: payment.id,
  })
  const refundedMinor = payment.refundedMinor + amountMinor
  await storePayment(sql, payment.id, {
    ...payment,
    providerId: null,
    status: refundedMinor >= payment.capturedMinor ? 'refunded' : 'captured',
    refundedMinor,
    wish: null,
    now,
  })
  if (payment.startId !== null) await reopenStartOf(sql, payment.startId)
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}
