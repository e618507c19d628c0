import type { CollectionBeforeValidateHook } from 'payload'

import { staffOf } from '../access/whoAsks'

/** `ownPreferences`: the row belongs to whoever makes it, whatever the request says. */
export const ownPreferences: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  const user = staffOf(req)
  if (!data || !user) return data
  if (operation === 'create') return { ...data, user: user.id }
  const { user: _, ...rest } = data
  return rest
}
