import type { CollectionConfig, GlobalConfig } from 'payload'

const never = (): boolean => false

/** Closed until the policy table is wired in. */
export function accessOf(_slug: string): CollectionConfig['access'] {
  return { admin: never, create: never, read: never, update: never, delete: never, unlock: never }
}

export function globalAccessOf(_slug: string): GlobalConfig['access'] {
  return { read: never, update: never }
}
