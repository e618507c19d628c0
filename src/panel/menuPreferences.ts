import { readFoldedGroups } from '@/db/queries/foldedGroups'

import type { Viewer } from './viewer'

/** `loadFoldedGroups`: the groups of the side menu that this person has folded. */
export function loadFoldedGroups({ sql, userId }: Viewer): Promise<string[]> {
  return readFoldedGroups(sql, userId)
}
