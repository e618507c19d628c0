import type { PayloadRequest } from 'payload'

import {
  countWrongCode,
  forgetWrongCodes,
  readSecondFactor,
  spendRecoveryCode,
  spendStep,
} from '@/db/queries/secondFactors'
import { poolOf } from '@/db/requestSql'
import { signInRules, waitSeconds } from '@/domain/signIn'
import { env } from '@/platform/env'
import { seal, unseal } from '@/platform/seal'
import { recoveryHash, stepOf } from '@/platform/totp'
import { tooMany } from './signIn/tries'

export type Checked = 'not-needed' | 'missing' | 'right' | 'wrong'

const sealedFor = (userId: number) => `second factor of user ${userId}`
export const sealSecret = (secret: string, userId: number) => seal(secret, sealedFor(userId))

/**
 * `checkCode`: a code of the app or a recovery code, each good once. On the pool and not in the request's transaction:
 * a login that fails rolls back, and neither a guess nor a spent code may be forgotten with it. After five wrong ones the
 * account waits (429), from wherever they came. `isNew` checks a secret that is not in force yet.
 */
export async function checkCode(
  req: PayloadRequest,
  userId: number,
  code: string | null,
  options: { isNew?: boolean } = {},
): Promise<Checked> {
  const sql = poolOf(req)
  const factor = await readSecondFactor(sql, userId)
  if (!factor || factor.isConfirmed === (options.isNew === true)) return 'not-needed'
  if (code === null) return 'missing'
  const { withinSeconds } = signInRules.codes
  const seconds = waitSeconds('codes', await countWrongCode(sql, userId, withinSeconds), new Date())
  if (seconds !== null) throw tooMany(req, seconds)
  const secret = unseal(factor.secret, sealedFor(userId))
  const step = secret === null ? null : stepOf(secret, code, new Date())
  if (step !== null) return (await spendStep(sql, userId, step)) ? 'right' : 'wrong'
  if (options.isNew) return 'wrong'
  const hash = recoveryHash(code, userId, env().payloadSecret)
  if (hash === null || !(await spendRecoveryCode(sql, userId, hash))) return 'wrong'
  await forgetWrongCodes(sql, userId)
  return 'right'
}
