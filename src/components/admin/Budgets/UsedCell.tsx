import './budgets.css'

import type { DefaultServerCellComponentProps, Payload, UIFieldServerProps } from 'payload'

import { amountOf, periodWords, usedPercent, type Budget } from '@/domain/budget'
import { loadBudgetUse } from '@/panel/budgets'

type Row = Budget & { id: number; limitMinor?: number; limitWh?: number }

export const UsedCell = ({ rowData, payload }: DefaultServerCellComponentProps) => (
  <UsedBar payload={payload} row={rowData as Row} />
)

/** The same above the form of one budget. */
export const UsedField = ({ data, payload }: UIFieldServerProps) =>
  data?.id ? (
    <div className="field-type cpms-budget-used">
      <span className="field-label">Used {periodWords[(data as Row).period]}</span>
      <UsedBar payload={payload} row={data as Row} />
    </div>
  ) : null

/** How much is used in the period that runs, as a bar and in words. */
async function UsedBar({ row, payload }: { row: Row; payload: Payload }) {
  const limit = (row.measure === 'energy' ? row.limitWh : row.limitMinor) ?? 0
  const use = (await loadBudgetUse(payload)).get(row.id)
  if (!use) return <span className="cpms-muted">not counted yet</span>
  const percent = usedPercent(use.used, limit)
  const warnAt = row.warnAtPercent ?? 100
  const state = use.isSpent ? 'spent' : percent >= warnAt ? 'warning' : 'fine'
  const words = `${amountOf(use.used, row)} of ${amountOf(limit, row)}`
  return (
    <span className="cpms-budget" data-state={state}>
      <meter aria-label={words} max={100} min={0} value={Math.min(100, percent)} />
      <span className="cpms-num">
        {words} <b>{percent} %</b>
        {use.isSpent && ', used up'}
      </span>
    </span>
  )
}
