'use client'

import { useAuth } from '@payloadcms/ui'
import type { DefaultCellComponentProps } from 'payload'

import { EditName } from '../ChargerLive/EditName'
import { GoTo } from '../ui/GoTo'

/** A charger's name as the way to its page, and renaming in place (the FAQ's Chargers > Edit Name). */
export function NameCell({ cellData, rowData }: DefaultCellComponentProps) {
  const { permissions } = useAuth()
  const id = Number(rowData.id)
  const name = typeof cellData === 'string' ? cellData : ''
  const mayRename = Boolean(permissions?.collections?.chargers?.update)
  return (
    <span className="cpms-name">
      <GoTo to={`/admin/collections/chargers/${id}`}>{name || `No. ${id}`}</GoTo>
      {mayRename && <EditName id={id} isIcon name={name} />}
    </span>
  )
}
