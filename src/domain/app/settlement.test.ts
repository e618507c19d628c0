import { randomStream } from '#ocpp/sim/random'

import { settleCard, settleWallet, type CardPayment } from './settlement'

test('a wallet pays the price, no more and no less: what is set aside first, then what is there, then it is owed', () => {
  const random = randomStream(7, 'settleWallet')
  for (let n = 0; n < 5_000; n++) {
    const finalMinor = random.whole(0, 5_000)
    const money = {
      heldMinor: random.whole(0, 1) * random.whole(0, 4_000),
      takenMinor: random.whole(0, 1) * random.whole(0, 6_000),
      availableMinor: random.whole(0, 3_000),
    }
    const plan = settleWallet(finalMinor, money)
    const taken = money.takenMinor + plan.captureMinor + plan.alsoTakeMinor - plan.refundMinor
    expect(taken + plan.dueMinor).toBe(finalMinor)
    expect(plan.captureMinor + plan.releaseMinor).toBe(money.heldMinor)
    expect(plan.alsoTakeMinor).toBeLessThanOrEqual(money.availableMinor)
    expect(Math.min(...Object.values(plan))).toBeGreaterThanOrEqual(0)
    if (plan.dueMinor > 0) expect(plan.alsoTakeMinor).toBe(money.availableMinor)
    expect(plan.refundMinor === 0 || plan.captureMinor + plan.alsoTakeMinor === 0).toBe(true)
  }
})

/** What the provider does with a move; `random` decides about a new charge. */
function follow(payments: CardPayment[], finalMinor: number, isGood: () => boolean): number {
  for (let step = 0; step < 30; step++) {
    const next = settleCard(finalMinor, payments)
    if (next.kind === 'done') return next.dueMinor
    if (next.kind === 'wait') throw new Error('nothing is under way')
    for (const move of next.moves) {
      if (move.kind === 'charge') {
        const isTaken = isGood()
        payments.push({
          id: payments.length + 1,
          amountMinor: move.amountMinor,
          capturedMinor: isTaken ? move.amountMinor : 0,
          refundedMinor: 0,
          status: isTaken ? 'captured' : 'failed',
          wish: null,
        })
        continue
      }
      const payment = payments.find(({ id }) => id === move.paymentId)!
      if (move.wish === 'cancel') payment.status = 'cancelled'
      if (move.wish === 'capture') {
        expect(move.amountMinor).toBeLessThanOrEqual(payment.amountMinor)
        Object.assign(payment, { status: 'captured', capturedMinor: move.amountMinor })
      }
      if (move.wish === 'refund') payment.refundedMinor += move.amountMinor
      expect(payment.refundedMinor).toBeLessThanOrEqual(payment.capturedMinor)
    }
  }
  throw new Error('it never ends')
}

test('cards pay the price however often it is corrected, every authorisation is captured once or let go', () => {
  const random = randomStream(8, 'settleCard')
  for (let n = 0; n < 2_000; n++) {
    const payments: CardPayment[] = Array.from({ length: random.whole(1, 3) }, (_, index) => ({
      id: index + 1,
      amountMinor: random.whole(100, 2_000),
      capturedMinor: 0,
      refundedMinor: 0,
      status: random.whole(0, 3) === 0 ? 'failed' : 'authorised',
      wish: null,
    }))
    for (let correction = 0; correction < 4; correction++) {
      const finalMinor = random.whole(0, 5_000)
      const dueMinor = follow(payments, finalMinor, () => random.whole(0, 3) > 0)
      const taken = payments.reduce((sum, one) => sum + one.capturedMinor - one.refundedMinor, 0)
      expect(taken + dueMinor).toBe(finalMinor)
      expect(payments.filter(({ status }) => status === 'authorised')).toEqual([])
    }
  }
})

test('while the provider has not answered, nothing else is asked of it', () => {
  const payment: CardPayment = {
    id: 1,
    amountMinor: 500,
    capturedMinor: 0,
    refundedMinor: 0,
    status: 'authorised',
    wish: 'capture',
  }
  expect(settleCard(300, [payment])).toEqual({ kind: 'wait' })
  expect(settleCard(300, [{ ...payment, wish: 'charge', status: 'created' }])).toEqual({
    kind: 'wait',
  })
})
