import { z } from 'zod'

import {
  dropMethod,
  findCustomer,
  findOwnMethod,
  ownMethods,
  setDefaultMethod,
  type OwnMethod,
} from '@/db/queries/app/paymentMethods'
import { findOwnPayment, insertPayment, type PaymentRow } from '@/db/queries/app/payments'
import { withTransaction } from '@/db/tx'
import { customerOf } from '@/payments/ask'
import { me, noContent, notFound, ok, operation, problem, type Context } from '../operation'
import { currency, id, instant, minor } from '../shapes'

const Method = z
  .object({
    id,
    brand: z.string().nullable().describe('visa, mastercard, amex, …'),
    last4: z.string().nullable(),
    expires: z.string().nullable().describe('MM/YY.'),
    isDefault: z.boolean().describe('Used where the wallet has too little.'),
  })
  .meta({ id: 'PaymentMethod' })

const Payment = z
  .object({
    id,
    purpose: z.enum(['top-up', 'charge']),
    status: z
      .enum([
        'created',
        'needs-action',
        'authorised',
        'captured',
        'cancelled',
        'failed',
        'refunded',
      ])
      .describe('needs-action: open checkoutUrl, or confirm with clientSecret.'),
    amountMinor: minor,
    capturedMinor: minor,
    refundedMinor: minor,
    currency,
    clientSecret: z.string().nullable().describe('For the provider’s own SDK in the app.'),
    checkoutUrl: z
      .string()
      .nullable()
      .describe('A page of the provider where the card is typed in.'),
    failure: z.string().nullable().describe('For people.'),
    createdAt: instant,
  })
  .meta({ id: 'Payment' })

const methodView = ({ brand, expires, id: publicId, isDefault, last4 }: OwnMethod) => ({
  id: publicId,
  brand,
  last4,
  expires,
  isDefault,
})

const paymentView = (row: PaymentRow) => ({
  ...row,
  id: row.publicId,
  createdAt: row.createdAt.toISOString(),
})

const noCards = () =>
  problem('payment-unavailable', 'This network takes no cards in the app. Use the wallet.')
const billingOff = () =>
  problem('billing-off', 'Charging costs nothing in this app: there is nothing to pay.')

/** The card provider of this server, where drivers pay at all. */
function provider({ cards, settings }: Context) {
  if (!settings.billingEnabled) return billingOff()
  return cards ?? noCards()
}

export const cardPayments = [
  operation({
    id: 'listPaymentMethods',
    method: 'GET',
    path: '/me/payment-methods',
    tag: 'Pay',
    summary: 'The cards this driver pays with',
    auth: 'driver',
    ok: {
      status: 200,
      schema: z.object({ methods: z.array(Method) }).meta({ id: 'PaymentMethods' }),
    },
    problems: [],
    run: async (_input, context) =>
      ok({ methods: (await ownMethods(context.sql, me(context).id)).map(methodView) }),
  }),
  operation({
    id: 'addPaymentMethod',
    method: 'POST',
    path: '/me/payment-methods',
    tag: 'Pay',
    summary: 'Save a card',
    description:
      'Answers the secret with which the provider’s SDK in the app takes the card; we never see its number. The card is listed once the provider has told us.',
    auth: 'driver',
    isCostly: true,
    ok: {
      status: 200,
      schema: z
        .object({
          provider: z.string(),
          publishableKey: z.string().nullable(),
          clientSecret: z.string(),
        })
        .meta({ id: 'CardSetup' }),
    },
    problems: ['billing-off', 'payment-unavailable'],
    async run(_input, context) {
      const cards = provider(context)
      if ('kind' in cards) return cards
      const driver = me(context)
      try {
        const customer =
          (await findCustomer(context.sql, driver.id, cards.name)) ??
          (await customerOf(context.pool, cards, driver))
        const key = `cpms/setup/${driver.publicId}/${context.requestId}`
        const clientSecret = await cards.beginSaving(customer, driver.publicId, key)
        return ok({ provider: cards.name, publishableKey: cards.publishableKey, clientSecret })
      } catch {
        return problem('payment-unavailable', 'Cards cannot be saved at the moment. Try again.')
      }
    },
  }),
  operation({
    id: 'setDefaultPaymentMethod',
    method: 'PUT',
    path: '/me/payment-methods/{id}/default',
    tag: 'Pay',
    summary: 'Pay with this card from now on',
    auth: 'driver',
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params }, context) {
      const driver = me(context)
      const method = await findOwnMethod(context.sql, driver.id, params['id']!)
      if (!method) return notFound('payment method')
      await withTransaction(context.pool, (sql) => setDefaultMethod(sql, driver.id, method.row))
      return noContent
    },
  }),
  operation({
    id: 'removePaymentMethod',
    method: 'DELETE',
    path: '/me/payment-methods/{id}',
    tag: 'Pay',
    summary: 'Forget a card',
    auth: 'driver',
    ok: { status: 204 },
    problems: ['not-found', 'still-charging'],
    async run({ params }, context) {
      const driver = me(context)
      const method = await findOwnMethod(context.sql, driver.id, params['id']!)
      if (!method) return notFound('payment method')
      const isUsed = await withTransaction(context.pool, (sql) =>
        dropMethod(sql, driver.id, method.row),
      )
      if (isUsed)
        return problem('still-charging', 'A charge is being paid with this card. Wait for its end.')
      // gone here whatever the provider says; without us it is of no use there
      await context.cards?.forget(method.providerId).catch(() => {})
      return noContent
    },
  }),
  operation({
    id: 'topUpWallet',
    method: 'POST',
    path: '/me/wallet/top-ups',
    tag: 'Pay',
    summary: 'Put money into the wallet',
    description:
      'With a saved card it is charged at once; without one, GET /me/payments/{id} has the page to pay at within a second or two.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({
      amountMinor: z.int().min(100, 'is at least 100').max(100_000, 'is at most 100000'),
      paymentMethodId: id.optional(),
    }),
    ok: { status: 202, schema: Payment },
    problems: ['billing-off', 'payment-unavailable', 'not-found'],
    async run({ body }, context) {
      const cards = provider(context)
      if ('kind' in cards) return cards
      const driver = me(context)
      const method = body.paymentMethodId
        ? await findOwnMethod(context.sql, driver.id, body.paymentMethodId)
        : null
      if (body.paymentMethodId && !method) return notFound('payment method')
      const made = await insertPayment(context.sql, {
        driverId: driver.id,
        startId: null,
        purpose: 'top-up',
        provider: cards.name,
        amountMinor: body.amountMinor,
        currency: context.settings.currency,
        methodId: method?.row ?? null,
        wish: method ? 'charge' : 'checkout',
        now: context.now,
      })
      return { kind: 'ok', status: 202, body: paymentView(made) }
    },
  }),
  operation({
    id: 'getPayment',
    method: 'GET',
    path: '/me/payments/{id}',
    tag: 'Pay',
    summary: 'How a payment by card stands',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, schema: Payment },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findOwnPayment(context.sql, me(context).id, params['id']!)
      return row ? ok(paymentView(row)) : notFound('payment')
    },
  }),
]
