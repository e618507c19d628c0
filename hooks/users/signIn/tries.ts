import type { APIError, PayloadRequest } from 'payload'

import type { Sql } from '@/db/pool'
import { giveBackTries, takeTries } from '@/db/queries/signIn'
import { poolOf } from '@/db/requestSql'
import { signInRules, slowDownMs, waitSeconds, type SignInRule } from '@/domain/signIn'
import { accountKey } from '@/platform/accountKey'
import { clientAddress, record } from '../../audit'
import { refusal } from '../../problem'

/** Locks that are known here, until when: the ten-thousandth guess must not cost a statement. */
const locked = new Map<string, number>()
const mostLocked = 10_000

type Key = { rule: SignInRule; key: string }

/** The keys of a sign-in. */
export function keysOf(
  req: PayloadRequest,
  email: string,
): Record<'account' | 'address' | 'everywhere', Key> {
  const address = clientAddress(req) ?? 'here'
  const account = accountKey(email)
  return {
    account: { rule: 'account', key: `${account}:${address}` },
    address: { rule: 'address', key: `from:${address}` },
    everywhere: { rule: 'everywhere', key: `${account}:*` },
  }
}

/**
 * `countTry`: one more sign-in for this account from this address, before its password is hashed. Too many: 429 with
 * Retry-After, the same whether the account exists or not. An account that is tried from everywhere is slowed down only:
 * who shut it would shut its owner out.
 */
export async function countTry(req: PayloadRequest, email: string): Promise<void> {
  const keys = keysOf(req, email)
  refuseLocked(req, [keys.account, keys.address])
  const tried = await take(poolOf(req), [keys.account, keys.address, keys.everywhere])
  for (const one of [keys.account, keys.address]) {
    const { tries, since } = tried.get(one.key)!
    const seconds = waitSeconds(one.rule, { tries, since }, new Date())
    if (seconds === null) continue
    lock(one.key, seconds)
    // once for each lock and not for each guess
    if (tries === signInRules[one.rule].most + 1) await tell(req, one.rule)
    throw tooMany(req, seconds)
  }
  const pause = slowDownMs(tried.get(keys.everywhere.key)!.tries)
  if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
}

/** `forgetTries`: it was the right person. */
export async function forgetTries(req: PayloadRequest, email: string): Promise<void> {
  const keys = keysOf(req, email)
  await giveBackTries(poolOf(req), {
    counted: [keys.address.key, keys.everywhere.key],
    cleared: [keys.account.key],
  })
}

/** `uncountTry`: the password was right and a code is still to come: that is no guess. */
export async function uncountTry(req: PayloadRequest, email: string): Promise<void> {
  const keys = Object.values(keysOf(req, email)).map(({ key }) => key)
  await giveBackTries(poolOf(req), { counted: keys, cleared: [] })
}

/** `isWithin`: counts under one key of another kind; false when it was too often. */
export async function isWithin(
  req: PayloadRequest,
  rule: SignInRule,
  key: string,
): Promise<boolean> {
  const tried = await take(poolOf(req), [{ rule, key }])
  return waitSeconds(rule, tried.get(key)!, new Date()) === null
}

export function tooMany(req: PayloadRequest, seconds: number): APIError {
  req.responseHeaders = new Headers(req.responseHeaders)
  req.responseHeaders.set('Retry-After', String(seconds))
  const minutes = Math.ceil(seconds / 60)
  return refusal(
    429,
    'too-many-tries',
    `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or ask a Super Admin to unlock you.`,
  )
}

/** `unlocked`: what this process remembers is forgotten too. Others ask the database again within a minute. */
export function forgetLocks(prefix: string): void {
  for (const key of locked.keys()) if (key.startsWith(prefix)) locked.delete(key)
}

function refuseLocked(req: PayloadRequest, keys: Key[]): void {
  const now = Date.now()
  for (const { key } of keys) {
    const until = locked.get(key)
    if (until !== undefined && until > now) throw tooMany(req, Math.ceil((until - now) / 1000))
    if (until !== undefined) locked.delete(key)
  }
}

/** Remembered for a minute at most, so that an unlocking elsewhere is heard. */
function lock(key: string, seconds: number): void {
  if (locked.size >= mostLocked) locked.clear()
  locked.set(key, Date.now() + Math.min(seconds, 60) * 1000)
}

async function take(sql: Sql, keys: Key[]): Promise<Map<string, { tries: number; since: Date }>> {
  const rows = await takeTries(
    sql,
    keys.map(({ key, rule }) => ({ key, withinSeconds: signInRules[rule].withinSeconds })),
  )
  return new Map(rows.map(({ key, ...tried }) => [key, tried]))
}

async function tell(req: PayloadRequest, rule: SignInRule): Promise<void> {
  await record(
    req,
    {
      action: 'login',
      resource: 'users',
      resourceId: null,
      siteId: null,
      result: 'refused',
      reason: rule === 'account' ? 'TooManyTriesForAccount' : 'TooManyTriesFromAddress',
    },
    poolOf(req),
  )
}
