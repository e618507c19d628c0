import { incidentKinds, severities, titleOfKind } from '@/domain/incident'

/** What can be wrong, in the words of the panel; the engine (`src/domain/incident`) uses the values. */
export const alertKinds = incidentKinds
  // a budget names those whom it tells
  .filter((kind) => kind !== 'budget')
  .map((value) => ({ value, label: titleOfKind[value] }))

const severityLabels = { urgent: 'Urgent', fault: 'Fault', notice: 'Notice' } as const

export const alertSeverities = severities.map((value) => ({ value, label: severityLabels[value] }))
