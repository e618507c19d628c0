import { readUserSignIn, type UserSignInRow } from '@/db/queries/userSignIn'
import { accountKey } from '@/platform/accountKey'

import { viewerOf, type Looking } from './viewer'

export type UserSignIn = Omit<UserSignInRow, 'suspendedAt' | 'seenAt'> & {
  /** ISO 8601. */
  suspendedAt: string | null
  seenAt: string | null
}

/** `loadUserSignIn`: how somebody else signs in, for Super Admins; null for everybody else, and for oneself. */
export async function loadUserSignIn(
  looking: Looking,
  user: { id: number; email: string },
): Promise<UserSignIn | null> {
  const viewer = await viewerOf(looking)
  if (!viewer || viewer.userId === user.id || viewer.scope('users', 'assign').kind !== 'all')
    return null
  const { suspendedAt, seenAt, ...row } = await readUserSignIn(
    viewer.sql,
    user.id,
    accountKey(user.email),
  )
  return {
    ...row,
    suspendedAt: suspendedAt?.toISOString() ?? null,
    seenAt: seenAt?.toISOString() ?? null,
  }
}
