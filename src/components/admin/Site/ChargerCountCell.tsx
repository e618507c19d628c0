import type { DefaultServerCellComponentProps } from 'payload'

import { loadChargerCounts } from '@/panel/sitePage'

import { GoTo } from '../ui/GoTo'
import { whole } from '../ui/words'

/** How many chargers a site has, as the way to them. */
export async function ChargerCountCell({ rowData, payload }: DefaultServerCellComponentProps) {
  const id = Number(rowData.id)
  const count = (await loadChargerCounts(payload)).get(id) ?? 0
  if (count === 0) return <span className="cpms-muted">none</span>
  return <GoTo to={`/admin/collections/sites/${id}`}>{whole(count)}</GoTo>
}
