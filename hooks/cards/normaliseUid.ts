import type { CollectionBeforeValidateHook, FieldHook } from 'payload'

import { maskUid, normaliseUid as normalForm } from '@/domain/idToken'
import { seesAll } from '../access/fieldByPolicy'
import { staffOf } from '../access/whoAsks'
import { badField } from '../problem'

/**
 * `normaliseUid`: a card is kept, and compared, in one spelling. Whoever is shown only the last characters sends them
 * back when he saves something else; that changes nothing.
 */
export const normaliseUid: CollectionBeforeValidateHook = ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  if (!data || !('uid' in data)) return data
  const before = (originalDoc as { uid?: string } | undefined)?.uid
  if (typeof data['uid'] === 'string' && data['uid'].includes('•')) return { ...data, uid: before }
  const uid = normalForm(typeof data['uid'] === 'string' ? data['uid'] : '')
  if (uid.length < 4 || uid.length > 40)
    throw badField(
      req,
      collection.slug,
      'uid',
      'A card number has 4 to 40 letters and digits, as the charger reads it.',
    )
  return { ...data, uid }
}

/** Only the last characters for roles that the policy table gives a part of the fields. */
export const maskForSome: FieldHook = async ({ value, req, overrideAccess, originalDoc, data }) => {
  if (overrideAccess || typeof value !== 'string' || !staffOf(req)) return value
  const doc = (originalDoc ?? data) as Record<string, unknown> | undefined
  return (await seesAll('rfid-cards')({ req, doc })) ? value : maskUid(value)
}
