import type { CollectionBeforeChangeHook } from 'payload'

import { isInside } from '@/domain/scope'
import { idOf } from '../access/fieldByPolicy'
import { bySites, scopeOf, staffOf } from '../access/whoAsks'
import { badField } from '../problem'

/**
 * `holdWhereAllowed`: a group says what its members pay, and whoever runs some sites only sets prices at those. An
 * operator's group without sites would let people charge for nothing everywhere.
 */
export const holdWhereAllowed: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const next = { ...(originalDoc as Record<string, unknown> | undefined), ...data }
  if (next['pricing'] === 'tariff' && idOf(next['tariff']) === null)
    throw badField(req, collection.slug, 'tariff', 'Choose the tariff that the group pays.')
  if (next['pricing'] === 'discount' && !(Number(next['discountBasisPoints']) > 0))
    throw badField(req, collection.slug, 'discountBasisPoints', 'Give the discount, e.g. 20 %.')
  if (!staffOf(req)) return data
  const scope = await bySites(req, await scopeOf(req, 'price-groups', operation))
  if (scope.kind === 'all') return data
  const sites = Array.isArray(next['sites']) ? next['sites'].map(idOf) : []
  const areOwn = sites.every((siteId) => isInside(scope, { siteId }))
  if (sites.length === 0 || !areOwn)
    throw badField(
      req,
      collection.slug,
      'sites',
      'Choose the sites where the group holds: one or more of those you run. Only a Super Admin can set prices everywhere.',
    )
  return data
}
