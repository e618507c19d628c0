import type { Payload } from 'payload'
import { cache } from 'react'

import { readBudgetUse } from '@/db/queries/budgets'
import { pageViewer } from './pageViewer'

/** `loadBudgetUse`: what is used of the budgets in sight, once for all rows of a list. */
export const loadBudgetUse = cache(
  async (payload: Payload): Promise<ReadonlyMap<number, { used: number; isSpent: boolean }>> => {
    const viewer = await pageViewer(payload)
    return viewer
      ? readBudgetUse(viewer.sql, viewer.scope('budgets', 'read'), viewer.now)
      : new Map<number, { used: number; isSpent: boolean }>()
  },
)
