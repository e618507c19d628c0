import type { CollectionBeforeChangeHook } from 'payload'

import { seal } from '@/platform/seal'
import { badField } from '../problem'

/** `sealSecret`: the secret lies sealed in its column; an empty field keeps the present one. */
export const sealSecret: CollectionBeforeChangeHook = ({ collection, data, originalDoc, req }) => {
  const before = (originalDoc as { secret?: string | null } | undefined)?.secret ?? null
  const given = data['secret'] as unknown
  if (given === undefined || given === null || given === '' || given === before) {
    if (before === null)
      throw badField(req, collection.slug, 'secret', 'Give a secret of at least 16 characters.')
    return { ...data, secret: before }
  }
  if (typeof given !== 'string' || given.length < 16 || given.length > 200)
    throw badField(req, collection.slug, 'secret', 'A secret has 16 to 200 characters.')
  return { ...data, secret: seal(given, 'webhook') }
}
