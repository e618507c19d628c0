'use client'

import type { DefaultCellComponentProps } from 'payload'

import { megabytes } from '../Firmware/size'

/** Of a file: bytes as people read them. */
export function SizeCell({ cellData }: DefaultCellComponentProps) {
  return (
    <span className="cpms-now">{megabytes(typeof cellData === 'number' ? cellData : null)}</span>
  )
}
