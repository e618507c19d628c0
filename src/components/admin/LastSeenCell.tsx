'use client'

import type { DefaultCellComponentProps } from 'payload'

import { useChargerRow } from './cells/useChargerRow'
import { Ago } from './ui/Ago'

/** "2 min ago"; the exact time on hover and focus. */
export function LastSeenCell({ cellData, rowData }: DefaultCellComponentProps) {
  const heard = useChargerRow<{ at: string }>(
    Number(rowData.id),
    rowData,
    (before, { event, tick }) => {
      const at = tick?.at ?? event?.at
      if (!at || event?.kind === 'charger.disconnected') return null
      return before && new Date(at) < new Date(before.at) ? null : { at }
    },
  )
  const read = cellData instanceof Date ? cellData.toISOString() : cellData
  return <Ago at={heard?.at ?? (typeof read === 'string' ? read : null)} timezone="Europe/London" />
}
