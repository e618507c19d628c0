import { channels } from '../../db/channels'
import type { Sql } from '../../db/pool'
import { settleStart, type OpenStart } from '../../db/queries/app/openStarts'
import { askProvider, insertPayment, paymentsOfStart } from '../../db/queries/app/payments'
import {
  captureHeld,
  holdMore,
  lockAvailable,
  moneyOfStart,
  refundTaken,
  releaseHeld,
} from '../../db/queries/app/wallet'
import { settleCard, settleWallet } from '../../domain/app/settlement'

export type Around = { now: Date; holdMinor: number }

/** More is set aside when so much of it is used up; for a charge with a limit enough was set aside at the start. */
const usedShareOf = ({ limitMinor, limitWh }: OpenStart) =>
  limitMinor === null && limitWh === null ? 0.8 : 1
/** A page where a card is typed in, or a second factor of the bank, is waited for so long. */
const payWithinMs = 15 * 60_000

/** `beginningOf`: whether the money for a charge by card is there. */
export async function beginningOf(
  sql: Sql,
  start: OpenStart,
  now: Date,
): Promise<'wait' | 'ready' | 'over' | { failure: string }> {
  if (start.payment !== 'card') return 'ready'
  const [payment] = await paymentsOfStart(sql, start.id)
  switch (payment?.status) {
    case 'authorised':
      return 'ready'
    case 'created':
    case 'needs-action':
      if (now.getTime() - start.createdAt.getTime() < payWithinMs) return 'wait'
      return { failure: 'The payment was not completed in time. Nothing is charged.' }
    case 'failed':
    case 'cancelled':
      return { failure: payment.failure ?? 'The card was refused. Try another one.' }
    default:
      return 'over'
  }
}

/** `giveBack`: nothing is charged, or not yet. True when nothing is set aside any more. */
export async function giveBack(sql: Sql, start: OpenStart, now: Date): Promise<boolean> {
  if (start.payment === 'wallet' && start.currency) {
    const { heldMinor, releases } = await moneyOfStart(sql, start.id)
    if (heldMinor > 0)
      await releaseHeld(sql, { ...moneyFor(start), amountMinor: heldMinor, nth: releases + 1 })
    return true
  }
  if (start.payment !== 'card') return true
  const payments = await paymentsOfStart(sql, start.id)
  for (const { id, status, wish } of payments)
    if (wish === null && (status === 'authorised' || status === 'needs-action'))
      await askProvider(sql, id, { wish: 'cancel', amountMinor: null, now })
  return payments.every(
    ({ status, wish }) =>
      wish === null && ['cancelled', 'failed', 'captured', 'refunded'].includes(status),
  )
}

/** `raiseHold`: more is set aside before what is there is used up; `funds` where nothing is left to set aside. */
export async function raiseHold(
  sql: Sql,
  start: OpenStart,
  { holdMinor, now }: Around,
): Promise<'funds' | null> {
  if (start.payment === 'none' || !start.currency || start.costMinor === null) return null
  if (start.payment === 'card') return raiseCard(sql, start, { holdMinor, now })
  const { heldMinor, holds } = await moneyOfStart(sql, start.id)
  const usedShare = usedShareOf(start)
  if (start.costMinor < heldMinor * usedShare) return null
  // what is left, where that is less than usual: the charge stops when it is used up
  const available = await lockAvailable(sql, start.driverId, start.currency)
  const amountMinor = Math.min(holdMinor, available)
  if (amountMinor > 0) await holdMore(sql, { ...moneyFor(start), amountMinor, nth: holds + 1 })
  return start.costMinor >= (heldMinor + amountMinor) * usedShare ? 'funds' : null
}

async function raiseCard(
  sql: Sql,
  start: OpenStart,
  { holdMinor, now }: Around,
): Promise<'funds' | null> {
  const payments = await paymentsOfStart(sql, start.id)
  if (payments.some(({ wish }) => wish !== null)) return null
  const setAside = payments
    .filter(({ status }) => status === 'authorised')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (start.costMinor! < setAside * usedShareOf(start)) return null
  // a guest's card is not kept, and one that was refused is not asked again
  if (start.methodId === null || payments.at(-1)?.status !== 'authorised') return 'funds'
  await insertPayment(sql, {
    driverId: start.driverId,
    startId: start.id,
    purpose: 'charge',
    provider: payments[0]!.provider,
    amountMinor: holdMinor,
    currency: start.currency!,
    methodId: start.methodId,
    wish: 'authorise',
    now,
  })
  return null
}

/** `settleMoney`: the price as it stands is taken, no more and no less; the rest is given back. */
export async function settleMoney(sql: Sql, start: OpenStart, { now }: Around): Promise<void> {
  const finalMinor = start.costMinor ?? 0
  const dueMinor =
    start.payment === 'wallet' && start.currency
      ? await settleByWallet(sql, start, finalMinor)
      : start.payment === 'card'
        ? await settleByCard(sql, start, finalMinor, now)
        : 0
  if (dueMinor === null) return
  await settleStart(sql, start.id, { dueMinor, now })
  await tellApps(sql)
}

async function settleByWallet(sql: Sql, start: OpenStart, finalMinor: number): Promise<number> {
  const money = moneyFor(start)
  const availableMinor = await lockAvailable(sql, start.driverId, money.currency)
  const of = await moneyOfStart(sql, start.id)
  const plan = settleWallet(finalMinor, { ...of, availableMinor })
  let { captures } = of
  if (plan.captureMinor > 0)
    await captureHeld(sql, { ...money, amountMinor: plan.captureMinor, nth: ++captures })
  if (plan.alsoTakeMinor > 0) {
    const also = { ...money, amountMinor: plan.alsoTakeMinor }
    await holdMore(sql, { ...also, nth: of.holds + 1 })
    await captureHeld(sql, { ...also, nth: ++captures })
  }
  if (plan.releaseMinor > 0)
    await releaseHeld(sql, { ...money, amountMinor: plan.releaseMinor, nth: of.releases + 1 })
  if (plan.refundMinor > 0)
    await refundTaken(sql, { ...money, amountMinor: plan.refundMinor, nth: of.refunds + 1 })
  return plan.dueMinor
}

/** Null: something was asked of the provider, or still is. */
async function settleByCard(
  sql: Sql,
  start: OpenStart,
  finalMinor: number,
  now: Date,
): Promise<number | null> {
  const payments = await paymentsOfStart(sql, start.id)
  const step = settleCard(finalMinor, payments)
  if (step.kind === 'done') return step.dueMinor
  if (step.kind === 'wait') return null
  for (const move of step.moves) {
    if (move.kind === 'ask') await askProvider(sql, move.paymentId, { ...move, now })
    else if (start.methodId === null) return move.amountMinor
    else
      await insertPayment(sql, {
        driverId: start.driverId,
        startId: start.id,
        purpose: 'charge',
        provider: payments[0]!.provider,
        amountMinor: move.amountMinor,
        currency: start.currency!,
        methodId: start.methodId,
        wish: 'charge',
        now,
      })
  }
  return null
}

/** Apps that follow look again. */
export const tellApps = (sql: Sql) => sql.query('select pg_notify($1, $2)', [channels.event, ''])

const moneyFor = ({ currency, driverId, id, sessionId }: OpenStart) => ({
  driverId,
  startId: id,
  sessionId,
  currency: currency!,
})
