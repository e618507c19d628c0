import type { Pool } from '@/db/pool'
import { lockPayment, noteEvent } from '@/db/queries/app/payments'
import { addMethod } from '@/db/queries/app/paymentMethods'
import { withTransaction } from '@/db/tx'
import { applyState } from './apply'
import type { CardProvider } from './provider'

/**
 * `hearProvider`: an event that a provider posts, worked off once however often and in whatever order it comes. False
 * where its signature does not fit. Rejects where it could not be stored: the provider posts it again.
 */
export async function hearProvider(
  deps: { pool: Pool; provider: CardProvider; now: Date },
  post: { body: string; signature: string },
): Promise<boolean> {
  const { now, pool, provider } = deps
  const event = await provider.readEvent(post.body, post.signature)
  if (!event) return false
  await withTransaction(pool, async (sql) => {
    const { id, type } = event
    if (!(await noteEvent(sql, { provider: provider.name, id, type, now }))) return
    if (event.payment) {
      const row = await lockPayment(sql, event.payment)
      // a payment of somebody else's with the same provider is none of ours
      if (row) await applyState(sql, row, { state: event.payment.state, answers: null, now })
    }
    if (event.card)
      await addMethod(sql, {
        driverPublicId: event.card.driverPublicId,
        provider: provider.name,
        ...event.card.card,
      })
  })
  return true
}
