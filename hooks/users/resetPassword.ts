import { addDataAndFileToRequest, type Endpoint } from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { isLinkGood, setPasswordByLink } from '@/db/queries/staffPasswords'
import { poolOf, requestSql } from '@/db/requestSql'
import { passwordProblem } from '@/domain/signIn'
import { hashPassword } from '@/platform/passwordHash'
import { clientAddress, record } from '../audit'
import { inTransaction } from '../inTransaction'
import { badField, problem } from '../problem'
import { isWithin } from './signIn/tries'
import { tellOwner } from './tellOwner'

const wanted = new Set(['token', 'password', 'confirm-password'])

/**
 * `POST /api/users/reset-password {token, password}`: sets the password once by the link. It signs nobody in: that is
 * done with the new password, and with the second factor of whoever has one.
 */
export const resetPassword: Endpoint = {
  path: '/reset-password',
  method: 'post',
  handler: async (req) => {
    await addDataAndFileToRequest(req)
    const data = (req.data ?? {}) as Record<string, unknown>
    const { token, password } = data
    if (typeof token !== 'string' || Object.keys(data).some((name) => !wanted.has(name)))
      return problem(
        400,
        'bad-request',
        'Send the token of the link and a password, as texts, and nothing else.',
      )
    const wrong = passwordProblem(password)
    if (wrong) throw badField(req, 'users', 'password', wrong)
    // guesses are hopeless (160 bits), but each good one costs a hash
    if (!(await isWithin(req, 'forgottenFrom', `reset-from:${clientAddress(req) ?? 'here'}`)))
      return problem(429, 'too-many-tries', 'Too many tries. Wait an hour.')
    if (!/^[0-9a-f]{40}$/.test(token) || !(await isLinkGood(poolOf(req), token))) return noLink()
    const hashed = await hashPassword(password as string)
    const user = await inTransaction(req, async () => {
      const sql = await requestSql(req)
      const found = await setPasswordByLink(sql, { token, ...hashed })
      if (!found) return null
      await record(req, {
        action: 'set-password',
        resource: 'users',
        resourceId: String(found.id),
        siteId: null,
        actor: found.name,
        after: JSON.stringify({ by: 'link' }),
      })
      await tellOwner(req, found.id, 'password-by-link')
      await notify(sql, channels.access, found.id)
      return found
    })
    if (!user) return noLink()
    return Response.json({ message: 'Your password is set. Sign in with it.', user: null })
  },
}

const noLink = () =>
  problem(
    403,
    'link-over',
    'This link was used before or has expired. Press "Forgot Password" on the login page for a new one.',
  )
