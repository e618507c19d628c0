import type { CollectionBeforeChangeHook, FlattenedField, PayloadRequest } from 'payload'

import { badField } from '../problem'
import { idOf } from './fieldByPolicy'
import { staffOf } from './whoAsks'

/**
 * `relationsInSight`: a new relation points only to what its maker can see. What is out of sight and what is not there
 * get the same answer (SEC-29), and a wrong id is a sentence at its field rather than an error of the database.
 */
export const relationsInSight: CollectionBeforeChangeHook = async ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  if (!staffOf(req)) return data
  const before = originalDoc as Record<string, unknown> | undefined
  for (const field of collection.flattenedFields) {
    const target = targetOf(field)
    if (!target || !(field.name in data)) continue
    const known = new Set(idsOf(before?.[field.name]))
    const added = idsOf(data[field.name]).filter((id) => !known.has(id))
    if (added.length === 0) continue
    const ids = added.filter((id): id is number => id !== null)
    if (ids.length < added.length || !(await areInSight(req, target, ids)))
      throw badField(
        req,
        collection.slug,
        field.name,
        'There is no such entry among those you can see.',
      )
  }
  return data
}

/** Twins are set by hooks only, and field access guards them. */
function targetOf(field: FlattenedField): string | null {
  if (field.type !== 'relationship' || typeof field.relationTo !== 'string') return null
  return field.relationTo.endsWith('-states') ? null : field.relationTo
}

function idsOf(value: unknown): (number | null)[] {
  if (value === null || value === undefined || value === '') return []
  return (Array.isArray(value) ? value : [value]).map(idOf)
}

async function areInSight(
  req: PayloadRequest,
  collection: string,
  ids: number[],
): Promise<boolean> {
  try {
    const { totalDocs } = await req.payload.count({
      collection: collection as 'sites',
      where: { id: { in: ids } },
      overrideAccess: false,
      user: req.user,
      req,
    })
    return totalDocs === new Set(ids).size
  } catch (error) {
    // no right to see any of them is the same as seeing none
    if ((error as { status?: number }).status === 403) return false
    throw error
  }
}
