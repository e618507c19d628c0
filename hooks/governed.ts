import type { CollectionConfig, GlobalConfig } from 'payload'
import { accessOf, globalAccessOf } from './access/byPolicy'

/**
 * What holds for every collection, from one place, so that none can be forgotten: access by the policy table, no
 * duplicates, no document locks (any staff user could lock and unlock in another's name), a page size.
 */
export function governed(collection: CollectionConfig): CollectionConfig {
  return {
    ...collection,
    access: accessOf(collection.slug),
    disableDuplicate: true,
    lockDocuments: false,
    admin: { pagination: { defaultLimit: 20, limits: [20, 50, 100, 200] }, ...collection.admin },
  }
}

export function governedGlobal(global: GlobalConfig): GlobalConfig {
  return { ...global, access: globalAccessOf(global.slug), lockDocuments: false }
}
