import type { CollectionBeforeChangeHook } from 'payload'

import { badField } from '../problem'

/** `checkExemption`: a period that ends after it begins, with words that say something. */
export const checkExemption: CollectionBeforeChangeHook = ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  const next = { ...(originalDoc as Record<string, unknown> | undefined), ...data }
  const at = (value: unknown) => (value ? new Date(value as string).getTime() : null)
  const [from, until] = [at(next['from']), at(next['until'])]
  if (from !== null && until !== null && until <= from)
    throw badField(req, collection.slug, 'until', 'It ends before it begins: exchange the times.')
  if (String(next['explanation'] ?? '').trim().length < 5)
    throw badField(req, collection.slug, 'explanation', 'Say in a few words what happened.')
  return data
}
