import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { requestCommand } from '@/commands/request'
import { activeCardsOf, chargersThatKnow } from '@/db/queries/cardCaches'
import { requestSql } from '@/db/requestSql'
import { staffOf, strongestRole } from '../access/whoAsks'
import { clientAddress, requestIdOf } from '../audit'

/** More than these are not asked at once: they learn of it from our answer to the next tap anyway. */
const chargersMost = 50

/**
 * `forgetAtChargers`: a card that is no longer good is also taken from the authorisation caches of the chargers that
 * know it (M4): with `LocalPreAuthorize` a charger would begin before it asks us (OCPP 1.6 ed2 §3.5.1).
 */
export const forgetAtChargers: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const [next, before] = [doc as Card, previousDoc as Card | undefined]
  if (operation === 'update' && before?.status === 'active' && next.status !== 'active')
    await clearCachesOf(req, [next.id])
}

/** `forgetCardsAtChargers`: a driver who is suspended takes his cards with him; so his cards go from the caches too. */
export const forgetCardsAtChargers: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const [next, before] = [doc as Card, previousDoc as Card | undefined]
  if (operation === 'update' && before?.status === 'active' && next.status !== 'active')
    await clearCachesOf(req, await activeCardsOf(await requestSql(req), next.id))
}

type Card = { id: number; status?: string }

/** `clearCachesOf`: ClearCache is asked of the chargers that know one of the cards; each follows it as any command. */
export async function clearCachesOf(
  req: PayloadRequest,
  cardIds: readonly number[],
): Promise<void> {
  if (cardIds.length === 0) return
  const sql = await requestSql(req)
  const user = staffOf(req)
  for (const charger of await chargersThatKnow(sql, cardIds, chargersMost))
    await requestCommand(sql, {
      asker: { kind: 'rule' },
      charger,
      action: 'ClearCache',
      payload: {},
      source: 'rule',
      actor: {
        name: user?.name ?? 'system',
        role: user ? await strongestRole(req) : null,
        ip: clientAddress(req),
        requestId: requestIdOf(req),
      },
      now: new Date(),
    })
}
