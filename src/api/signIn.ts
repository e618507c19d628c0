import { z } from 'zod'

import { credentialsOf, endCode, insertCode, type Credentials } from '@/db/queries/app/credentials'
import { insertSignIn } from '@/db/queries/app/signIns'
import { ok, problem, type Context, type Problem, type Reply } from './operation'
import { instant, Tokens } from './shapes'
import { newToken } from '@/platform/tokens'

const accessMinutes = 30
const refreshDays = 60
const mfaMinutes = 10

/** The first step of a sign-in with a second factor. */
export const MfaNeeded = z
  .object({
    mfaRequired: z.literal(true),
    mfaToken: z.string().describe('For POST /auth/mfa, with a code.'),
    expiresAt: instant,
  })
  .meta({ id: 'MfaNeeded' })

export const SignedIn = z.union([Tokens, MfaNeeded]).meta({ id: 'SignedIn' })

/**
 * `signIn`: tokens for a driver whose password or mail was right; where he has a second factor, the way to show it.
 * Every door ends here, so that none is a way around it.
 */
export async function signIn(context: Context, driverId: number): Promise<Reply> {
  const found = await credentialsOf(context.sql, driverId)
  if (!found?.isTotpOn) return newSignIn(context, driverId)
  const { token, hash } = newToken()
  const until = new Date(context.now.getTime() + mfaMinutes * 60_000)
  await insertCode(context.sql, { hash, purpose: 'mfa', driverId, until })
  return ok({ mfaRequired: true, mfaToken: token, expiresAt: until.toISOString() })
}

/** `newSignIn`: the tokens themselves; nothing more is asked. `startId`: of a guest, good for this one charge. */
export async function newSignIn(
  context: Pick<Context, 'sql' | 'now' | 'client'>,
  driverId: number,
  options: { endsCode?: Buffer; startId?: number } = {},
): Promise<Reply> {
  const { access, refresh, body } = newTokens(context.now)
  if (options.endsCode) await endCode(context.sql, options.endsCode)
  await insertSignIn(context.sql, {
    driverId,
    client: context.client,
    now: context.now,
    accessHash: access.hash,
    accessUntil: access.until,
    refreshHash: refresh.hash,
    refreshUntil: refresh.until,
    startId: options.startId ?? null,
  })
  return ok(body)
}

export function newTokens(now: Date) {
  const access = { ...newToken(), until: new Date(now.getTime() + accessMinutes * 60_000) }
  const refresh = { ...newToken(), until: new Date(now.getTime() + refreshDays * 86_400_000) }
  const body = {
    accessToken: access.token,
    accessTokenExpiresAt: access.until.toISOString(),
    refreshToken: refresh.token,
    refreshTokenExpiresAt: refresh.until.toISOString(),
  }
  return { access, refresh, body }
}

export function lockedFor({ lockedUntil }: Credentials, now: Date): Problem | null {
  if (!lockedUntil || lockedUntil <= now) return null
  const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000)
  return problem(
    'locked',
    'Too many wrong passwords or codes. Wait; without a second factor a new password helps: POST /auth/forgot-password.',
    { retryAfterSeconds: seconds },
  )
}
