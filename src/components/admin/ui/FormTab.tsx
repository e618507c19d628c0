import { DefaultEditView } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'

/** Payload's own form on a tab of its own, and where something is being made. */
export function FormTab(props: DocumentViewServerProps & DocumentViewClientProps) {
  // of all that a view is given, what may cross to the browser
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
  return (
    <DefaultEditView
      BeforeDocumentControls={BeforeDocumentControls}
      Description={Description}
      documentSubViewType={documentSubViewType}
      EditMenuItems={EditMenuItems}
      formState={formState}
      PreviewButton={PreviewButton}
      PublishButton={PublishButton}
      SaveButton={SaveButton}
      SaveDraftButton={SaveDraftButton}
      Status={Status}
      Upload={Upload}
      UploadControls={UploadControls}
      viewType={viewType}
    />
  )
}
