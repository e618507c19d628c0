import Stripe from 'stripe'

import type { ClaimedPayment } from '@/db/queries/app/payments'
import {
  ProviderRefuses,
  type CardProvider,
  type IntentState,
  type ProviderEvent,
  type SavedCard,
} from './provider'

export type StripeSettings = {
  secretKey: string
  webhookSecret: string
  publishableKey: string | null
  /** Of a stand-in; null: Stripe's own. */
  apiUrl: string | null
  /** Where a page of Stripe's sends people back to. */
  publicUrl: string
}

/** A checkout page is left or paid within this; Stripe allows no less. */
const checkoutMinutes = 31

/** `createStripe`: cards through Stripe's SDK, which sends the keys of ours as Idempotency-Key. */
export function createStripe(settings: StripeSettings): CardProvider {
  const url = settings.apiUrl ? new URL(settings.apiUrl) : null
  const stripe = new Stripe(settings.secretKey, {
    maxNetworkRetries: 1,
    timeout: 15_000,
    telemetry: false,
    ...(url && {
      host: url.hostname,
      port: url.port,
      protocol: url.protocol === 'https:' ? 'https' : 'http',
    }),
  })

  async function intent(
    payment: ClaimedPayment,
    key: string,
    capture: 'manual' | 'automatic',
  ): Promise<IntentState> {
    if (!payment.customerId || !payment.methodProviderId)
      return { ...nothingYet, status: 'failed', failure: 'The card is not there any more.' }
    try {
      const made = await stripe.paymentIntents.create(
        {
          amount: payment.amountMinor,
          currency: payment.currency.toLowerCase(),
          customer: payment.customerId,
          payment_method: payment.methodProviderId,
          allowed_payment_method_types: ['card'],
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          capture_method: capture,
          confirm: true,
          // the driver presses a button at a start and a top-up; what follows a charge happens without him
          off_session: payment.purpose === 'charge' && capture === 'automatic',
          description: describe(payment),
          metadata: metadataOf(payment),
        },
        { idempotencyKey: key },
      )
      return stateOf(made)
    } catch (error) {
      return refusedCard(error)
    }
  }

  async function act(
    providerId: string,
    ask: () => Promise<Stripe.PaymentIntent>,
  ): Promise<IntentState> {
    try {
      return stateOf(await ask())
    } catch (error) {
      // done already, or expired: what it is now decides
      if (isRefusal(error)) return look(providerId)
      throw error
    }
  }

  async function look(providerId: string): Promise<IntentState> {
    return stateOf(await stripe.paymentIntents.retrieve(providerId))
  }

  return {
    name: 'stripe',
    publishableKey: settings.publishableKey,
    authorise: (payment, key) => intent(payment, key, 'manual'),
    charge: (payment, key) => intent(payment, key, 'automatic'),
    async checkout(payment, key) {
      const back = `${settings.publicUrl}/charge/${payment.evseCode ?? 'account'}`
      const page = await stripe.checkout.sessions.create(
        {
          mode: 'payment',
          allowed_payment_method_types: ['card'],
          ...(payment.customerId ? { customer: payment.customerId } : {}),
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: payment.currency.toLowerCase(),
                unit_amount: payment.amountMinor,
                product_data: { name: describe(payment) },
              },
            },
          ],
          payment_intent_data: {
            capture_method: payment.purpose === 'charge' ? 'manual' : 'automatic',
            metadata: metadataOf(payment),
          },
          metadata: metadataOf(payment),
          expires_at: Math.floor(payment.createdAt.getTime() / 1000) + checkoutMinutes * 60,
          success_url: back,
          cancel_url: back,
        },
        { idempotencyKey: key },
      )
      return {
        ...nothingYet,
        status: 'needs-action',
        providerId: page.id,
        checkoutUrl: page.url,
      }
    },
    capture: (id, amountMinor, key) =>
      act(id, () =>
        stripe.paymentIntents.capture(
          id,
          { amount_to_capture: amountMinor },
          { idempotencyKey: key },
        ),
      ),
    async cancel(id, key) {
      if (!id.startsWith('cs_'))
        return act(id, () => stripe.paymentIntents.cancel(id, {}, { idempotencyKey: key }))
      try {
        await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: key })
        return { ...nothingYet, status: 'cancelled' }
      } catch (error) {
        if (!isRefusal(error)) throw error
        const { payment_intent: paid } = await stripe.checkout.sessions.retrieve(id)
        return typeof paid === 'string'
          ? act(paid, () => stripe.paymentIntents.cancel(paid, {}, { idempotencyKey: `${key}/pi` }))
          : { ...nothingYet, status: 'cancelled' }
      }
    },
    async refund(id, amountMinor, key) {
      try {
        await stripe.refunds.create(
          { payment_intent: id, amount: amountMinor },
          { idempotencyKey: key },
        )
      } catch (error) {
        if (isRefusal(error)) throw new ProviderRefuses(sentenceOf(error))
        throw error
      }
    },
    look,
    async makeCustomer(driver, key) {
      const { id } = await stripe.customers.create(
        {
          name: driver.name,
          ...(driver.email ? { email: driver.email } : {}),
          metadata: { driver: driver.publicId },
        },
        { idempotencyKey: key },
      )
      return id
    },
    async beginSaving(customerId, driverPublicId, key) {
      const made = await stripe.setupIntents.create(
        {
          customer: customerId,
          allowed_payment_method_types: ['card'],
          usage: 'off_session',
          metadata: { driver: driverPublicId },
        },
        { idempotencyKey: key },
      )
      return made.client_secret ?? ''
    },
    async forget(methodProviderId) {
      try {
        await stripe.paymentMethods.detach(methodProviderId)
      } catch (error) {
        if (!isRefusal(error)) throw error
      }
    },
    async readEvent(body, signature) {
      let event: Stripe.Event
      try {
        event = stripe.webhooks.constructEvent(body, signature, settings.webhookSecret)
      } catch {
        return null
      }
      return toEvent(event, async (id) => cardOf(await stripe.paymentMethods.retrieve(id)))
    },
  }
}

