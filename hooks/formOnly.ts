import type { CollectionAfterReadHook } from 'payload'

/**
 * `formOnly`: fields that only the form of something new has, and no row. They must be readable, or Payload leaves them
 * out of the form; what it would answer in their place is taken off here.
 */
export function formOnly(...names: string[]): CollectionAfterReadHook {
  return ({ doc }) =>
    Object.fromEntries(
      Object.entries(doc as Record<string, unknown>).filter(([name]) => !names.includes(name)),
    )
}
