import type { Payload } from 'payload'
import { cache } from 'react'

import { readGrantList, type ListedGrant } from '@/db/queries/grantList'
import { poolOf } from '@/db/requestSql'
import { env } from '@/platform/env'
import { grantState, sayGrant, type GrantState } from '@/domain/grantWords'

import { pageViewer } from './pageViewer'
import { viewerOf, type Looking } from './viewer'
import { defaultZone } from './zones'

export type SaidAccess = { id: number; userId: number; words: string; state: GrantState }

/** `loadAccess`: every grant in words, by its number, read once per page. For lists that only Super Admins see. */
export const loadAccess = cache(
  async (payload: Payload): Promise<ReadonlyMap<number, SaidAccess>> => {
    const grants = await readGrantList(poolOf({ payload }), null)
    return new Map(grants.map((grant) => [grant.id, said(grant)]))
  },
)

/** `loadAccessForCell`: the same for a list that others see as well; nothing for whoever may not see grants. */
export const loadAccessForCell = cache(
  async (payload: Payload): Promise<ReadonlyMap<number, SaidAccess> | null> => {
    const viewer = await pageViewer(payload)
    return viewer?.scope('grants', 'read').kind === 'all' ? loadAccess(payload) : null
  },
)

export type UserAccessPage = {
  access: SaidAccess[]
  mayGive: boolean
  maySendLink: boolean
  /** Without a mail server a mail waits under "Undelivered mail". */
  isMailSetUp: boolean
}

/** `loadUserAccess`: what one user may do, and what the viewer may do about it. Null where it is not shown. */
export async function loadUserAccess(
  looking: Looking,
  userId: number,
): Promise<UserAccessPage | null> {
  const viewer = await viewerOf(looking)
  if (viewer?.scope('grants', 'read').kind !== 'all') return null
  const grants = await readGrantList(viewer.sql, userId)
  return {
    access: grants.map(said),
    mayGive: viewer.scope('grants', 'create').kind === 'all',
    maySendLink: viewer.scope('users', 'update').kind === 'all',
    isMailSetUp: env().smtpUrl !== null,
  }
}

function said(grant: ListedGrant): SaidAccess {
  const date = (text: string | null) => (text === null ? null : new Date(text))
  const whole = { ...grant, from: date(grant.from), until: date(grant.until) }
  const now = new Date()
  return {
    id: grant.id,
    userId: grant.userId,
    words: sayGrant(whole, now, defaultZone),
    state: grantState(whole, now),
  }
}
