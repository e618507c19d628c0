import { DefaultEditView, Gutter } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'

import { OpenHere } from '../Alerts/OpenHere'
import { PageTitle } from '../ui/PageTitle'
import { ChargerOverview } from './ChargerOverview'

/** The first tab of a charger's page; for a charger that is being made, the form. */
export async function ChargerLive(props: DocumentViewServerProps & DocumentViewClientProps) {
  const { doc, payload, initPageResult } = props
  if (!doc?.id) return <DefaultEditView {...formProps(props)} />
  const { user } = initPageResult.req
  const page = user && (await loadChargerPage({ payload, user }, Number(doc.id)))
  if (!page) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Chargers', url: '/collections/chargers' }, { label: page.board.name }]}
      />
      <OpenHere chargerId={page.board.id} payload={payload} user={user} />
      <ChargerOverview allowed={page.allowed} board={page.board} />
    </Gutter>
  )
}

/** The charger's form, on a tab of its own. */
export function ChargerSettings(props: DocumentViewServerProps & DocumentViewClientProps) {
  return <DefaultEditView {...formProps(props)} />
}

/** Of all that a view is given, what may cross to the browser. */
function formProps(props: DocumentViewClientProps): DocumentViewClientProps {
  const {
    formState,
    documentSubViewType,
    viewType,
    BeforeDocumentControls,
    Description,
    EditMenuItems,
    PreviewButton,
    PublishButton,
    SaveButton,
    SaveDraftButton,
    Status,
    Upload,
    UploadControls,
  } = props
  return {
    formState,
    documentSubViewType,
    viewType,
    BeforeDocumentControls,
    Description,
    EditMenuItems,
    PreviewButton,
    PublishButton,
    SaveButton,
    SaveDraftButton,
    Status,
    Upload,
    UploadControls,
  }
}
