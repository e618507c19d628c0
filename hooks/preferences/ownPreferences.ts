import type { CollectionBeforeValidateHook } from 'payload'

import { idOf } from '../access/fieldByPolicy'
import { staffOf } from '../access/whoAsks'

/** `ownPreferences`: the row belongs to whoever makes it and stays with that person, whatever the request says. */
export const ownPreferences: CollectionBeforeValidateHook = ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const user = staffOf(req)
  if (!data || !user) return data
  const owner = operation === 'create' ? user.id : idOf((originalDoc as { user?: unknown }).user)
  return { ...data, user: owner }
}
