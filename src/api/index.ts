import { createPool, type Pool } from '@/db/pool'
import { env } from '@/platform/env'
import type { Operation } from './operation'
import { about } from './resources/about'
import { account } from './resources/account'
import { auth } from './resources/auth'
import { belongings } from './resources/belongings'
import { charge } from './resources/charge'
import { help } from './resources/help'
import { history } from './resources/history'
import { live } from './resources/live'
import { map } from './resources/map'
import { pay } from './resources/pay'
import { price } from './resources/price'
import { createRouter } from './router'

/** Every operation of `/api/app/v1`; what is not here does not exist. */
export const operations: readonly Operation[] = [
  ...auth,
  ...account,
  ...map,
  ...price,
  ...charge,
  ...live,
  ...history,
  ...pay,
  ...belongings,
  ...help,
  ...about(() => operations),
]

/** `createApp`: the API on a pool, with a clock. */
export function createApp(options: {
  pool: Pool
  now?(): Date
  costlyPerMinute?: number
  perSecond?: number
}) {
  return createRouter({ operations, now: () => new Date(), ...options })
}

let app: ((request: Request) => Promise<Response>) | null = null

/** `answerApp`: the API of this process, on a pool of its own. */
export function answerApp(request: Request): Promise<Response> {
  app ??= createApp({ pool: createPool(env().databaseUrl, { name: 'cpms-app', max: 8 }) })
  return app(request)
}
