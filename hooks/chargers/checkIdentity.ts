import type { CollectionBeforeValidateHook } from 'payload'

import { requestSql } from '@/db/requestSql'
import { readIdentity } from '@/domain/identity'
import { badField } from '../problem'

/** `checkIdentity`: fit for an address, and nobody else's whatever its case (QUIRKS 5: some chargers lower theirs). */
export const checkIdentity: CollectionBeforeValidateHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!data || (operation === 'update' && !('identity' in data))) return data
  const before = originalDoc as { id?: number; identity?: string } | undefined
  if (operation === 'update' && data['identity'] === before?.identity) return data
  const read = readIdentity(data['identity'])
  if ('problem' in read) throw badField(req, collection.slug, 'identity', read.problem)
  const sql = await requestSql(req)
  const { rows } = await sql.query(
    'select 1 from chargers where lower(identity) = lower($1) and id is distinct from $2::int',
    [read.identity, before?.id ?? null],
  )
  if (rows.length > 0)
    throw badField(
      req,
      collection.slug,
      'identity',
      'There is a charger with this identity already. Upper and lower case are the same.',
    )
  return { ...data, identity: read.identity }
}
