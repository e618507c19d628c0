import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'

import { requestSql } from '@/db/requestSql'
import type { Action, Resource } from '@/domain/policy'
import { isInside } from '@/domain/scope'
import { badField, notAllowed } from '../problem'
import { idOf } from './fieldByPolicy'
import { bySites, scopeOf, staffOf } from './whoAsks'

type Place = { siteId: number | null; chargerId: number | null }

const placed: Readonly<Record<string, { resource: Resource; field: 'site' | 'charger' }>> = {
  chargers: { resource: 'chargers', field: 'site' },
  connectors: { resource: 'connectors', field: 'charger' },
  'rfid-cards': { resource: 'rfid-cards', field: 'site' },
  drivers: { resource: 'drivers', field: 'site' },
  fleets: { resource: 'fleets', field: 'site' },
  vehicles: { resource: 'vehicles', field: 'site' },
  tariffs: { resource: 'tariffs', field: 'site' },
  'price-groups': { resource: 'price-groups', field: 'site' },
  budgets: { resource: 'budgets', field: 'site' },
  'exempt-periods': { resource: 'exempt-periods', field: 'charger' },
}

/** Changing these widens or narrows what others were given. */
const placesOfSites = ['region', 'operator', 'owner'] as const

/**
 * `insideOnly`: a row is made or moved only to a place where its maker may make it. Payload asks its access functions
 * about the old row alone (an operator moved his charger to a foreign site, 200); this asks about the new one.
 */
export const insideOnly: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!staffOf(req)) return data
  const before = originalDoc as Record<string, unknown> | undefined
  if (collection.slug === 'sites' && operation === 'update')
    await refuseMoveOfSite(data, before, req)
  const rule = placed[collection.slug]
  if (!rule) return data
  const next = idOf(rule.field in data ? data[rule.field] : before?.[rule.field])
  const isMove = operation === 'update' && next !== idOf(before?.[rule.field])
  if (operation === 'update' && !isMove) return data
  const place = await placeOf(req, rule.field, next, idOf(before?.['id']))
  if (isMove && rule.field === 'site' && collection.slug === 'chargers') {
    if (!(await isAllowed(req, 'chargers', 'move', place)))
      throw notAllowed('Only a Super Admin can move a charger to another site.')
    return data
  }
  if (!(await isAllowed(req, rule.resource, operation, place)))
    throw badField(req, collection.slug, rule.field, sentences[rule.field])
  return data
}

const sentences = {
  site: 'Choose a site that is yours to run.',
  charger: 'Choose a charger that is yours to run.',
}

async function refuseMoveOfSite(
  data: Record<string, unknown>,
  before: Record<string, unknown> | undefined,
  req: PayloadRequest,
): Promise<void> {
  const changed = placesOfSites.filter(
    (name) => name in data && idOf(data[name]) !== idOf(before?.[name]),
  )
  if (changed.length === 0 || (await scopeOf(req, 'sites', 'create')).kind === 'all') return
  throw notAllowed(`Only a Super Admin can change the ${changed.join(' or ')} of a site.`)
}

async function isAllowed(
  req: PayloadRequest,
  resource: Resource,
  action: Action,
  place: Place,
): Promise<boolean> {
  return isInside(await bySites(req, await scopeOf(req, resource, action)), place)
}

async function placeOf(
  req: PayloadRequest,
  field: 'site' | 'charger',
  id: number | null,
  ownId: number | null,
): Promise<Place> {
  if (field === 'site') return { siteId: id, chargerId: ownId }
  if (id === null) return { siteId: null, chargerId: null }
  const sql = await requestSql(req)
  const { rows } = await sql.query<{ site_id: number }>(
    'select site_id from chargers where id = $1',
    [id],
  )
  return { siteId: rows[0]?.site_id ?? null, chargerId: id }
}
