'use client'

import type { DefaultCellComponentProps } from 'payload'

import { StatementPill } from '../Statements/StatusPill'

export function StatementStatusCell({ cellData }: DefaultCellComponentProps) {
  return <StatementPill status={typeof cellData === 'string' ? cellData : ''} />
}
