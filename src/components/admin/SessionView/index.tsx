import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadSessionPage } from '@/panel/sessionPage'

import { PageTitle } from '../ui/PageTitle'
import { SessionPageView } from './SessionPageView'

/** A session's page: what happened, what flowed, what it costs and why it ended. Nobody can edit what a charger measured. */
export async function SessionView({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadSessionPage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Sessions', url: '/collections/sessions' },
          { label: `Session ${page.session.transactionId}` },
        ]}
        title={`Session ${page.session.transactionId} at ${page.session.chargerName}`}
      />
      <SessionPageView page={page} />
    </Gutter>
  )
}
