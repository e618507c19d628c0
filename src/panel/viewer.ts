import type { Payload } from 'payload'
import { cache } from 'react'

import { noteUse } from '@/db/noteUse'
import type { Sql } from '@/db/pool'
import { grantsOf } from '@/db/queries/grantsOf'
import { poolOf } from '@/db/requestSql'
import { seesAllFields, type Action, type Resource } from '@/domain/policy'
import { scopeFor, type Scope } from '@/domain/scope'

/** The person who looks at a page, with grants as they are at this request. */
export type Viewer = {
  userId: number
  /** The login that looks. */
  sessionId: string | null
  sql: Sql
  now: Date
  scope(resource: Resource, action: Action): Scope
  can(resource: Resource, action: Action): boolean
  /** The part of `scope` where the person sees every field and not a subset. */
  fullScope(resource: Resource, action: Action): Scope
}

/** As much of a page's request as says who looks; Payload hands it to views, slots and cells in different wrappings. */
export type Looking = {
  payload: Payload
  user?: { id: number | string; collection?: string; _sid?: string } | null
}

/** `viewerOf`: null for somebody who is not signed in as staff. Grants are read once per page. */
export function viewerOf({ payload, user }: Looking): Promise<Viewer | null> {
  if (!user || user.collection !== 'users' || typeof user.id !== 'number') {
    return Promise.resolve(null)
  }
  return readViewer(payload, user.id, user._sid ?? null)
}

const readViewer = cache(
  async (payload: Payload, userId: number, sessionId: string | null): Promise<Viewer> => {
    const sql = poolOf({ payload })
    const now = new Date()
    noteUse(sql, sessionId)
    const grants = await grantsOf(sql, userId, sessionId)
    const scope = (resource: Resource, action: Action) => scopeFor(grants, resource, action, now)
    return {
      userId,
      sessionId,
      sql,
      now,
      scope,
      can: (resource, action) => scope(resource, action).kind !== 'none',
      fullScope: (resource, action) => {
        const full = grants.filter((grant) => seesAllFields(grant.role, resource, action))
        return scopeFor(full, resource, action, now)
      },
    }
  },
)
