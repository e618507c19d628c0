'use client'

import type { DefaultCellComponentProps } from 'payload'

import { formatRate } from '@/domain/money'

import { money } from '../ui/money'
import { sayStopReason } from '../ui/stopReason'
import { duration, kWh } from '../ui/words'

type Row = Record<string, unknown>

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

/** kWh with three decimals, from Wh. */
export function EnergyCell({ cellData }: DefaultCellComponentProps) {
  const wh = numberOf(cellData)
  return <span className="cpms-num">{wh === null ? '–' : `${kWh(wh)} kWh`}</span>
}

/** Hundredths of a per cent, as people read them: `30 %`, `12.5 %`. */
export function PercentCell({ cellData }: DefaultCellComponentProps) {
  const hundredths = numberOf(cellData)
  return <span className="cpms-num">{hundredths === null ? '–' : `${hundredths / 100} %`}</span>
}

export function DurationCell({ cellData, rowData }: DefaultCellComponentProps) {
  const row = rowData as Row
  const ran = numberOf(cellData)
  return (
    <span className="cpms-num">{ran === null && !row.stoppedAt ? 'charging' : duration(ran)}</span>
  )
}

/** An amount in its own currency; a dash where there is no price, which is not the same as free. */
export function MoneyCell({ cellData, rowData }: DefaultCellComponentProps) {
  return (
    <span className="cpms-num">{money(numberOf(cellData), textOf((rowData as Row).currency))}</span>
  )
}

/** What a session comes to, with what was corrected afterwards; as the reports say it. */
export function FinalCostCell({ cellData, rowData }: DefaultCellComponentProps) {
  const row = rowData as Row
  const cost = numberOf(cellData)
  const correction = numberOf(row.correctionMinor) ?? 0
  const currency = textOf(row.currency)
  if (cost === null || correction === 0)
    return <span className="cpms-num">{money(cost, currency)}</span>
  return (
    <span className="cpms-num" title={`${money(cost, currency)} before corrections`}>
      {money(cost + correction, currency)} <small className="cpms-muted">corrected</small>
    </span>
  )
}

/** A rate as people read it: `£0.45`. */
export function RateCell({ cellData, rowData }: DefaultCellComponentProps) {
  const rate = numberOf(cellData)
  const currency = textOf((rowData as Row).currency)
  return (
    <span className="cpms-num">
      {rate === null || !currency ? '–' : formatRate(rate, currency)}
    </span>
  )
}

export function StopReasonCell({ rowData }: DefaultCellComponentProps) {
  const row = rowData as Row
  const session = {
    stopReason: textOf(row.stopReason),
    stoppedAt: textOf(row.stoppedAt),
    endedBy: textOf(row.endedBy),
  }
  return <span>{sayStopReason(session)}</span>
}
