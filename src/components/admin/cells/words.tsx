'use client'

import type { DefaultCellComponentProps } from 'payload'

/** Several texts of one field, one below the other. */
export function ListCell({ cellData }: DefaultCellComponentProps) {
  const list = Array.isArray(cellData) ? (cellData as unknown[]).map(String) : []
  return <span>{list.length === 0 ? '–' : list.map((text) => <div key={text}>{text}</div>)}</span>
}

export function PausedCell({ cellData }: DefaultCellComponentProps) {
  return <span>{cellData === true ? 'Paused' : 'Runs'}</span>
}
