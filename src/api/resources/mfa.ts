import { z } from 'zod'

import {
  beginTotp,
  clearFailures,
  confirmTotp,
  countFailure,
  credentialsOf,
  dropTotp,
  spendRecovery,
  tryCode,
  useStep,
  type Credentials,
} from '@/db/queries/app/credentials'
import { endOtherSignIns } from '@/db/queries/app/signIns'
import { withTransaction } from '@/db/tx'
import { env } from '@/platform/env'
import { seal, unseal } from '@/platform/seal'
import { makeRecoveryCodes, makeTotpSecret, recoveryHash, stepOf, totpUri } from '@/platform/totp'
import { mailNews } from '../mails'
import { me, noContent, ok, operation, problem, type Context } from '../operation'
import { isPassword } from '../passwords'
import { Tokens } from '../shapes'
import { lockedFor, newSignIn } from '../signIn'
import { hashToken } from '@/platform/tokens'

const Code = z
  .string({ error: 'is a code of six digits, or a recovery code' })
  .trim()
  .min(6, 'is a code of six digits, or a recovery code')
  .max(20, 'is a code of six digits, or a recovery code')
const sealedFor = (driverId: number) => `second factor of driver ${driverId}`

const wrongCode = () =>
  problem('wrong-code', 'The code is not right, or was used. Wait for the next one and try again.')
const wrongPassword = () => problem('wrong-credentials', 'The password is not right.')

/** Each code opens once; a wrong one counts as a wrong password does: five shut the account for ten minutes. */
async function isRight(context: Context, found: Credentials, code: string): Promise<boolean> {
  const { now, pool } = context
  const secret = found.totpSealed && unseal(found.totpSealed, sealedFor(found.driverId))
  const step = secret ? stepOf(secret, code, now) : null
  const isGood =
    step !== null
      ? await useStep(pool, found.driverId, step)
      : found.isTotpOn && (await isRecovery(context, found.driverId, code))
  if (!isGood) await countFailure(pool, found.driverId, now)
  return isGood
}

async function isRecovery({ pool }: Context, driverId: number, code: string): Promise<boolean> {
  const hash = recoveryHash(code, driverId, env().payloadSecret)
  return hash !== null && spendRecovery(pool, driverId, hash)
}

export const mfa = [
  operation({
    id: 'loginWithCode',
    method: 'POST',
    path: '/auth/mfa',
    tag: 'Sign-in',
    summary: 'The second step of a sign-in',
    description:
      'With the `mfaToken` of the first step and a code of the authenticator app, or one of the recovery codes, each good once.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ mfaToken: z.string().max(128), code: Code }),
    ok: { status: 200, schema: Tokens },
    problems: ['wrong-code', 'locked'],
    async run({ body }, context) {
      const driverId = await tryCode(context.pool, hashToken(body.mfaToken), context.now)
      const found = driverId === null ? null : await credentialsOf(context.pool, driverId)
      if (!found || found.status !== 'active')
        return problem('wrong-code', 'This sign-in is over. Begin again with your password.')
      const locked = lockedFor(found, context.now)
      if (locked) return locked
      if (!(await isRight(context, found, body.code))) return wrongCode()
      await clearFailures(context.pool, found.driverId)
      return withTransaction(context.pool, (sql) =>
        newSignIn({ ...context, sql }, found.driverId, { endsCode: hashToken(body.mfaToken) }),
      )
    },
  }),
  operation({
    id: 'beginMfa',
    method: 'POST',
    path: '/me/mfa',
    tag: 'Me',
    summary: 'Set up an authenticator app',
    description: 'Counts for nothing until POST /me/mfa/confirm has seen a code of it.',
    auth: 'driver',
    isCostly: true,
    body: z.strictObject({ password: z.string().max(200) }),
    ok: {
      status: 200,
      schema: z
        .object({
          secret: z.string().describe('Base32, to type in.'),
          uri: z.string().describe('otpauth://…, as a QR code.'),
        })
        .meta({ id: 'MfaSetup' }),
    },
    problems: ['wrong-credentials', 'already-there', 'locked'],
    async run({ body }, context) {
      const driver = me(context)
      const found = await credentialsOf(context.sql, driver.id)
      const locked = found && lockedFor(found, context.now)
      if (locked) return locked
      if (!(await isPassword(body.password, found?.passwordHash ?? null))) {
        await countFailure(context.pool, driver.id, context.now)
        return wrongPassword()
      }
      const secret = makeTotpSecret()
      if (!(await beginTotp(context.sql, driver.id, seal(secret, sealedFor(driver.id)))))
        return problem('already-there', 'A second factor is on already. Take it off first.')
      return ok({ secret, uri: totpUri(secret, driver.email, context.settings.networkName) })
    },
  }),
  operation({
    id: 'confirmMfa',
    method: 'POST',
    path: '/me/mfa/confirm',
    tag: 'Me',
    summary: 'Turn the second factor on',
    description: 'Answers ten recovery codes, shown once. Every other sign-in of this driver ends.',
    auth: 'driver',
    isCostly: true,
    body: z.strictObject({ code: Code }),
    ok: {
      status: 200,
      schema: z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' }),
    },
    problems: ['wrong-code', 'locked'],
    async run({ body }, context) {
      const driver = me(context)
      const found = await credentialsOf(context.sql, driver.id)
      const locked = found && lockedFor(found, context.now)
      if (locked) return locked
      if (!found || found.isTotpOn || !(await isRight(context, found, body.code)))
        return wrongCode()
      const recoveryCodes = makeRecoveryCodes()
      const hashes = recoveryCodes.map((code) =>
        recoveryHash(code, driver.id, env().payloadSecret)!,
      )
      await withTransaction(context.pool, async (sql) => {
        await confirmTotp(sql, driver.id, { hashes, now: context.now })
        await endOtherSignIns(sql, driver.id, driver.signInId)
        await mailNews({ ...context, sql }, found, 'second-factor-on')
      })
      return ok({ recoveryCodes })
    },
  }),
  operation({
    id: 'removeMfa',
    method: 'DELETE',
    path: '/me/mfa',
    tag: 'Me',
    summary: 'Take the second factor off',
    auth: 'driver',
    isCostly: true,
    body: z.strictObject({ password: z.string().max(200), code: Code }),
    ok: { status: 204 },
    problems: ['wrong-credentials', 'wrong-code', 'locked'],
    async run({ body }, context) {
      const driver = me(context)
      const found = await credentialsOf(context.sql, driver.id)
      const locked = found && lockedFor(found, context.now)
      if (locked) return locked
      if (!found || !(await isPassword(body.password, found.passwordHash))) {
        await countFailure(context.pool, driver.id, context.now)
        return wrongPassword()
      }
      if (!(await isRight(context, found, body.code))) return wrongCode()
      await withTransaction(context.pool, async (sql) => {
        await dropTotp(sql, driver.id)
        await mailNews({ ...context, sql }, found, 'second-factor-off')
      })
      return noContent
    },
  }),
]
