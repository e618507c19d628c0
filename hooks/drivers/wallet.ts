import type { Endpoint, PayloadRequest } from 'payload'

import { balances, postEntry, readEntries, type NewEntry } from '@/db/queries/app/wallet'
import { reopenDue } from '@/db/queries/app/openStarts'
import { readAppSettings } from '@/db/queries/app/settings'
import { requestSql } from '@/db/requestSql'
import { formatMinor, isCurrency } from '@/domain/money'
import { scopeOf, staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { inTransaction } from '../inTransaction'
import { notAllowed, problem } from '../problem'
import { readJson } from '../readJson'

/** What staff may do with a wallet, as double entry: money paid in by hand, goodwill, money paid back. */
const moves = {
  'top-up': { from: 'cash', to: 'available' },
  refund: { from: 'revenue', to: 'available' },
  'pay-out': { from: 'available', to: 'cash' },
} as const satisfies Record<string, Pick<NewEntry, 'from' | 'to'>>
type Move = keyof typeof moves

const mostMinor = 1_000_000

/** `GET /api/drivers/:id/wallet` → `{availableMinor, heldMinor, currency, mayPost, entries}`, the newest entry first. */
export const showWallet: Endpoint = {
  path: '/:id/wallet',
  method: 'get',
  handler: async (req) => {
    const driver = await driverInSight(req)
    if ('problem' in driver) return driver.problem
    const sql = await requestSql(req)
    const { currency } = await readAppSettings(sql)
    const [balance, entries, mayPost] = await Promise.all([
      balances(sql, driver.id, currency),
      readEntries(sql, driver.id, { before: null, limit: 50 }),
      mayMove(req, 'top-up'),
    ])
    return Response.json({
      ...balance,
      mayPost,
      entries: entries.map(({ row: _row, sessionId: _session, ...entry }) => entry),
    })
  },
}

/**
 * `POST /api/drivers/:id/wallet {key, kind, amountMinor, reason}` → 201 `{status}`; the same key never moves money twice.
 * In the network's currency; a reason is required and stays on record.
 */
export const postToWallet: Endpoint = {
  path: '/:id/wallet',
  method: 'post',
  handler: async (req) => {
    const driver = await driverInSight(req)
    if ('problem' in driver) return driver.problem
    const wish = readWish(await readJson(req))
    if (typeof wish === 'string') return problem(400, 'bad-entry', wish)
    if (!(await mayMove(req, wish.kind)))
      throw notAllowed('Only a Super Admin can move money of a driver.')
    return inTransaction(req, async () => {
      const sql = await requestSql(req)
      const { currency } = await readAppSettings(sql)
      if (!isCurrency(currency))
        return problem(409, 'no-currency', 'Set a currency under Settings first.')
      const posted = await postEntry(sql, {
        ...moves[wish.kind],
        ...wish,
        key: `staff/${driver.id}/${wish.key}`,
        driverId: driver.id,
        currency,
        madeBy: staffOf(req)!.id,
      })
      if (posted === 'insufficient')
        return problem(
          409,
          'insufficient-funds',
          'There is not so much in this wallet. What is set aside for a charge cannot be paid out.',
        )
      if (posted === 'already') return Response.json({ status: posted }, { status: 201 })
      await reopenDue(sql, driver.id)
      await record(req, {
        action: wish.kind,
        resource: 'wallets',
        resourceId: String(driver.id),
        siteId: driver.siteId,
        after: JSON.stringify({
          amountMinor: wish.amountMinor,
          currency,
          text: formatMinor(wish.amountMinor, currency),
        }),
        reason: wish.reason,
      })
      return Response.json({ status: posted }, { status: 201 })
    })
  },
}

type Wish = { key: string; kind: Move; amountMinor: number; reason: string }

function readWish(body: Record<string, unknown>): Wish | string {
  const { amountMinor, key, kind, reason } = body
  if (typeof kind !== 'string' || !Object.hasOwn(moves, kind))
    return `kind is one of ${Object.keys(moves).join(', ')}.`
  if (typeof key !== 'string' || !/^[\w-]{8,64}$/.test(key))
    return 'key is 8 to 64 letters and digits, new for each entry.'
  if (!Number.isSafeInteger(amountMinor) || (amountMinor as number) < 1)
    return 'Give an amount above nothing.'
  if ((amountMinor as number) > mostMinor) return 'That is more than one entry may move.'
  if (typeof reason !== 'string' || reason.trim().length < 3 || reason.length > 300)
    return 'Say why, in a few words; it stays on record and the driver reads it.'
  return { key, kind: kind as Move, amountMinor: amountMinor as number, reason: reason.trim() }
}

/** The whole network's money: a grant on a site is not enough. */
async function mayMove(req: PayloadRequest, kind: Move): Promise<boolean> {
  return (await scopeOf(req, 'wallets', kind)).kind === 'all'
}

async function driverInSight(
  req: PayloadRequest,
): Promise<{ id: number; siteId: number | null } | { problem: Response }> {
  if (!staffOf(req)) return { problem: problem(401, 'not-signed-in', 'Sign in first.') }
  const text = String(req.routeParams?.['id'] ?? '')
  const unknown = { problem: problem(404, 'unknown-driver', 'There is no such driver.') }
  if (!/^[1-9]\d{0,8}$/.test(text) || (await scopeOf(req, 'wallets', 'read')).kind === 'none')
    return unknown
  const found = await req.payload.findByID({
    collection: 'drivers',
    id: Number(text),
    depth: 0,
    overrideAccess: false,
    disableErrors: true,
    user: req.user,
    req,
  })
  if (!found) return unknown
  return { id: found.id, siteId: typeof found.site === 'number' ? found.site : null }
}
