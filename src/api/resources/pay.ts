import { z } from 'zod'

import { balances, readEntries } from '@/db/queries/app/wallet'
import { me, ok, operation, problem } from '../operation'
import { currency, id, instant, minor, Money } from '../shapes'
import { fromCursor, toCursor } from '../views'

const Wallet = z
  .object({
    available: Money,
    held: Money.describe('Set aside for charges under way.'),
  })
  .meta({ id: 'Wallet' })
const Entry = z
  .object({
    id,
    kind: z.enum(['top-up', 'hold', 'capture', 'release', 'refund']),
    amountMinor: minor,
    currency,
    sessionId: id.nullable(),
    at: instant,
  })
  .meta({ id: 'WalletTransaction' })

export const pay = [
  operation({
    id: 'getWallet',
    method: 'GET',
    path: '/me/wallet',
    tag: 'Pay',
    summary: 'What is in the wallet',
    auth: 'driver',
    ok: { status: 200, schema: Wallet },
    problems: ['billing-off'],
    async run(_input, context) {
      const { settings } = context
      if (!settings.billingEnabled)
        return problem('billing-off', 'Charging costs nothing in this app: there is no wallet.')
      const found = await balances(context.sql, me(context).id, settings.currency)
      return ok({
        available: { amountMinor: found.availableMinor, currency: found.currency },
        held: { amountMinor: found.heldMinor, currency: found.currency },
      })
    },
  }),
  operation({
    id: 'listWalletTransactions',
    method: 'GET',
    path: '/me/wallet/transactions',
    tag: 'Pay',
    summary: 'What happened in the wallet, the newest first',
    description:
      'top-up and refund fill it, hold sets aside, capture is what a charge cost, release gives the rest back.',
    auth: 'driver',
    query: z.strictObject({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).optional(),
    }),
    ok: {
      status: 200,
      schema: z
        .object({ transactions: z.array(Entry), nextCursor: z.string().nullable() })
        .meta({ id: 'WalletTransactions' }),
    },
    problems: ['billing-off'],
    async run({ query }, context) {
      if (!context.settings.billingEnabled)
        return problem('billing-off', 'Charging costs nothing in this app: there is no wallet.')
      const before = query.cursor === undefined ? null : fromCursor(query.cursor)
      if (before !== null && !Number.isSafeInteger(before))
        return problem('invalid-member', 'cursor is the nextCursor of another page.')
      const limit = query.limit ?? 25
      const rows = await readEntries(context.sql, me(context).id, {
        before: before as number | null,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      return ok({
        transactions: page.map(({ row: _row, at, ...entry }) => ({
          ...entry,
          at: at.toISOString(),
        })),
        nextCursor: rows.length > limit ? toCursor(page.at(-1)!.row) : null,
      })
    },
  }),
]
