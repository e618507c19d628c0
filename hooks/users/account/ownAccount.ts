import type { Endpoint, PayloadRequest } from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { endLogins, loginsOf, prove } from '@/db/queries/logins'
import { readPasswordOf, setPassword } from '@/db/queries/staffPasswords'
import {
  beginSecondFactor,
  confirmSecondFactor,
  readSecondFactorState,
  removeSecondFactor,
  setRecoveryCodes,
} from '@/db/queries/secondFactors'
import { poolOf, requestSql } from '@/db/requestSql'
import { passwordProblem } from '@/domain/signIn'
import { env } from '@/platform/env'
import { hashPassword, isPassword } from '@/platform/passwordHash'
import { makeRecoveryCodes, makeTotpSecret, recoveryHash, totpUri } from '@/platform/totp'
import { sessionOf, staffOf } from '../../access/whoAsks'
import { record } from '../../audit'
import { inTransaction } from '../../inTransaction'
import { badField, problem } from '../../problem'
import { readJson } from '../../readJson'
import { checkCode, sealSecret } from '../secondFactor'
import { countTry, forgetTries } from '../signIn/tries'
import { tellOwner } from '../tellOwner'

type Person = NonNullable<ReturnType<typeof staffOf>>

/** `GET /api/users/security`: one's own second factor and where one is signed in. */
const show = own('get', '/security', async (req, user) => {
  const sql = poolOf(req)
  const thisOne = sessionOf(req)
  const [secondFactor, logins] = await Promise.all([
    readSecondFactorState(sql, user.id),
    loginsOf(sql, user.id),
  ])
  return Response.json({
    secondFactor,
    logins: logins.map((login) => ({ ...login, isThis: login.id === thisOne })),
  })
})

/** `POST /api/users/second-factor/begin {password}` → the secret, once. It counts from `confirm` on. */
const begin = own('post', '/second-factor/begin', async (req, user) => {
  const { password } = await readJson(req)
  if (!(await isOwnPassword(req, user, password))) return wrongPassword()
  const secret = makeTotpSecret()
  if (!(await beginSecondFactor(poolOf(req), user.id, sealSecret(secret, user.id))))
    return problem(
      409,
      'already-on',
      'Two-factor authentication is on. Turn it off first, to use another phone.',
    )
  return Response.json({ secret, uri: totpUri(secret, user.email, 'CITA EV') })
})

/** `POST /api/users/second-factor/confirm {code}` → the recovery codes, once. Other logins of the person end. */
const confirm = own('post', '/second-factor/confirm', async (req, user) => {
  const { code } = await readJson(req)
  const checked = await checkCode(req, user.id, textOf(code), { isNew: true })
  if (checked === 'not-needed')
    return problem(
      409,
      'not-begun',
      'Begin with your password (POST /api/users/second-factor/begin).',
    )
  if (checked !== 'right') return wrongCode()
  const codes = makeRecoveryCodes()
  await inTransaction(req, async () => {
    const sql = await requestSql(req)
    await confirmSecondFactor(sql, user.id)
    await setRecoveryCodes(sql, user.id, hashesOf(codes, user.id))
    const sessionId = sessionOf(req)
    if (sessionId) await prove(sql, sessionId, user.id)
    await endLogins(sql, user.id, { allBut: sessionId })
    await notify(sql, channels.access, user.id)
    await note(req, user, 'second-factor-on')
    await tellOwner(req, user.id, 'second-factor-on')
  })
  return Response.json({ recoveryCodes: codes })
})

/**
 * `POST /api/users/second-factor/remove {password, code}`: not where a role requires it. Both, as to sign in: an open panel
 * and a glance at a phone are not enough.
 */
const remove = own('post', '/second-factor/remove', async (req, user) => {
  const { code, password } = await readJson(req)
  const { isRequired } = await readSecondFactorState(poolOf(req), user.id)
  if (isRequired)
    return problem(
      409,
      'required',
      'Your role requires two-factor authentication. A Super Admin can reset it, so that you set it up anew.',
    )
  if (!(await isOwnPassword(req, user, password))) return wrongPassword()
  if (!(await isCodeRight(req, user, code))) return wrongCode()
  await inTransaction(req, async () => {
    await removeSecondFactor(await requestSql(req), user.id)
    await note(req, user, 'second-factor-off')
    await tellOwner(req, user.id, 'second-factor-off')
  })
  return Response.json({ message: 'Two-factor authentication is off.' })
})

