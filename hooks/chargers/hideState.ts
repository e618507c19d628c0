import type { CollectionAfterReadHook } from 'payload'

/** `hideState`: the relation behind the virtual fields is plumbing; it carries more than every role may see. */
export const hideState: CollectionAfterReadHook = ({ doc, overrideAccess }) => {
  if (overrideAccess) return doc as unknown
  const { state: _state, ...rest } = doc as Record<string, unknown>
  return rest
}
