import type { PayloadRequest } from 'payload'

import { grantsOf } from '@/db/queries/grantsOf'
import { readOwnSites } from '@/db/queries/reach'
import { noteUse } from '@/db/noteUse'
import { poolOf, requestSql } from '@/db/requestSql'
import type { Action, Resource } from '@/domain/policy'
import { rolesAt, scopeFor, type Grant, type Scope } from '@/domain/scope'

export type SomeScope = Extract<Scope, { kind: 'some' }>

type Remembered = { grants?: Promise<Grant[]>; sites: Map<string, Promise<number[]>>; now: Date }

/** The staff user of a request; null for anonymous callers and for logins of any other collection. */
export function staffOf(req: PayloadRequest): { id: number; name: string; email: string } | null {
  const user = req.user
  if (!user || user.collection !== 'users' || typeof user.id !== 'number') return null
  return { id: user.id, name: user.name || user.email, email: user.email }
}

/** The login behind a request: the row of `users_sessions` that its token names. */
export function sessionOf(req: PayloadRequest): string | null {
  const sid = (req.user as { _sid?: unknown } | null)?._sid
  return typeof sid === 'string' ? sid : null
}

/** Grants are read once per request and never kept longer: a right taken away is gone at the next request. */
export async function grantsFor(req: PayloadRequest): Promise<Grant[]> {
  const user = staffOf(req)
  if (!user) return []
  const memory = remembered(req)
  if (!memory.grants) noteUse(poolOf(req), sessionOf(req))
  memory.grants ??= requestSql(req).then((sql) => grantsOf(sql, user.id, sessionOf(req)))
  return memory.grants
}

/** `scopeOf`: what the caller may do this with, at the instant the request began. */
export async function scopeOf(
  req: PayloadRequest,
  resource: Resource,
  action: Action,
): Promise<Scope> {
  return scopeFor(await grantsFor(req), resource, action, nowOf(req))
}

export async function strongestRole(req: PayloadRequest): Promise<string | null> {
  return rolesAt(await grantsFor(req), nowOf(req))[0] ?? null
}

/** The same scope with its regions written out as sites, so that a site id decides alone. */
export async function bySites(req: PayloadRequest, scope: Scope): Promise<Scope> {
  if (scope.kind !== 'some' || scope.regionIds.length === 0) return scope
  const { sites } = remembered(req)
  const key = `${scope.regionIds.join()};${scope.siteIds.join()}`
  let siteIds = sites.get(key)
  if (!siteIds) {
    siteIds = requestSql(req).then((sql) => readOwnSites(sql, scope))
    sites.set(key, siteIds)
  }
  return { ...scope, siteIds: await siteIds }
}

export function nowOf(req: PayloadRequest): Date {
  return remembered(req).now
}

function remembered(req: PayloadRequest): Remembered {
  const context = req.context as { cpms?: Remembered }
  context.cpms ??= { sites: new Map(), now: new Date() }
  return context.cpms
}
