import type { Payload } from 'payload'
import { cache } from 'react'

import {
  readUserSignIn,
  readUserStatuses,
  type UserSignInRow,
  type UserStatus,
} from '@/db/queries/userSignIn'
import { accountKey } from '@/platform/accountKey'

import { pageViewer } from './pageViewer'
import { viewerOf, type Looking } from './viewer'

export type { UserStatus }

/** `loadUserStatuses`: who may sign in, for the list; null for whoever does not look after users. Read once per page. */
export const loadUserStatuses = cache(
  async (payload: Payload): Promise<ReadonlyMap<number, UserStatus> | null> => {
    const viewer = await pageViewer(payload)
    if (viewer?.scope('users', 'assign').kind !== 'all') return null
    const rows = await readUserStatuses(viewer.sql)
    return new Map(rows.map(({ id, status }) => [id, status]))
  },
)

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
