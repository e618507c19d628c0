import type { FieldAccess } from 'payload'

import { seesAllFields, type Action, type Resource } from '@/domain/policy'
import { isInside, scopeFor } from '@/domain/scope'
import { bySites, grantsFor, nowOf, scopeOf, staffOf } from './whoAsks'

/**
 * `seesAll`: whether the caller sees the fields that the policy table keeps from some roles, in this row. Asked without
 * a row (may one search or sort by it?) it is yes only if no grant of the caller opens rows without the field:
 * otherwise a search would tell what the answer hides.
 */
export function seesAll(resource: Resource, action: Action = 'read'): FieldAccess {
  return async ({ req, doc }) => {
    const now = nowOf(req)
    const grants = await grantsFor(req)
    const seeing = grants.filter((grant) => seesAllFields(grant.role, resource, action))
    const scope = await bySites(req, scopeFor(seeing, resource, action, now))
    if (scope.kind !== 'some') return scope.kind === 'all'
    if (!doc) {
      const others = grants.filter((grant) => !seeing.includes(grant))
      return scopeFor(others, resource, action, now).kind === 'none'
    }
    return isInside(scope, placeOf(resource, doc))
  }
}

/** For rows that do not know their place: only whoever sees the field everywhere he sees the resource. */
export function seesAllEverywhere(resource: Resource, action: Action = 'read'): FieldAccess {
  const check = seesAll(resource, action)
  return (args) => check({ ...args, doc: undefined })
}

/** Only who may do this, anywhere; the row itself is judged by the collection's own access. */
export function mayField(resource: Resource, action: Action): FieldAccess {
  return async ({ req }) => (await scopeOf(req, resource, action)).kind !== 'none'
}

/** Whoever may do this with all rows, or the person the row is. */
export function mayOrSelf(resource: Resource, action: Action): FieldAccess {
  return async ({ req, id, doc }) => {
    if ((await scopeOf(req, resource, action)).kind === 'all') return true
    const user = staffOf(req)
    return (
      user !== null &&
      user.id === (doc as { id?: unknown } | undefined)?.id &&
      (id === undefined || Number(id) === user.id)
    )
  }
}

function placeOf(
  resource: Resource,
  doc: object,
): { siteId: number | null; chargerId: number | null } {
  const row = doc as { id?: unknown; site?: unknown; charger?: unknown }
  return { siteId: idOf(row.site), chargerId: idOf(resource === 'chargers' ? row.id : row.charger) }
}

/** The id of a relation's value, populated or not. */
export function idOf(value: unknown): number | null {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value
  const number = typeof id === 'string' && /^\d{1,10}$/.test(id) ? Number(id) : id
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}
