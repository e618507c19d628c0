import type { Payload } from 'payload'
import { cache } from 'react'

import { viewedAs } from '@/db/queries/logins'
import { isLinkGood as isLinkGoodSql } from '@/db/queries/staffPasswords'
import { readSecondFactorState } from '@/db/queries/secondFactors'
import { poolOf } from '@/db/requestSql'

import type { Looking } from './viewer'

export type Standing = {
  /** A role of this person asks for a second factor, and there is none: nothing is open before. */
  mustEnrol: boolean
  /** Whose eyes this login looks through, and until when. */
  viewsAs: { id: number; name: string; until: string } | null
}

/** `loadStanding`: what stands around every page; null for a stranger. Asked once per page. */
export function loadStanding({ payload, user }: Looking): Promise<Standing | null> {
  if (!user || user.collection !== 'users' || typeof user.id !== 'number')
    return Promise.resolve(null)
  return readStanding(payload, user.id, user._sid ?? null)
}

const readStanding = cache(
  async (payload: Payload, userId: number, sessionId: string | null): Promise<Standing> => {
    const sql = poolOf({ payload })
    const [factor, viewed] = await Promise.all([
      readSecondFactorState(sql, userId),
      sessionId ? viewedAs(sql, sessionId) : null,
    ])
    return {
      mustEnrol: factor.isRequired && !factor.isOn,
      viewsAs: viewed && { ...viewed, until: viewed.until.toISOString() },
    }
  },
)

/** `isLinkGood`: whether a link to set a password still holds; the link itself is asked again when it is used. */
export function isLinkGood(payload: Payload, token: string): Promise<boolean> {
  if (!/^[0-9a-f]{40}$/.test(token)) return Promise.resolve(false)
  return isLinkGoodSql(poolOf({ payload }), token)
}
