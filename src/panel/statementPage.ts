import type { StatementFigures } from '#reports/statement/figures'
import { readStatementPage, type StatementPageRow } from '@/db/queries/statementPage'

import { viewerOf, type Looking } from './viewer'

export type { StatementFigures } from '#reports/statement/figures'

export type StatementPage = Omit<StatementPageRow, 'figures'> & {
  figures: StatementFigures | null
  maySend: boolean
  mayPay: boolean
}

/** `loadStatementPage`: null outside the scope. To whom it went is told to those who may send it. */
export async function loadStatementPage(
  looking: Looking,
  id: number,
): Promise<StatementPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const maySend = viewer.can('statements', 'send')
  const page = await readStatementPage(viewer.sql, id, {
    scope: viewer.scope('statements', 'read'),
    seesMails: maySend,
  })
  if (!page) return null
  return {
    ...page,
    figures: page.figures as StatementFigures | null,
    maySend,
    mayPay: viewer.scope('statements', 'mark-paid').kind === 'all',
  }
}
