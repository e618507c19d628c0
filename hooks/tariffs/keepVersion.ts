import { createHash } from 'node:crypto'

import type { CollectionAfterChangeHook } from 'payload'

import { insertTariffVersion } from '@/db/queries/tariffVersions'
import { requestSql } from '@/db/requestSql'
import { fromFields, type TariffFields } from '@/domain/tariff/fromFields'

/**
 * `keepVersion`: every price that ever held is a version; sessions point to the one they began with. Saving without a
 * change of price makes none.
 */
export const keepVersion: CollectionAfterChangeHook = async ({ doc, req }) => {
  const body = canonical(fromFields(doc as TariffFields))
  await insertTariffVersion(await requestSql(req), {
    tariffId: (doc as { id: number }).id,
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
  })
}

/** JSON with the members of every object in order of name: equal tariffs are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}
