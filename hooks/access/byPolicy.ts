import type { Access, CollectionConfig, GlobalConfig, PayloadRequest, Where } from 'payload'

import {
  readSeenFirmwareUpdates,
  readSeenOrganisations,
  readSeenRegions,
  readSeenSites,
  readSeenTariffs,
  readSeenUsers,
} from '@/db/queries/reach'
import { readSeenShareLinks, readSeenStatements } from '@/db/queries/schedules'
import { requestSql } from '@/db/requestSql'
import type { Sql } from '@/db/pool'
import type { Action, Resource } from '@/domain/policy'
import { mayOwn } from '@/domain/scope'
import { bySites, grantsFor, nowOf, scopeOf, staffOf, type SomeScope } from './whoAsks'
import { factsOwned, never } from './factsOwned'
import { repliesAccess, ticketsAccess } from './ticketAccess'
import { schedulesAccess } from '../reports/access'

/** Which rows lie inside a scope, as a condition of Payload's; `false` where none can. */
type Inside = (scope: SomeScope, req: PayloadRequest) => Promise<Where | false>

type Rule = { resource: Resource; read: Inside; write?: Inside }

/** Rows that belong to no place: whoever may see one may see all. */
const everyRow: Inside = () => Promise.resolve({ id: { exists: true } })

/** The one list of collections and the resource of the policy table each of them is. What is not here stays shut. */
const rules: Readonly<Record<string, Rule>> = {
  chargers: { resource: 'chargers', read: columns('site', 'id') },
  connectors: { resource: 'connectors', read: columns('charger.site', 'charger') },
  sites: { resource: 'sites', read: ids(readSeenSites), write: columns('id', null) },
  regions: { resource: 'regions', read: ids(readSeenRegions) },
  organisations: { resource: 'organisations', read: ids(readSeenOrganisations) },
  sessions: { resource: 'sessions', read: columns('site', 'charger') },
  tariffs: {
    resource: 'tariffs',
    read: orIds(columns('site', null), readSeenTariffs),
    write: columns('site', null),
  },
  'price-groups': { resource: 'price-groups', read: columns('site', null) },
  budgets: { resource: 'budgets', read: columns('site', null) },
  'exempt-periods': { resource: 'exempt-periods', read: columns('charger.site', 'charger') },
  corrections: { resource: 'corrections', read: columns('site', 'charger') },
  drivers: { resource: 'drivers', read: columns('site', null) },
  'rfid-cards': { resource: 'rfid-cards', read: columns('site', null) },
  commands: { resource: 'commands', read: columns('charger.site', 'charger') },
  reservations: { resource: 'reservations', read: columns('charger.site', 'charger') },
  'charging-profiles': {
    resource: 'charging-profiles',
    read: columns('charger.site', 'charger'),
  },
  fleets: { resource: 'fleets', read: columns('site', null) },
  vehicles: { resource: 'vehicles', read: columns('site', null) },
  firmware: { resource: 'firmware-files', read: everyRow },
  'firmware-updates': { resource: 'firmware-updates', read: ids(readSeenFirmwareUpdates) },
  diagnostics: { resource: 'diagnostics-files', read: columns('charger.site', 'charger') },
  'configuration-templates': { resource: 'configuration-templates', read: everyRow },
  alerts: { resource: 'alerts', read: columns('site', 'charger') },
  faqs: { resource: 'faqs', read: everyRow },
  webhooks: { resource: 'webhooks', read: async () => false },
  grants: { resource: 'grants', read: async () => false },
  'audit-log': { resource: 'audit-log', read: columns('site', null) },
  statements: { resource: 'statements', read: ids(readSeenStatements) },
  'share-links': { resource: 'share-links', read: ids(readSeenShareLinks) },
}

/** Written by chargers and the server, never through Payload. */
const facts = new Set([
  'sessions',
  'corrections',
  'commands',
  'reservations',
  'charging-profiles',
  'alerts',
  'firmware-updates',
  'diagnostics',
  'audit-log',
  'statements',
  'share-links',
])
/** Made by a route of their own (an upload), changed and deleted like others. */
const madeElsewhere = new Set(['firmware'])
/** Twins that must be readable for virtual fields to work; every door of theirs is shut elsewhere. */
const twins = new Set(['charger-states', 'connector-states'])

