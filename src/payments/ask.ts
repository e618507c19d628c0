import type { Pool } from '@/db/pool'
import {
  claimWishes,
  lockPayment,
  storePayment,
  tryAgainAt,
  type ClaimedPayment,
} from '@/db/queries/app/payments'
import { keepCustomer } from '@/db/queries/app/paymentMethods'
import { withTransaction } from '@/db/tx'
import { applyRefund, applyState } from './apply'
import { ProviderRefuses, type CardProvider, type IntentState } from './provider'

/** A claim outlasts the longest answer; then another worker asks again, with the same key. */
const leaseSeconds = 60
const atOnce = 20
const waitMostMs = 3_600_000

export type Asking = {
  pool: Pool
  provider: CardProvider
  now(): Date
  onTrouble(error: unknown, payment: { id: string; wish: string; tries: number }): void
}

/**
 * `askProviders`: whatever payments wait for is asked of their provider. Between the claim and the answer no transaction
 * is open; a process that dies in between leaves a claim that ends by itself, and the key makes the second asking the
 * first one.
 */
export async function askProviders(asking: Asking): Promise<void> {
  const { now, pool, provider } = asking
  for (;;) {
    const claimed = await withTransaction(pool, (sql) =>
      claimWishes(sql, { provider: provider.name, now: now(), leaseSeconds, limit: atOnce }),
    )
    await Promise.all(claimed.map((payment) => work(asking, payment)))
    if (claimed.length < atOnce) return
  }
}

async function work(asking: Asking, payment: ClaimedPayment): Promise<void> {
  const { now, pool } = asking
  try {
    const state = await ask(asking, payment)
    await withTransaction(pool, async (sql) => {
      const row = await lockPayment(sql, { publicId: payment.publicId, providerId: null })
      if (!row || row.wishes !== payment.wishes || row.wish !== payment.wish) {
        if (row && state) await applyState(sql, row, { state, answers: null, now: now() })
        return
      }
      if (state) await applyState(sql, row, { state, answers: payment.wish, now: now() })
      else await applyRefund(sql, row, now())
    })
  } catch (error) {
    asking.onTrouble(error, { id: payment.publicId, wish: payment.wish, tries: payment.tries })
    const isRefused = error instanceof ProviderRefuses
    if (isRefused && payment.providerId === null) return giveUp(asking, payment, error.message)
    const waitMs = isRefused ? waitMostMs : Math.min(waitMostMs, 1_000 * 2 ** payment.tries)
    await tryAgainAt(pool, payment.id, new Date(now().getTime() + waitMs))
  }
}

/** Null: a refund, which has no state of its own. */
async function ask(
  { pool, provider }: Asking,
  payment: ClaimedPayment,
): Promise<IntentState | null> {
  const key = `cpms/${payment.publicId}/${payment.wish}/${payment.wishes}`
  const { providerId, wish, wishMinor } = payment
  switch (wish) {
    case 'authorise':
      return provider.authorise(payment, key)
    case 'charge':
      return provider.charge(payment, key)
    case 'checkout':
      return provider.checkout(await withCustomer(pool, provider, payment), key)
    case 'capture':
      return provider.capture(known(providerId), wishMinor ?? payment.amountMinor, key)
    case 'cancel':
      return providerId === null
        ? { ...nothing, status: 'cancelled' }
        : provider.cancel(providerId, key)
    case 'refund':
      await provider.refund(known(providerId), wishMinor ?? 0, key)
      return null
  }
}

const nothing = {
  providerId: null,
  capturedMinor: 0,
  clientSecret: null,
  checkoutUrl: null,
  failure: null,
}

function known(providerId: string | null): string {
  if (providerId === null) throw new ProviderRefuses('the provider never knew this payment')
  return providerId
}

/** The provider knows a driver by one customer; a guest by none. */
async function withCustomer(
  pool: Pool,
  provider: CardProvider,
  payment: ClaimedPayment,
): Promise<ClaimedPayment> {
  if (payment.customerId !== null || payment.driverEmail === null) return payment
  const customerId = await customerOf(pool, provider, {
    id: payment.driverId,
    publicId: payment.driverPublicId,
    name: payment.driverName,
    email: payment.driverEmail,
  })
  return { ...payment, customerId }
}

/** `customerOf`: whom the provider knows a driver as, made where he is new there. */
export async function customerOf(
  pool: Pool,
  provider: CardProvider,
  driver: { id: number; publicId: string; name: string; email: string },
): Promise<string> {
  const providerId = await provider.makeCustomer(driver, `cpms/customer/${driver.publicId}`)
  await keepCustomer(pool, { driverId: driver.id, provider: provider.name, providerId })
  return providerId
}

/** A payment that never began is not begun again. */
async function giveUp(
  { now, pool }: Asking,
  payment: ClaimedPayment,
  failure: string,
): Promise<void> {
  await withTransaction(pool, async (sql) => {
    const row = await lockPayment(sql, { publicId: payment.publicId, providerId: null })
    if (!row || row.wishes !== payment.wishes || row.wish !== payment.wish) return
    await storePayment(sql, row.id, {
      ...row,
      status: 'failed',
      failure,
      wish: null,
      now: now(),
    })
  })
}
