import type { CollectionAfterChangeHook } from 'payload'

import { setRecipients } from '@/db/queries/recipients'
import { requestSql } from '@/db/requestSql'

/** `syncRecipients`: new addresses are asked to confirm, removed ones get nothing more and their links stop working. */
export const syncRecipients: CollectionAfterChangeHook = async ({ doc, req }) => {
  const { id, recipients } = doc as { id: number; recipients?: string[] | null }
  await setRecipients(await requestSql(req), id, recipients ?? [], new Date())
  return doc
}
