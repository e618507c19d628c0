import type { DefaultServerCellComponentProps } from 'payload'

import { loadZones } from '@/panel/zones'

import { LastSeen } from './cells/LastSeen'
import { siteIdOf, zoneOf } from './cells/zoneOf'
import { Ago } from './ui/Ago'

/** "2 min ago"; the exact time in the site's zone on hover and focus. */
export async function LastSeenCell({
  cellData,
  rowData,
  payload,
}: DefaultServerCellComponentProps) {
  const zones = await loadZones(payload)
  return (
    <LastSeen
      at={isoOf(cellData)}
      chargerId={Number(rowData.id)}
      timezone={zoneOf(zones, siteIdOf(rowData))}
    />
  )
}

/** The same for when energy last flowed; nothing live hangs on it. */
export async function LastProvenCell({
  cellData,
  rowData,
  payload,
}: DefaultServerCellComponentProps) {
  const zones = await loadZones(payload)
  return <Ago at={isoOf(cellData)} never="not yet" timezone={zoneOf(zones, siteIdOf(rowData))} />
}

function isoOf(read: unknown): string | null {
  if (read instanceof Date) return read.toISOString()
  return typeof read === 'string' ? read : null
}
