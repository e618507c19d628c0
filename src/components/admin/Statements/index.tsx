import './statements.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadStatementPage } from '@/panel/statementPage'

import { PageTitle } from '../ui/PageTitle'
import { StatementPageView } from './StatementPageView'

/** The page of a statement: its figures, its files, to whom it went, and who was given a link. */
export async function StatementView({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadStatementPage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Statements', url: '/collections/statements' }, { label: page.title }]}
        title={page.title}
      />
      <StatementPageView page={page} />
    </Gutter>
  )
}
