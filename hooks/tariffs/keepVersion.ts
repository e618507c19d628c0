import type { CollectionAfterChangeHook } from 'payload'

import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { requestSql } from '@/db/requestSql'
import { fromFields, type TariffFields } from '@/domain/tariff/fromFields'

/**
 * `keepVersion`: every price that ever held is a version; sessions point to the one they began with. Saving without a
 * change of price makes none.
 */
export const keepVersion: CollectionAfterChangeHook = async ({ doc, req }) => {
  const version = tariffVersion((doc as { id: number }).id, fromFields(doc as TariffFields))
  await insertTariffVersion(await requestSql(req), version)
}