const nothingYet: Omit<IntentState, 'status'> = {
  providerId: null,
  capturedMinor: 0,
  clientSecret: null,
  checkoutUrl: null,
  failure: null,
}

const metadataOf = (payment: ClaimedPayment) => ({
  payment: payment.publicId,
  driver: payment.driverPublicId,
  ...(payment.chargeId ? { session: payment.chargeId } : {}),
})

const describe = (payment: ClaimedPayment): string =>
  payment.purpose === 'top-up' ? 'Wallet top-up' : 'Charging: set aside, the rest is given back'

function stateOf(intent: Stripe.PaymentIntent): IntentState {
  const of = (status: IntentState['status'], more: Partial<IntentState> = {}): IntentState => ({
    ...nothingYet,
    providerId: intent.id,
    status,
    ...more,
  })
  switch (intent.status) {
    case 'requires_capture':
      return of('authorised')
    case 'succeeded':
      return of('captured', { capturedMinor: intent.amount_received })
    case 'canceled':
      return of('cancelled')
    case 'processing':
      return of('pending')
    case 'requires_payment_method':
      return intent.last_payment_error
        ? of('failed', { failure: intent.last_payment_error.message ?? usualFailure })
        : of('needs-action', { clientSecret: intent.client_secret })
    default:
      return of('needs-action', { clientSecret: intent.client_secret })
  }
}

const usualFailure = 'The card was refused. Try another one.'

/** A card that is refused is an outcome; everything else that goes wrong is thrown. */
function refusedCard(error: unknown): IntentState {
  if (error instanceof Stripe.errors.StripeCardError) {
    const intent = error.payment_intent
    if (error.code === 'authentication_required' && intent)
      return {
        ...nothingYet,
        status: 'needs-action',
        providerId: intent.id,
        clientSecret: intent.client_secret,
      }
    return {
      ...nothingYet,
      status: 'failed',
      providerId: intent?.id ?? null,
      failure: error.message || usualFailure,
    }
  }
  if (isRefusal(error)) return { ...nothingYet, status: 'failed', failure: usualFailure }
  throw error
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError ||
  error instanceof Stripe.errors.StripeIdempotencyError

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : '')

function cardOf(method: Stripe.PaymentMethod): SavedCard {
  const { card } = method
  const two = (number: number) => String(number % 100).padStart(2, '0')
  return {
    providerId: method.id,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    expires: card ? `${two(card.exp_month)}/${two(card.exp_year)}` : null,
  }
}

async function toEvent(
  event: Stripe.Event,
  readCard: (id: string) => Promise<SavedCard>,
): Promise<ProviderEvent> {
  const told = { id: event.id, type: event.type, payment: null, card: null }
  switch (event.type) {
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.succeeded':
    case 'payment_intent.canceled':
    case 'payment_intent.payment_failed':
    case 'payment_intent.requires_action': {
      const intent = event.data.object
      const publicId = intent.metadata['payment'] ?? null
      return {
        ...told,
        payment: { publicId, providerId: intent.id, state: stateOf(intent) },
      }
    }
    case 'checkout.session.expired': {
      const page = event.data.object
      const publicId = page.metadata?.['payment'] ?? null
      return {
        ...told,
        payment: {
          publicId,
          providerId: page.id,
          state: { ...nothingYet, status: 'cancelled', failure: 'The payment was not completed.' },
        },
      }
    }
    case 'setup_intent.succeeded': {
      const setup = event.data.object
      const driverPublicId = setup.metadata?.['driver']
      const method = setup.payment_method
      if (!driverPublicId || !method) return told
      return {
        ...told,
        card: {
          driverPublicId,
          card: typeof method === 'string' ? await readCard(method) : cardOf(method),
        },
      }
    }
    default:
      return told
  }
}
