import type { CollectionConfig } from 'payload'

export const never = (): boolean => false

/** Rows that chargers and the server write: no Payload route creates, changes or deletes one, for nobody. */
export const factsOwned = {
  create: never,
  update: never,
  delete: never,
  readVersions: never,
  unlock: never,
} satisfies CollectionConfig['access']
