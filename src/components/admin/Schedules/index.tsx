import '../Statements/statements.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'

import { loadSchedulePage } from '@/panel/schedulePage'

import { FormTab } from '../ui/FormTab'
import { PageTitle } from '../ui/PageTitle'
import { SchedulePageView } from './SchedulePageView'

/** The first tab of a schedule: what comes next, who gets it, what was issued; for a new one, the form. */
export async function ScheduleOverview(props: DocumentViewServerProps & DocumentViewClientProps) {
  const { doc, payload, initPageResult } = props
  if (!doc?.id) return <FormTab {...props} />
  const { user } = initPageResult.req
  const page = user ? await loadSchedulePage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { name, paused } = doc as { name?: string; paused?: boolean }
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Schedules', url: '/collections/report-schedules' }, { label: name ?? '' }]}
      />
      <SchedulePageView isPaused={paused === true} page={page} />
    </Gutter>
  )
}

export { FormTab as ScheduleSettings } from '../ui/FormTab'
