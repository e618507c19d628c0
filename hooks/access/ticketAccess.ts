import type { Access, CollectionConfig, Where } from 'payload'

import type { SomeScope } from './whoAsks'
import { bySites, scopeOf, staffOf } from './whoAsks'
import { never } from './factsOwned'

type Allow = (
  resource: 'tickets',
  action: 'create' | 'read' | 'update',
  inside?: (scope: SomeScope, req: Parameters<Access>[0]['req']) => Promise<Where | false>,
) => Access

/** Rows of `tickets` inside a scope; what one reported or works on oneself is always in sight. */
const inside =
  (prefix: '' | 'ticket.') =>
  async (scope: SomeScope, req: Parameters<Access>[0]['req']): Promise<Where | false> => {
    const either: Where[] = []
    const me = staffOf(req)?.id
    if (scope.siteIds.length > 0) either.push({ [`${prefix}site`]: { in: scope.siteIds } })
    if (scope.chargerIds.length > 0) either.push({ [`${prefix}charger`]: { in: scope.chargerIds } })
    if (me !== undefined)
      either.push(
        { [`${prefix}reporter`]: { equals: me } },
        { [`${prefix}assignedTo`]: { equals: me } },
      )
    return either.length > 0 ? { or: either } : false
  }

/** Nobody deletes a ticket: it is part of the record. */
export function ticketsAccess(allow: Allow): NonNullable<CollectionConfig['access']> {
  return {
    read: allow('tickets', 'read', inside('')),
    create: allow('tickets', 'create'),
    update: allow('tickets', 'update', inside('')),
    delete: never,
    readVersions: never,
    unlock: never,
  }
}

/** Replies are as visible as their ticket; internal notes only where one may work on it. */
export function repliesAccess(allow: Allow): NonNullable<CollectionConfig['access']> {
  const all = allow('tickets', 'update', inside('ticket.'))
  const open = allow('tickets', 'read', inside('ticket.'))
  return {
    read: async (args) => {
      const working = await all(args)
      if (working === true) return true
      const reading = await open(args)
      if (reading === false) return false
      const shown: Where = reading === true ? notInternal : { and: [reading as Where, notInternal] }
      return working === false ? shown : { or: [working as Where, shown] }
    },
    create: async ({ req }) =>
      (await bySites(req, await scopeOf(req, 'tickets', 'create'))).kind !== 'none',
    update: never,
    delete: never,
    readVersions: never,
    unlock: never,
  }
}

const notInternal: Where = { internal: { not_equals: true } }
