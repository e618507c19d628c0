import { APIError, type CollectionBeforeOperationHook, type FieldHook, type Where } from 'payload'

import { maskIdTags } from '@/domain/idToken'
import { seesAllEverywhere } from '../access/fieldByPolicy'
import { staffOf } from '../access/whoAsks'

/** Who sees whose every session is, wherever sees sessions at all (row 45); a command does not know its site. */
export const seesCards = seesAllEverywhere('sessions')

/** `hideCards`: what was asked for, without the number of the card, for those who are not shown who charges. */
export const hideCards: FieldHook = async ({ value, req, overrideAccess }) => {
  if (overrideAccess || typeof value !== 'string' || !staffOf(req)) return value as unknown
  return (await seesCards({ req })) ? value : maskIdTags(value)
}

/** A search in the text of a payload would tell what `hideCards` hides. Nobody needs one. */
export const noSearchInPayloads: CollectionBeforeOperationHook = ({ args, operation }) => {
  const query = args as { where?: Where; sort?: unknown; overrideAccess?: boolean }
  if (operation === 'read' && query.overrideAccess !== true)
    if (mentions(query.where) || /\bpayload\b/.test(JSON.stringify(query.sort ?? '')))
      throw new APIError('Parameters cannot be searched. Search by action.', 400, null, true)
  return args
}

function mentions(where: unknown): boolean {
  if (typeof where !== 'object' || where === null) return false
  return Object.entries(where).some(([name, value]) => name === 'payload' || mentions(value))
}
