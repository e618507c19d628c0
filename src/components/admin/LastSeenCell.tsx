import type { DefaultServerCellComponentProps } from 'payload'

import { loadZones } from '@/panel/zones'

import { LastSeen } from './cells/LastSeen'
import { siteIdOf, zoneOf } from './cells/zoneOf'

/** "2 min ago"; the exact time in the site's zone on hover and focus. */
export async function LastSeenCell({
  cellData,
  rowData,
  payload,
}: DefaultServerCellComponentProps) {
  const zones = await loadZones(payload)
  const read: unknown = cellData
  const at = read instanceof Date ? read.toISOString() : read
  return (
    <LastSeen
      at={typeof at === 'string' ? at : null}
      chargerId={Number(rowData.id)}
      timezone={zoneOf(zones, siteIdOf(rowData))}
    />
  )
}
