import { readPriceGroupMembers, type PriceGroupMembers } from '@/db/queries/priceGroupMembers'

import { viewerOf, type Looking } from './viewer'

export type PriceGroupMembersPage = PriceGroupMembers & { mayAdd: boolean }

/** `loadPriceGroupMembers`: who is in a price group that Payload has already found to be in sight; null for a stranger. */
export async function loadPriceGroupMembers(
  looking: Looking,
  groupId: number,
): Promise<PriceGroupMembersPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer?.can('price-groups', 'read')) return null
  const members = await readPriceGroupMembers(viewer.sql, groupId, {
    drivers: viewer.scope('drivers', 'read'),
    fleets: viewer.scope('fleets', 'read'),
    'rfid-cards': viewer.scope('rfid-cards', 'read'),
    cardDetails: viewer.fullScope('rfid-cards', 'read'),
  })
  return { ...members, mayAdd: viewer.can('drivers', 'create') }
}
