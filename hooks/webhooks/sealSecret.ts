import type { CollectionBeforeChangeHook, FieldHook } from 'payload'

import { readSealedSecret } from '@/db/queries/webhooks'
import { requestSql } from '@/db/requestSql'
import { seal } from '@/platform/seal'
import { badField } from '../problem'

/** `hideSecret`: the form has the field, no answer has its value. */
export const hideSecret: FieldHook = () => null

/** `sealSecret`: the secret lies sealed in its column; an empty field keeps the present one. */
export const sealSecret: CollectionBeforeChangeHook = async ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  const given = data['secret'] as unknown
  if (given === undefined || given === null || given === '') {
    const id = (originalDoc as { id?: number } | undefined)?.id
    // the document does not carry it, so the row is asked
    const present = id === undefined ? null : await readSealedSecret(await requestSql(req), id)
    if (present === null)
      throw badField(req, collection.slug, 'secret', 'Give a secret of at least 16 characters.')
    return { ...data, secret: present }
  }
  if (typeof given !== 'string' || given.length < 16 || given.length > 200)
    throw badField(req, collection.slug, 'secret', 'A secret has 16 to 200 characters.')
  return { ...data, secret: seal(given, 'webhook') }
}
