import { z } from 'zod'

import {
  clearFailures,
  countFailure,
  credentialsOf,
  findCredentials,
  insertCode,
  insertDriver,
  markVerified,
  setPassword,
  takeCode,
} from '@/db/queries/app/credentials'
import { endSignIn, endSignIns, rotateSignIn } from '@/db/queries/app/signIns'
import { withTransaction } from '@/db/tx'
import { mailCode, mailNews } from '../mails'
import { me, noContent, ok, operation, problem } from '../operation'
import { hashPassword, isPassword } from '../passwords'
import { Tokens } from '../shapes'
import { lockedFor, newTokens, signIn, SignedIn } from '../signIn'
import { hashToken, newToken } from '@/platform/tokens'

const resetMinutes = 30
const verifyMinutes = 24 * 60

const Email = z.email({ error: 'is an e-mail address' }).max(200)
const Password = z
  .string({ error: 'is a text of 10 to 200 characters' })
  .min(10, 'has at least 10 characters')
  .max(200, 'has at most 200 characters')
const Token = z
  .string({ error: 'is the code from the mail' })
  .regex(/^[\w-]{20,128}$/, 'is the code from the mail')

const wrong = () =>
  problem(
    'wrong-credentials',
    'The e-mail or the password is not right. Forgot it? POST /auth/forgot-password.',
  )