/** `accessOf`: every access function of a collection, from the policy table. Unknown collections are closed. */
export function accessOf(slug: string): NonNullable<CollectionConfig['access']> {
  if (slug === 'users') return usersAccess
  if (slug === 'tickets') return ticketsAccess(allow)
  if (slug === 'ticket-replies') return repliesAccess(allow)
  if (slug === 'notification-preferences') return preferencesAccess
  if (slug === 'report-schedules') return schedulesAccess
  if (twins.has(slug))
    return { ...factsOwned, admin: never, read: ({ req }) => staffOf(req) !== null }
  const rule = rules[slug]
  if (!rule) return { ...factsOwned, admin: never, read: never }
  const read = allow(rule.resource, 'read', rule.read)
  if (facts.has(slug)) return { ...factsOwned, read }
  const write = rule.write ?? rule.read
  return {
    read,
    create: madeElsewhere.has(slug) ? never : allow(rule.resource, 'create', async () => ({})),
    update: allow(rule.resource, 'update', write),
    delete: allow(rule.resource, 'delete', write),
    readVersions: never,
    unlock: never,
  }
}

export function globalAccessOf(slug: string): NonNullable<GlobalConfig['access']> {
  if (slug !== 'settings') return { read: never, update: never }
  return {
    read: allow('settings', 'read'),
    update: allow('settings', 'update'),
    readVersions: never,
  }
}

/**
 * `allow`: true, false, or the condition for the rows inside the caller's scope. Creating is judged here by role only;
 * where the new row may stand is `insideOnly`'s question, since the condition of an access function sees old rows alone.
 */
export function allow(resource: Resource, action: Action, inside?: Inside): Access {
  return async ({ req }) => {
    const scope = await bySites(req, await scopeOf(req, resource, action))
    if (scope.kind !== 'some') return scope.kind === 'all'
    if (action === 'create') return true
    const where = inside ? await inside(scope, req) : false
    if (where) markScoped(req)
    return where
  }
}

const ownRow = (req: PayloadRequest): Where | false => {
  const user = staffOf(req)
  if (!user) return false
  markScoped(req)
  return { id: { equals: user.id } }
}

const usersAccess: NonNullable<CollectionConfig['access']> = {
  admin: async ({ req }) => (await scopeOf(req, 'sites', 'read')).kind !== 'none',
  create: allow('users', 'create'),
  read: async (args) => {
    const others = await allow('users', 'read', ids(readSeenUsers))(args)
    const own = ownRow(args.req)
    if (others === true || !own) return others === true
    return others ? { or: [others, own] } : own
  },
  update: async (args) => (await allow('users', 'update')(args)) === true || ownRow(args.req),
  delete: allow('users', 'delete'),
  unlock: allow('users', 'unlock'),
  readVersions: never,
}

/** Of everybody his own, of nobody another's (row 68). */
const ownPreferences =
  (action: 'read' | 'create' | 'update' | 'delete'): Access =>
  async ({ req }) => {
    const user = staffOf(req)
    if (!user || !mayOwn(await grantsFor(req), 'preferences', action, nowOf(req))) return false
    if (action === 'create') return true
    markScoped(req)
    return { user: { equals: user.id } }
  }

const preferencesAccess: NonNullable<CollectionConfig['access']> = {
  read: ownPreferences('read'),
  create: ownPreferences('create'),
  update: ownPreferences('update'),
  delete: ownPreferences('delete'),
  readVersions: never,
  unlock: never,
}

/** A row outside the scope and a row that is not there get the same answer (`hooks/onError`). */
function markScoped(req: PayloadRequest): void {
  req.context['isScoped'] = true
}

function columns(site: string, charger: string | null): Inside {
  return (scope) => {
    const either: Where[] = []
    if (scope.siteIds.length > 0) either.push({ [site]: { in: scope.siteIds } })
    if (charger && scope.chargerIds.length > 0) either.push({ [charger]: { in: scope.chargerIds } })
    return Promise.resolve(either.length > 0 ? { or: either } : false)
  }
}

function ids(readIds: (sql: Sql, scope: SomeScope) => Promise<number[]>): Inside {
  return async (scope, req) => {
    const seen = await readIds(await requestSql(req), scope)
    return seen.length > 0 ? { id: { in: seen } } : false
  }
}

function orIds(inside: Inside, readIds: (sql: Sql, scope: SomeScope) => Promise<number[]>): Inside {
  return async (scope, req) => {
    const either = [await inside(scope, req), await ids(readIds)(scope, req)].filter(
      (where) => where !== false,
    )
    return either.length > 0 ? { or: either } : false
  }
}
