import {
  AuthenticationError,
  type CollectionAfterLoginHook,
  type CollectionAfterLogoutHook,
  type CollectionBeforeLoginHook,
  type PayloadRequest,
} from 'payload'

import { endLogins, noteEnded, noteLogin, standing } from '@/db/queries/logins'
import { requestSql } from '@/db/requestSql'
import { sessionOf, staffOf } from '../../access/whoAsks'
import { clientAddress } from '../../audit'
import { refusal } from '../../problem'
import { checkCode } from '../secondFactor'
import { signInOf } from './limitSignIn'
import { forgetTries, uncountTry } from './tries'

type User = { id: number; salt?: string | null; sessions?: { id: string }[] | null }

/**
 * `finishSignIn`: the password was right. What may have changed since it was read is asked again inside the login's own
 * transaction: a new password or a suspension meanwhile, and it was not right after all (SEC-19). Then the second factor,
 * for everybody who has one (SEC-21); without its code there is no token and no session.
 */
export const finishSignIn: CollectionBeforeLoginHook = async ({ req, user }) => {
  const { id, salt } = user as unknown as User
  const now = await standing(await requestSql(req), id)
  if (!now || now.isSuspended || now.salt !== (salt ?? null)) throw new AuthenticationError(req.t)
  const checked = await checkCode(req, id, codeOf(req))
  if (checked === 'missing') {
    const signIn = signInOf(req)
    if (signIn) await uncountTry(req, signIn.email)
    throw refusal(401, 'MFA_REQUIRED', 'Enter the code of your authenticator app.')
  }
  if (checked === 'wrong')
    throw refusal(
      401,
      'MFA_INVALID',
      'This code is not right, or was used before. Wait for the next one.',
    )
  req.context['isProved'] = checked === 'right'
  return user
}

/** `noteSignIn`: where the login came from, for the list that its owner can end it in. */
export const noteSignIn: CollectionAfterLoginHook = async ({ req, user }) => {
  const { id, sessions } = user as unknown as User
  const sessionId = sessions?.at(-1)?.id
  const signIn = signInOf(req)
  if (signIn) await forgetTries(req, signIn.email)
  if (!sessionId) return
  await noteLogin(await requestSql(req), {
    sessionId,
    userId: id,
    ip: clientAddress(req),
    agent: req.headers.get('user-agent')?.slice(0, 200) ?? null,
    isProved: req.context['isProved'] === true,
  })
}

/** `noteLogout`: a login of the same person under way at this moment must not write the ended session back. */
export const noteLogout: CollectionAfterLogoutHook = async ({ req }) => {
  const user = staffOf(req)
  const sessionId = sessionOf(req)
  if (!user || !sessionId) return
  const sql = await requestSql(req)
  if (req.searchParams?.get('allSessions') === 'true')
    await endLogins(sql, user.id, { allBut: null })
  else await noteEnded(sql, sessionId)
}

/** In the body; GraphQL's login has no place for it, so a header there. */
function codeOf(req: PayloadRequest): string | null {
  const given = (req.data as { code?: unknown } | undefined)?.code
  const code =
    req.payloadAPI === 'GraphQL' || given === undefined ? req.headers.get('x-second-factor') : given
  return typeof code === 'string' && code !== '' ? code.slice(0, 40) : null
}
