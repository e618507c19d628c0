import '../people.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'

import { loadFleet } from '@/panel/fleetPage'

import { FormTab } from '../ui/FormTab'
import { PageTitle } from '../ui/PageTitle'
import { FleetMembers } from './FleetMembers'
import { FleetUsage } from './FleetUsage'

/** The first tab of a fleet's page: what it used, who and what belongs to it; for a fleet being made, the form. */
export async function FleetOverview(props: DocumentViewServerProps & DocumentViewClientProps) {
  const { doc, payload, initPageResult } = props
  if (!doc?.id) return <FormTab {...props} />
  const { user } = initPageResult.req
  const id = Number(doc.id)
  const board = await loadFleet({ payload, user }, id)
  if (!board) return null
  const name = typeof doc.name === 'string' ? doc.name : `No. ${id}`
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle path={[{ label: 'Fleets', url: '/collections/fleets' }, { label: name }]} />
      <FleetUsage board={board} />
      <FleetMembers board={board} fleetId={id} />
    </Gutter>
  )
}

export { FormTab as FleetSettings } from '../ui/FormTab'
