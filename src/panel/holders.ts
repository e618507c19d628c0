import { readCardsOf } from '@/db/queries/holders'
import { maskUid } from '@/domain/idToken'

import { viewerOf, type Looking } from './viewer'

export type DriverCardsPage = {
  cards: { id: number; uid: string; label: string | null; status: string }[]
  mayAdd: boolean
}

/** `loadDriverCards`: the cards of a driver, numbers masked where the person sees only a part of them. */
export async function loadDriverCards(
  looking: Looking,
  driverId: number,
): Promise<DriverCardsPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer?.can('rfid-cards', 'read')) return null
  const cards = await readCardsOf(viewer.sql, {
    driverId,
    scope: viewer.scope('rfid-cards', 'read'),
    full: viewer.fullScope('rfid-cards', 'read'),
  })
  return {
    cards: cards.map(({ isFull, uid, ...card }) => ({ ...card, uid: isFull ? uid : maskUid(uid) })),
    mayAdd: viewer.can('rfid-cards', 'create'),
  }
}
