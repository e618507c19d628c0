import { z } from 'zod'

import { findCharge } from '@/db/queries/app/charges'
import { lockDue, payWith } from '@/db/queries/app/starts'
import { reopenDue } from '@/db/queries/app/openStarts'
import { findOwnMethod } from '@/db/queries/app/paymentMethods'
import { insertPayment } from '@/db/queries/app/payments'
import { balances, ownInvoices, readEntries } from '@/db/queries/app/wallet'
import { me, notFound, ok, operation, problem } from '../operation'
import { Charge, currency, id, instant, minor, Money } from '../shapes'
import { chargeView, fromCursor, toCursor } from '../views'

const Wallet = z
  .object({
    available: Money,
    held: Money.describe('Set aside for charges under way.'),
  })
  .meta({ id: 'Wallet' })
const Entry = z
  .object({
    id,
    kind: z.enum(['top-up', 'hold', 'capture', 'release', 'refund', 'pay-out']),
    amountMinor: minor,
    currency,
    sessionId: id.nullable(),
    reason: z.string().nullable().describe('Where the operator made it.'),
    at: instant,
  })
  .meta({ id: 'WalletTransaction' })

const Invoice = z
  .object({
    sessionId: id,
    number: z.int(),
    issuedAt: instant,
    locationName: z.string(),
    netMinor: minor,
    taxMinor: minor,
    totalMinor: minor,
    paidMinor: minor,
    dueMinor: minor,
    currency,
  })
  .meta({ id: 'Invoice' })

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
      'top-up and refund fill it, hold sets aside, capture is what a charge cost, release gives the rest back, pay-out is what the operator paid back. What a card paid is not in it: see the invoices.',
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
  operation({
    id: 'listInvoices',
    method: 'GET',
    path: '/me/invoices',
    tag: 'Pay',
    summary: 'What charges came to, the newest first',
    description:
      'One for each charge that has its price, with tax and with what was corrected afterwards. The document itself: GET /sessions/{id}/receipt.pdf.',
    auth: 'driver',
    query: z.strictObject({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).optional(),
    }),
    ok: {
      status: 200,
      schema: z
        .object({ invoices: z.array(Invoice), nextCursor: z.string().nullable() })
        .meta({ id: 'Invoices' }),
    },
    problems: [],
    async run({ query }, context) {
      const before = query.cursor === undefined ? null : fromCursor(query.cursor)
      if (before !== null && !Number.isSafeInteger(before))
        return problem('invalid-member', 'cursor is the nextCursor of another page.')
      const limit = query.limit ?? 25
      const rows = await ownInvoices(context.sql, me(context).id, {
        before: before as number | null,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      return ok({
        invoices: page.map(({ row: _row, issuedAt, ...invoice }) => ({
          ...invoice,
          issuedAt: issuedAt.toISOString(),
          netMinor: invoice.totalMinor - invoice.taxMinor,
        })),
        nextCursor: rows.length > limit ? toCursor(page.at(-1)!.row) : null,
      })
    },
  }),
  operation({
    id: 'retryPayment',
    method: 'POST',
    path: '/sessions/{id}/payments/retry',
    tag: 'Pay',
    summary: 'Pay what an earlier charge still costs',
    description:
      'From the wallet, or from the card given or saved. Follow `dueMinor` of the session: it falls to 0.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({ paymentMethodId: id.optional() }),
    ok: { status: 202, schema: Charge },
    problems: ['not-found', 'nothing-due', 'payment-failed'],
    async run({ params, body }, context) {
      const driver = me(context)
      const { cards, now, sql } = context
      const row = await findCharge(sql, driver.id, params['id']!)
      if (!row || row.startId === null) return notFound('session that the app started')
      const dueMinor = await lockDue(sql, row.startId)
      if (dueMinor === 0) return problem('nothing-due', 'Nothing is owed for this charge.')
      if (row.payment === 'card') {
        const method = await findOwnMethod(sql, driver.id, body.paymentMethodId ?? null)
        if (!cards || !method)
          return problem('payment-failed', 'Save a card first: POST /me/payment-methods.')
        await payWith(sql, row.startId, method.row)
        await insertPayment(sql, {
          driverId: driver.id,
          startId: row.startId,
          purpose: 'charge',
          provider: cards.name,
          amountMinor: dueMinor,
          currency: row.currency ?? context.settings.currency,
          methodId: method.row,
          wish: 'charge',
          now,
        })
      }
      await reopenDue(sql, driver.id)
      const changed = await findCharge(sql, driver.id, row.id)
      return { kind: 'ok', status: 202, body: chargeView(changed!, now) }
    },
  }),
]
