import type { DefaultServerCellComponentProps } from 'payload'

import { loadChargerRow } from '@/panel/chargersList'

import { ConnectorDots } from './ConnectorDots'

/** The connectors of a charger as small dots. */
export async function ConnectorsCell({ rowData, payload }: DefaultServerCellComponentProps) {
  const id = Number(rowData.id)
  const row = await loadChargerRow(payload, id)
  return (
    <span data-stale={row?.connected === false}>
      <ConnectorDots chargerId={id} connectors={row?.connectors ?? []} />
    </span>
  )
}
