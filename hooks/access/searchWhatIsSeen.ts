import type { CollectionBeforeOperationHook, PayloadRequest, Where } from 'payload'

/**
 * `searchWhatIsSeen`: the search box asks "name or identity or serial number"; for somebody who is not shown the
 * identity that alternative is left out, where Payload would refuse the whole search. Leaving an alternative out can only
 * shorten the answer, so it tells nothing. A condition that stands alone on a hidden field stays an error.
 */
export const searchWhatIsSeen: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const query = args as { where?: Where; overrideAccess?: boolean; collection?: Collection }
  if (operation !== 'read' || query.overrideAccess === true || !query.where) return args
  const hidden = await hiddenFields(query.collection, req)
  return hidden.size === 0 ? args : { ...args, where: narrowed(query.where, hidden) }
}

type Check = (args: { req: PayloadRequest }) => boolean | Promise<boolean>
type Collection = { config: { flattenedFields: { name: string; access?: { read?: unknown } }[] } }

async function hiddenFields(
  collection: Collection | undefined,
  req: PayloadRequest,
): Promise<Set<string>> {
  const hidden = new Set<string>()
  for (const { name, access } of collection?.config.flattenedFields ?? [])
    if (typeof access?.read === 'function' && !(await (access.read as Check)({ req })))
      hidden.add(name)
  return hidden
}

function narrowed(where: Where, hidden: ReadonlySet<string>): Where {
  const next: Where = { ...where }
  if (Array.isArray(where.and)) next.and = where.and.map((entry) => narrowed(entry, hidden))
  if (Array.isArray(where.or)) {
    const left = where.or.filter((entry) => !Object.keys(entry).some((name) => hidden.has(name)))
    next.or = (left.length > 0 ? left : where.or).map((entry) => narrowed(entry, hidden))
  }
  return next
}
