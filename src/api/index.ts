import { createPool, type Pool } from '@/db/pool'
import { hearProvider } from '@/payments/hear'
import { cardProvider } from '@/payments/index'
import type { CardProvider } from '@/payments/provider'
import { env } from '@/platform/env'
import type { Operation } from './operation'
import { about } from './resources/about'
import { account } from './resources/account'
import { auth } from './resources/auth'
import { belongings } from './resources/belongings'
import { cardPayments } from './resources/cards'
import { charge } from './resources/charge'
import { guests } from './resources/guests'
import { help } from './resources/help'
import { history } from './resources/history'
import { live } from './resources/live'
import { map } from './resources/map'
import { mfa } from './resources/mfa'
import { pay } from './resources/pay'
import { price } from './resources/price'
import { running } from './resources/running'
import { createRouter } from './router'

/** Every operation of `/api/app/v1`; what is not here does not exist. */
export const operations: readonly Operation[] = [
  ...auth,
  ...mfa,
  ...account,
  ...map,
  ...price,
  ...charge,
  ...guests,
  ...running,
  ...live,
  ...history,
  ...pay,
  ...cardPayments,
  ...belongings,
  ...help,
  ...about(() => operations),
]

/** `createApp`: the API on a pool, with a clock. */
export function createApp(options: {
  pool: Pool
  now?(): Date
  cards?: CardProvider | null
  costlyPerMinute?: number
  perSecond?: number
}) {
  return createRouter({ operations, now: () => new Date(), cards: null, ...options })
}

let app: ((request: Request) => Promise<Response>) | null = null

/** `answerApp`: the API of this process, on a pool of its own. */
export function answerApp(request: Request): Promise<Response> {
  app ??= createApp({ pool: poolOfApp(), cards: cardProvider(env()) })
  return app(request)
}

let pool: Pool | null = null
const poolOfApp = (): Pool => (pool ??= createPool(env().databaseUrl, { name: 'cpms-app', max: 8 }))

/** `POST /api/payments/stripe`: what the card provider tells by itself, verified over the bytes as they came. */
export async function hearCards(
  request: Request,
  deps: { pool: Pool; cards: CardProvider | null; now: Date } = {
    pool: poolOfApp(),
    cards: cardProvider(env()),
    now: new Date(),
  },
): Promise<Response> {
  const { cards, now } = deps
  if (!cards) return new Response(null, { status: 404 })
  const body = await request.text()
  if (body.length > longestEvent) return new Response(null, { status: 413 })
  const signature = request.headers.get('stripe-signature') ?? ''
  const isHeard = await hearProvider({ pool: deps.pool, provider: cards, now }, { body, signature })
  return Response.json({ received: isHeard }, { status: isHeard ? 200 : 400 })
}

const longestEvent = 1024 * 1024
