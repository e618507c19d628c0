import type { CollectionBeforeValidateHook } from 'payload'

import { badField } from '../problem'

const lists = ['regions', 'sites', 'chargers'] as const
const labels = { regions: 'region', sites: 'site', chargers: 'charger' }

/** `checkGrant`: a grant says where it holds, and nothing that it only seems to say is kept beside it. */
export const checkGrant: CollectionBeforeValidateHook = ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  if (!data) return data
  const grant = { ...(originalDoc as object | undefined), ...data } as Record<string, unknown>
  const scope = grant['scope']
  const bad = (path: string, message: string) => badField(req, collection.slug, path, message)
  if (grant['role'] === 'super-admin' && scope !== 'all')
    throw bad('scope', 'A Super Admin has the whole network. Choose Operator to limit someone.')
  for (const name of lists) {
    if (scope !== name) data[name] = []
    else if (!Array.isArray(grant[name]) || grant[name].length === 0)
      throw bad(name, `Choose at least one ${labels[name]}.`)
  }
  const [from, until] = [dateOf(grant['from']), dateOf(grant['until'])]
  if (from !== null && until !== null && until <= from)
    throw bad('until', 'It has to end after it begins.')
  return data
}

function dateOf(value: unknown): number | null {
  return value === null || value === undefined || value === ''
    ? null
    : new Date(value as string).getTime()
}