export const auth = [
  operation({
    id: 'login',
    method: 'POST',
    path: '/auth/login',
    tag: 'Sign-in',
    summary: 'Sign in',
    description:
      'Send the access token as `Authorization: Bearer …`. It is good for half an hour; renew it with the refresh token. With a second factor, `mfaRequired` and a token for POST /auth/mfa come instead.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ email: Email, password: z.string().max(200) }),
    ok: { status: 200, schema: SignedIn },
    problems: ['wrong-credentials', 'locked', 'app-switched-off'],
    async run({ body }, context) {
      const { sql, now, settings } = context
      if (!settings.appSignIn)
        return problem('app-switched-off', 'This network does not offer the app at the moment.')
      const found = await findCredentials(sql, body.email)
      const locked = found && lockedFor(found, now)
      if (locked) return locked
      const isRight = await isPassword(body.password, found?.passwordHash ?? null)
      if (!found) return wrong()
      if (!isRight) {
        await countFailure(sql, found.driverId, now)
        return wrong()
      }
      if (found.status !== 'active' || !found.isVerified) return wrong()
      if (!found.isTotpOn) await clearFailures(sql, found.driverId)
      return signIn(context, found.driverId)
    },
  }),
  operation({
    id: 'refresh',
    method: 'POST',
    path: '/auth/refresh',
    tag: 'Sign-in',
    summary: 'Renew the tokens',
    description:
      'Each refresh token is good once. One that comes a second time ends the sign-in: somebody else has it as well.',
    auth: 'none',
    body: z.strictObject({ refreshToken: z.string().max(128) }),
    ok: { status: 200, schema: Tokens },
    problems: [],
    async run({ body }, { sql, now }) {
      const { access, refresh, body: tokens } = newTokens(now)
      const isRenewed = await rotateSignIn(sql, hashToken(body.refreshToken), {
        accessHash: access.hash,
        accessUntil: access.until,
        refreshHash: refresh.hash,
        refreshUntil: refresh.until,
        now,
      })
      return isRenewed
        ? ok(tokens)
        : problem('not-signed-in', 'This sign-in is over. Sign in again.')
    },
  }),
  operation({
    id: 'logout',
    method: 'POST',
    path: '/auth/logout',
    tag: 'Sign-in',
    summary: 'Sign out',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 204 },
    problems: [],
    async run(_input, context) {
      await endSignIn(context.sql, me(context).signInId)
      return noContent
    },
  }),
  operation({
    id: 'register',
    method: 'POST',
    path: '/auth/register',
    tag: 'Sign-in',
    summary: 'Register, where the network allows it',
    description:
      'The answer is the same whether the address is known or not. A mail with a link follows; the password counts once the link was opened.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({
      name: z.string().trim().min(1, 'is missing').max(120),
      email: Email,
      phone: z.string().trim().max(40).optional(),
      password: Password,
    }),
    ok: { status: 202 },
    problems: ['registration-closed'],
    async run({ body }, { pool, now, settings }) {
      if (!settings.appSignIn || !settings.selfRegistration)
        return problem('registration-closed', 'Ask the operator of this network for an account.')
      const passwordHash = await hashPassword(body.password)
      await withTransaction(pool, async (sql) => {
        const driverId = await insertDriver(sql, {
          name: body.name,
          email: body.email,
          phone: body.phone ?? null,
        })
        const { token, hash } = newToken()
        // somebody's already: a new password there needs the mail of "forgot password"
        const known = driverId === null ? await findCredentials(sql, body.email) : null
        const id = driverId ?? known?.driverId
        if (id === undefined) return
        if (driverId !== null) await setPassword(sql, id, passwordHash, { isVerified: false, now })
        const purpose = driverId === null ? ('reset' as const) : ('verify' as const)
        const validMinutes = purpose === 'verify' ? verifyMinutes : resetMinutes
        await insertCode(sql, {
          hash,
          purpose,
          driverId: id,
          until: new Date(now.getTime() + validMinutes * 60_000),
        })
        const to = known?.email ?? body.email
        const name = known?.name ?? body.name
        await mailCode(sql, {
          kind: purpose,
          to,
          name,
          token,
          network: settings.networkName,
          validMinutes,
          now,
        })
      })
      return { kind: 'ok', status: 202 }
    },
  }),
  operation({
    id: 'verify',
    method: 'POST',
    path: '/auth/verify',
    tag: 'Sign-in',
    summary: 'Confirm the address with the code from the mail',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ token: Token }),
    ok: { status: 200, schema: SignedIn },
    problems: ['wrong-code'],
    async run({ body }, context) {
      const driverId = await takeCode(context.sql, hashToken(body.token), 'verify', context.now)
      if (driverId === null)
        return problem('wrong-code', 'This link was used or is too old. Ask for a new one.')
      await markVerified(context.sql, driverId, context.now)
      return signIn(context, driverId)
    },
  }),
  operation({
    id: 'forgotPassword',
    method: 'POST',
    path: '/auth/forgot-password',
    tag: 'Sign-in',
    summary: 'Ask for a link to set a password',
    description:
      'Also how somebody whom the operator added sets a first one. The answer is the same for every address.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ email: Email }),
    ok: { status: 202 },
    problems: [],
    async run({ body }, { pool, now, settings }) {
      if (!settings.appSignIn) return { kind: 'ok', status: 202 }
      await withTransaction(pool, async (sql) => {
        const found = await findCredentials(sql, body.email)
        if (!found || found.status !== 'active') return
        const { token, hash } = newToken()
        const until = new Date(now.getTime() + resetMinutes * 60_000)
        await insertCode(sql, { hash, purpose: 'reset', driverId: found.driverId, until })
        await mailCode(sql, {
          kind: 'reset',
          to: found.email,
          name: found.name,
          token,
          network: settings.networkName,
          validMinutes: resetMinutes,
          now,
        })
      })
      return { kind: 'ok', status: 202 }
    },
  }),
  operation({
    id: 'resetPassword',
    method: 'POST',
    path: '/auth/reset-password',
    tag: 'Sign-in',
    summary: 'Set a password with the code from the mail',
    description: 'Ends every other sign-in of this driver.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ token: Token, password: Password }),
    ok: { status: 200, schema: SignedIn },
    problems: ['wrong-code'],
    async run({ body }, context) {
      const passwordHash = await hashPassword(body.password)
      return withTransaction(context.pool, async (sql) => {
        const driverId = await takeCode(sql, hashToken(body.token), 'reset', context.now)
        if (driverId === null)
          return problem('wrong-code', 'This link was used or is too old. Ask for a new one.')
        await setPassword(sql, driverId, passwordHash, { isVerified: true, now: context.now })
        await endSignIns(sql, driverId)
        const found = await credentialsOf(sql, driverId)
        if (found?.status !== 'active')
          return problem('wrong-code', 'This account is suspended. Ask the operator.')
        await mailNews({ ...context, sql }, found, 'password-by-link')
        return signIn({ ...context, sql }, driverId)
      })
    },
  }),
]
