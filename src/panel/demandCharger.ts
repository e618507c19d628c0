import { readPlaces } from '@/db/queries/places'
import type { Action, Resource } from '@/domain/policy'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'

import type { Viewer } from './viewer'

/**
 * `demandCharger`: the place of a charger that the viewer may do this with; a charger outside the scope is one that
 * does not exist (404).
 */
export async function demandCharger(
  viewer: Viewer,
  asked: string | null,
  resource: Resource = 'chargers',
  action: Action = 'read',
): Promise<{ chargerId: number; siteId: number | null; regionId: number | null }> {
  const id = /^[1-9]\d{0,8}$/.test(asked ?? '') ? Number(asked) : null
  const [place] = id
    ? await readPlaces(viewer.sql, { chargers: [id], sites: [], sessions: [] })
    : []
  if (id !== null && place && isInside(viewer.scope(resource, action), place))
    return { chargerId: id, siteId: place.siteId, regionId: place.regionId }
  throw new PublicError({
    code: 'unknown-charger',
    status: 404,
    sentence: 'There is no such charger.',
  })
}
