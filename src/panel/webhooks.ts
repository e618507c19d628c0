import { readDeliveries, type DeliveryBoard } from '@/db/queries/webhooks'

import { masked } from '@/platform/mask'
import { viewerOf, type Looking } from './viewer'

export type { DeliveryBoard } from '@/db/queries/webhooks'

const shown = 50

export async function loadDeliveries(
  looking: Looking,
  id: number,
): Promise<DeliveryBoard[] | null> {
  const viewer = await viewerOf(looking)
  if (!viewer || viewer.scope('webhooks', 'read').kind !== 'all') return null
  const deliveries = await readDeliveries(viewer.sql, id, shown)
  // messages for phones carry what reaches the phone
  return deliveries.map((one) => ({ ...one, body: masked(one.body) as DeliveryBoard['body'] }))
}
