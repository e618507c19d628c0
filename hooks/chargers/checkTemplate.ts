import type { CollectionBeforeValidateHook } from 'payload'

import { badField } from '../problem'

/** Secrets and the way to this server are set for one charger at a time, never by a template many can read. */
const secretKeys = new Set(['authorizationkey', 'securityprofile'])

/** `checkTemplate`: each key once, and none that holds a secret. */
export const checkTemplate: CollectionBeforeValidateHook = ({ collection, data, req }) => {
  const entries = (data?.['entries'] ?? []) as { key?: unknown }[]
  const seen = new Set<string>()
  for (const [index, { key }] of Array.isArray(entries) ? entries.entries() : []) {
    if (typeof key !== 'string') continue
    const name = key.trim().toLowerCase()
    const path = `entries.${index}.key`
    if (secretKeys.has(name))
      throw badField(req, collection.slug, path, `${key} is set for one charger at a time.`)
    if (seen.has(name)) throw badField(req, collection.slug, path, `${key} stands here twice.`)
    seen.add(name)
  }
  return data
}