/** `POST /api/users/recovery-codes {code}` → ten new ones; the old are worth nothing. */
const renew = own('post', '/recovery-codes', async (req, user) => {
  const { code } = await readJson(req)
  if (!(await isCodeRight(req, user, code))) return wrongCode()
  const codes = makeRecoveryCodes()
  await inTransaction(req, async () => {
    await setRecoveryCodes(await requestSql(req), user.id, hashesOf(codes, user.id))
    await note(req, user, 'recovery-codes')
    await tellOwner(req, user.id, 'recovery-codes')
  })
  return Response.json({ recoveryCodes: codes })
})

/** `POST /api/users/step-up {code}`: for five minutes this login may do what is sensitive. */
const stepUp = own('post', '/step-up', async (req, user) => {
  const { code } = await readJson(req)
  const sessionId = sessionOf(req)
  if (!sessionId || !(await isCodeRight(req, user, code))) return wrongCode()
  await prove(poolOf(req), sessionId, user.id)
  return Response.json({ message: 'Thank you.' })
})

/** `POST /api/users/logins/end {id}` or `{others: true}`: another device is signed out, at once. */
const endSome = own('post', '/logins/end', async (req, user) => {
  const { id, others } = await readJson(req)
  if (typeof id !== 'string' && others !== true)
    return problem(400, 'bad-value', 'Give the id of a login, or others: true.', 'id')
  const which = typeof id === 'string' ? { only: id } : { allBut: sessionOf(req) }
  const ended = await inTransaction(req, async () => {
    const sql = await requestSql(req)
    const count = await endLogins(sql, user.id, which)
    if (count > 0) {
      await notify(sql, channels.access, user.id)
      await note(req, user, 'end-logins', { ended: count })
    }
    return count
  })
  if (ended === 0 && typeof id === 'string')
    return problem(404, 'not-found', 'There is no such login of yours. It may have ended already.')
  return Response.json({ ended })
})

/** `POST /api/users/change-password {password, newPassword}`: other devices of the person are signed out. */
const changePassword = own('post', '/change-password', async (req, user) => {
  const { password, newPassword } = await readJson(req)
  const wrong = passwordProblem(newPassword)
  if (wrong) throw badField(req, 'users', 'newPassword', wrong)
  if (!(await isOwnPassword(req, user, password))) return wrongPassword()
  const hashed = await hashPassword(newPassword as string)
  await inTransaction(req, async () => {
    const sql = await requestSql(req)
    await setPassword(sql, user.id, hashed)
    await endLogins(sql, user.id, { allBut: sessionOf(req) })
    await notify(sql, channels.access, user.id)
    await note(req, user, 'change-password')
    await tellOwner(req, user.id, 'password')
  })
  return Response.json({ message: 'Your password is changed.' })
})

export const ownAccount: Endpoint[] = [
  changePassword,
  show,
  begin,
  confirm,
  remove,
  renew,
  stepUp,
  endSome,
]

function own(
  method: 'get' | 'post',
  path: string,
  handler: (req: PayloadRequest, user: Person) => Promise<Response>,
): Endpoint {
  return {
    method,
    path,
    handler: async (req) => {
      const user = staffOf(req)
      if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
      const response = await handler(req, user)
      response.headers.set('Cache-Control', 'no-store')
      return response
    },
  }
}

/** Counted like a sign-in: whoever finds an open panel must not guess the password here. */
async function isOwnPassword(
  req: PayloadRequest,
  user: Person,
  password: unknown,
): Promise<boolean> {
  if (typeof password !== 'string') return false
  await countTry(req, user.email)
  if (!(await isPassword(password.slice(0, 1024), await readPasswordOf(poolOf(req), user.id))))
    return false
  await forgetTries(req, user.email)
  return true
}

async function isCodeRight(req: PayloadRequest, user: Person, code: unknown): Promise<boolean> {
  return (await checkCode(req, user.id, textOf(code) ?? '')) === 'right'
}

const textOf = (code: unknown): string | null =>
  typeof code === 'string' ? code.slice(0, 40) : null

const wrongPassword = () => problem(403, 'wrong-password', 'This is not your password.', 'password')

const wrongCode = () =>
  problem(
    403,
    'MFA_INVALID',
    'This code is not right, or was used before. Wait for the next one.',
    'code',
  )

const hashesOf = (codes: readonly string[], userId: number): string[] =>
  codes.flatMap((code) => recoveryHash(code, userId, env().payloadSecret) ?? [])

async function note(
  req: PayloadRequest,
  user: Person,
  action: string,
  after?: object,
): Promise<void> {
  await record(req, {
    action,
    resource: 'users',
    resourceId: String(user.id),
    siteId: null,
    after: after ? JSON.stringify(after) : null,
  })
}
