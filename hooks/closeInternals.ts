import type { Endpoint, SanitizedConfig } from 'payload'

import { shut } from './governed'

/** Collections of Payload's own that no route of anybody's leads to. */
const inside: ReadonlySet<string> = new Set([
  'payload-kv',
  'payload-migrations',
  'payload-locked-documents',
  'payload-jobs',
])

/**
 * `closeInternals`: Payload adds collections of its own after ours have passed `governed`. Those that only it reads have
 * no doors; preferences, which people have, lose the routes that were never made for them (a version of one was a 500).
 */
export function closeInternals(config: SanitizedConfig): SanitizedConfig {
  for (const collection of config.collections) {
    if (inside.has(collection.slug)) {
      collection.endpoints = false
      if (collection.graphQL)
        Object.assign(collection.graphQL, { disableQueries: true, disableMutations: true })
    } else if (collection.slug === 'payload-preferences')
      collection.endpoints = [...shut, ...((collection.endpoints || []) as Endpoint[])]
  }
  return config
}
