import type { FieldHook } from 'payload'

/**
 * `showAsObject`: JSON that is stored as text, because jsonb would reorder its members, is read over REST as the object
 * it is. GraphQL knows the field as a string, and the panel shows the text.
 */
export const showAsObject: FieldHook = ({ value, req }) => {
  if (typeof value !== 'string' || req.payloadAPI !== 'REST') return value as unknown
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
