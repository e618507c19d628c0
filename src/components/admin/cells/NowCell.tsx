import type { DefaultServerCellComponentProps } from 'payload'

import { loadChargerRow } from '@/panel/chargersList'

import { NowFigures } from './NowFigures'

/** What is charging there now: kW, kWh, minutes. */
export async function NowCell({ rowData, payload }: DefaultServerCellComponentProps) {
  const id = Number(rowData.id)
  const row = await loadChargerRow(payload, id)
  return <NowFigures chargerId={id} now={row?.now ?? null} />
}
