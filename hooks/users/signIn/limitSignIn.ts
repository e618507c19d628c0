import { APIError, type CollectionBeforeOperationHook, type PayloadRequest } from 'payload'

import { isOlderThan } from '@/db/queries/logins'
import { isAccount } from '@/db/queries/signIn'
import { poolOf } from '@/db/requestSql'
import { longestLoginSeconds } from '@/domain/signIn'
import { isPassword } from '@/platform/passwordHash'
import { sessionOf } from '../../access/whoAsks'
import { notAllowed } from '../../problem'
import { countTry } from './tries'

const wanted = new Set(['email', 'password', 'code'])

/** `signInOf`: what a request said of itself when it began to sign in. */
export type SignIn = { email: string }
export const signInOf = (req: PayloadRequest): SignIn | null =>
  (req.context['signIn'] as SignIn | undefined) ?? null

/**
 * `limitSignIn`: before anything of a sign-in is done, over REST and GraphQL alike: the tries are counted (SEC-14,
 * SEC-15), an unknown account costs the time of a known one (SEC-16), a body has what a sign-in needs and nothing else
 * (SEC-17). Forgotten passwords and links have doors of their own (`forgotPassword.ts`, `resetPassword.ts`).
 */
export const limitSignIn: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation === 'forgotPassword' || operation === 'resetPassword')
    throw notAllowed('Use "Forgot Password" on the login page (POST /api/users/forgot-password).')
  if (operation === 'refresh') await refuseOld(req)
  if (operation !== 'login') return args
  const { data } = args as { data?: { email?: unknown; password?: unknown } }
  const { email, password } = data ?? {}
  if (typeof email !== 'string' || typeof password !== 'string' || email === '' || password === '')
    throw badSignIn()
  const given: unknown = req.payloadAPI === 'GraphQL' ? null : req.data
  if (given && Object.keys(given).some((name) => !wanted.has(name))) throw badSignIn()
  if (email.length > 254 || password.length > 1024) throw badSignIn()
  const signIn: SignIn = { email: email.trim().toLowerCase() }
  req.context['signIn'] = signIn
  await countTry(req, signIn.email)
  if (!(await isAccount(poolOf(req), signIn.email))) await isPassword(password, null)
  return args
}

/** However busy, a login ends after twelve hours (SEC-23). */
async function refuseOld(req: PayloadRequest): Promise<void> {
  const sessionId = sessionOf(req)
  if (sessionId && (await isOlderThan(poolOf(req), sessionId, longestLoginSeconds)))
    throw new APIError('You have been signed in for a long time. Sign in again.', 401, null, true)
}

function badSignIn(): APIError {
  return new APIError(
    'Send an e-mail address and a password, as texts, and nothing else.',
    400,
    { code: 'bad-request' },
    true,
  )
}
