import { APIError, type CollectionBeforeOperationHook, type Where } from 'payload'

export const maxLimit = 200
const maxPage = 100_000
const maxConditions = 100

type QueryArgs = {
  id?: unknown
  limit?: unknown
  page?: unknown
  pagination?: unknown
  where?: Where
  data?: unknown
  overrideAccess?: boolean
}

const writes = new Set(['create', 'update', 'updateByID'])

/** Operations that go over many rows. Those by id have an id. */
const lists = new Set(['read', 'update', 'delete'])

/**
 * `limitQueries`: what a request may ask of a list (SEC-30). `limit=0` means everything to Payload; here nobody gets
 * more than 200 rows at once. Our own code (`overrideAccess`) is not limited.
 */
export const limitQueries: CollectionBeforeOperationHook = ({ args, operation }) => {
  const query = args as QueryArgs
  if (query.overrideAccess === true) return args
  if (writes.has(operation) && !isObject(query.data))
    throw new APIError('Send a JSON object.', 400, null, true)
  if (query.where && mentionsPlace(query.where))
    throw new APIError('A search by distance is not possible here.', 400, null, true)
  if (query.where && conditionsIn(query.where) > maxConditions)
    throw new APIError(`A search has at most ${maxConditions} conditions.`, 400, null, true)
  if (!lists.has(operation) || query.id !== undefined) return args
  if (Number(query.page) > maxPage)
    throw new APIError(`There are at most ${maxPage} pages. Narrow the search.`, 400, null, true)
  const isOpen = query.pagination === false || operation !== 'read'
  if (query.limit === undefined && !isOpen) return args
  return { ...args, limit: limited(query.limit) }
}

function limited(limit: unknown): number {
  const number = Number(limit)
  return Number.isFinite(number) && number >= 1 ? Math.min(Math.floor(number), maxLimit) : maxLimit
}

function conditionsIn(where: unknown, depth = 0): number {
  if (depth > 12) return maxConditions + 1
  if (Array.isArray(where)) {
    if (where.length > maxConditions) return maxConditions + 1
    return where.reduce<number>((sum, entry) => sum + conditionsIn(entry, depth + 1), 0)
  }
  if (typeof where !== 'object' || where === null) return 1
  return Object.values(where).reduce<number>(
    (sum, entry) => sum + conditionsIn(entry, depth + 1),
    0,
  )
}

/** Operators of maps: no field here is a point, and Payload makes an error of the database of them. */
function mentionsPlace(where: unknown, depth = 0): boolean {
  if (typeof where !== 'object' || where === null || depth > 12) return false
  return Object.entries(where).some(
    ([name, value]) =>
      ['near', 'within', 'intersects'].includes(name) || mentionsPlace(value, depth + 1),
  )
}

function isObject(data: unknown): boolean {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}
