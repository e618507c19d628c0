import type { DefaultServerCellComponentProps } from 'payload'

import { loadZones } from '@/panel/zones'

import { GoTo } from '../ui/GoTo'
import { dayAndTime, exactly } from '../ui/words'
import { siteIdOf, zoneOf } from './zoneOf'

/** When it was, in the site's zone, as the way into the row. */
export async function WhenCell({
  cellData,
  rowData,
  collectionSlug,
  payload,
}: DefaultServerCellComponentProps) {
  const zone = zoneOf(await loadZones(payload), siteIdOf(rowData))
  const read: unknown = cellData
  const at = typeof read === 'string' || read instanceof Date ? new Date(read) : null
  return (
    <span title={at ? exactly(at, zone) : undefined}>
      <GoTo to={`/admin/collections/${collectionSlug}/${rowData.id}`}>
        {at ? dayAndTime(at, zone) : `No. ${rowData.id}`}
      </GoTo>
    </span>
  )
}
