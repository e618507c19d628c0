import type { CollectionAfterChangeHook, CollectionAfterDeleteHook } from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { requestSql } from '@/db/requestSql'

/** `tellChargers`: whoever holds or caches this charger reads it again (identity, site, mode). */
export const tellChargers: CollectionAfterChangeHook = async ({ doc, req }) => {
  await notify(await requestSql(req), channels.charger, (doc as { id: number }).id)
}

export const tellOfDelete: CollectionAfterDeleteHook = async ({ id, req }) => {
  await notify(await requestSql(req), channels.charger, id)
}
