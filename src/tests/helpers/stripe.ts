/**
 * Stripe's API as far as this product uses it, over real HTTP, with its idempotency: a key that comes again gets the
 * first answer, a key with another request is refused. Answers can be lost, cards refused; each change makes an event
 * that the test posts when and as often as it likes, signed as Stripe signs.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const webhookSecret = 'whsec_test_of_a_stand_in'

type Intent = {
  id: string
  object: 'payment_intent'
  amount: number
  amount_received: number
  currency: string
  status: string
  capture_method: string
  client_secret: string
  metadata: Record<string, string>
  last_payment_error: null | { message: string }
  refunded: number
  captures: number
}
type Answer = { status: number; body: unknown }
export type StripeEvent = { id: string; type: string; body: string; signature: string }

export type StripeStandIn = {
  url: string
  intents: Map<string, Intent>
  /** Every event so far, in the order they happened. */
  events: StripeEvent[]
  /** The next `count` requests are done, but their answers never arrive. */
  loseAnswers(count: number): void
  /** Cards that are refused, by their id. */
  refused: Set<string>
  /** Somebody fills in the checkout page of this payment; a browser can do it there as well. */
  payAt(checkoutUrl: string): void
  /** Nobody does, until it expires. */
  leave(checkoutUrl: string): void
  /** Somebody saves a card with this setup's secret. */
  saveCard(clientSecret: string, cardId: string): void
  requests: { method: string; path: string; key: string | null }[]
  /** What left the customers' cards, less what was refunded. */
  netMinor(): number
  close(): Promise<void>
}

function metadataOf(of: Record<string, string>, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) => {
      const match = new RegExp(`^${prefix}metadata${prefix ? '\\]' : ''}\\[(\\w+)\\]$`).exec(name)
      return match ? [[match[1]!, value]] : []
    }),
  )
}

