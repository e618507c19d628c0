'use client'

import type { DefaultCellComponentProps } from 'payload'

import { useChargerRow } from './cells/useChargerRow'
import { GoTo } from './ui/GoTo'
import { StatusPill } from './ui/StatusPill'

type Heard = { status: string; since: string }

/** The pill of a charger in the list; it follows the charger within a second, without a reload. */
export function ChargerStatusCell({ cellData, rowData }: DefaultCellComponentProps) {
  const id = Number(rowData.id)
  const heard = useChargerRow<Heard>(id, rowData, (before, { event }) => {
    if (event?.kind !== 'charger.status' || typeof event.body.status !== 'string') return null
    const since = typeof event.body.since === 'string' ? event.body.since : event.at
    if (before && new Date(since) < new Date(before.since)) return null
    return { status: event.body.status, since }
  })
  const status = heard?.status ?? (typeof cellData === 'string' ? cellData : null)
  return (
    <GoTo className="cpms-pill-link" to={`/admin/collections/chargers/${id}`}>
      <StatusPill isLive status={status} />
    </GoTo>
  )
}