export async function startStripe(): Promise<StripeStandIn> {
  const intents = new Map<string, Intent>()
  const pages = new Map<
    string,
    { id: string; url: string; intent: string | null; of: Record<string, string>; status: string }
  >()
  const setups = new Map<string, { id: string; metadata: Record<string, string> }>()
  const answers = new Map<string, { request: string; answer: Answer }>()
  const events: StripeEvent[] = []
  const refused = new Set<string>()
  const requests: StripeStandIn['requests'] = []
  let lost = 0
  const id = (prefix: string) => `${prefix}_${randomBytes(8).toString('hex')}`
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function tell(type: string, object: unknown): void {
    const body = JSON.stringify({
      id: id('evt'),
      object: 'event',
      type,
      data: { object: structuredClone(object) },
    })
    const t = Math.floor(Date.now() / 1000)
    const mac = createHmac('sha256', webhookSecret).update(`${t}.${body}`).digest('hex')
    events.push({
      id: (JSON.parse(body) as { id: string }).id,
      type,
      body,
      signature: `t=${t},v1=${mac}`,
    })
  }

  function make(of: Record<string, string>, prefix = ''): Intent {
    const metadata = metadataOf(of, prefix)
    const intent: Intent = {
      id: id('pi'),
      object: 'payment_intent',
      amount: Number(of['amount'] ?? of['line_items[0][price_data][unit_amount]']),
      amount_received: 0,
      currency: of['currency'] ?? 'gbp',
      status: 'requires_payment_method',
      capture_method:
        of['capture_method'] ?? of['payment_intent_data[capture_method]'] ?? 'automatic',
      client_secret: id('secret'),
      metadata,
      last_payment_error: null,
      refunded: 0,
      captures: 0,
    }
    intents.set(intent.id, intent)
    return intent
  }

  function confirm(intent: Intent): void {
    if (intent.capture_method === 'manual') {
      intent.status = 'requires_capture'
      tell('payment_intent.amount_capturable_updated', intent)
    } else take(intent, intent.amount)
  }

  function take(intent: Intent, amount: number): void {
    intent.status = 'succeeded'
    intent.amount_received = amount
    intent.captures++
    tell('payment_intent.succeeded', intent)
  }

  const fault = (status: number, error: object): Answer => ({ status, body: { error } })
  const unexpected = () =>
    fault(400, {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: 'no',
    })

  function answer(method: string, path: string, of: Record<string, string>): Answer {
    const ok = (body: unknown): Answer => ({ status: 200, body })
    if (path === '/v1/customers') return ok({ id: id('cus'), object: 'customer' })
    if (path === '/v1/setup_intents') {
      const setup = { id: id('seti'), metadata: { driver: of['metadata[driver]']! } }
      const secret = `${setup.id}_secret`
      setups.set(secret, setup)
      return ok({ id: setup.id, object: 'setup_intent', client_secret: secret })
    }
    if (path === '/v1/payment_intents') {
      const intent = make(of)
      if (!refused.has(of['payment_method']!)) {
        confirm(intent)
        return ok(intent)
      }
      intent.last_payment_error = { message: 'Your card was declined.' }
      tell('payment_intent.payment_failed', intent)
      return fault(402, {
        type: 'card_error',
        code: 'card_declined',
        message: 'Your card was declined.',
        payment_intent: intent,
      })
    }
    if (path === '/v1/refunds') {
      const intent = intents.get(of['payment_intent']!)!
      const amount = Number(of['amount'])
      if (intent.refunded + amount > intent.amount_received) return unexpected()
      intent.refunded += amount
      return ok({ id: id('re'), object: 'refund', amount, status: 'succeeded' })
    }
    if (path === '/v1/checkout/sessions') {
      const page = {
        id: id('cs'),
        url: `${url()}/pay/${randomBytes(6).toString('hex')}`,
        intent: null,
        of,
        status: 'open',
      }
      pages.set(page.id, page)
      return ok({ id: page.id, object: 'checkout.session', url: page.url, payment_intent: null })
    }
    const page = /^\/v1\/checkout\/sessions\/(\w+)(\/expire)?$/.exec(path)
    if (page) {
      const found = pages.get(page[1]!)!
      if (page[2]) {
        if (found.status !== 'open') return unexpected()
        found.status = 'expired'
      }
      return ok({
        id: found.id,
        object: 'checkout.session',
        url: null,
        payment_intent: found.intent,
      })
    }
    const card = /^\/v1\/payment_methods\/(\w+)/.exec(path)
    if (card)
      return ok({
        id: card[1],
        object: 'payment_method',
        card: { brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2031 },
      })
    const [, intentId, verb] =
      /^\/v1\/payment_intents\/(\w+)(?:\/(capture|cancel))?$/.exec(path) ?? []
    const intent = intents.get(intentId ?? '')
    if (!intent)
      return fault(404, { type: 'invalid_request_error', code: 'resource_missing', message: path })
    if (method === 'GET') return ok(intent)
    if (intent.status !== 'requires_capture') return unexpected()
    if (verb === 'capture') take(intent, Number(of['amount_to_capture'] ?? intent.amount))
    else {
      intent.status = 'canceled'
      tell('payment_intent.canceled', intent)
    }
    return ok(intent)
  }

  function payAt(checkoutUrl: string): void {
    const page = [...pages.values()].find((one) => one.url === checkoutUrl)!
    const intent = make(page.of, 'payment_intent_data\\[')
    page.intent = intent.id
    page.status = 'complete'
    confirm(intent)
  }

  /** The page where the card is typed in. */
  function servePage(request: IncomingMessage, response: ServerResponse): void {
    const at = `${url()}${request.url}`
    const page = [...pages.values()].find((one) => one.url === at)
    if (request.method === 'POST') {
      payAt(at)
      response.writeHead(303, { Location: page!.of['success_url'] })
      return void response.end()
    }
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html' })
    response.end('<form method="post"><h1>Card number</h1><button>Pay</button></form>')
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/pay/')) return servePage(request, response)
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const path = (request.url ?? '').split('?')[0]!
    const key = (request.headers['idempotency-key'] as string | undefined) ?? null
    requests.push({ method: request.method!, path, key })
    const known = key === null ? undefined : answers.get(key)
    let found: Answer
    if (known && known.request !== path + text)
      found = fault(400, { type: 'idempotency_error', message: 'another request had this key' })
    else
      found =
        known?.answer ??
        answer(request.method!, path, Object.fromEntries(new URLSearchParams(text)))
    // an answer is the same later, whatever became of the thing since
    found = structuredClone(found)
    if (key !== null && !known) answers.set(key, { request: path + text, answer: found })
    if (lost > 0 && request.method === 'POST') {
      lost--
      request.socket.destroy()
      return
    }
    response.writeHead(found.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(found.body))
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: url(),
    intents,
    events,
    refused,
    requests,
    loseAnswers: (count) => (lost = count),
    payAt,
    leave(checkoutUrl) {
      const page = [...pages.values()].find((one) => one.url === checkoutUrl)!
      page.status = 'expired'
      const { payment = '' } = metadataOf(page.of)
      tell('checkout.session.expired', { id: page.id, metadata: { payment } })
    },
    saveCard(clientSecret, cardId) {
      const setup = setups.get(clientSecret)!
      tell('setup_intent.succeeded', { ...setup, object: 'setup_intent', payment_method: cardId })
    },
    netMinor: () =>
      [...intents.values()].reduce((sum, one) => sum + one.amount_received - one.refunded, 0),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
