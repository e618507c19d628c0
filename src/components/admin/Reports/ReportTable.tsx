'use client'

import { isNumber, sayCell, type ColumnShown } from './words'

type Cell = string | number | null
export type TotalsShown = {
  rows: number
  sums: Record<string, number>
  money: { currency: string; sums: Record<string, number> }[]
  notes: string[]
}

/** The rows with their sums below; a session's number opens its page. */
export function ReportTable({
  columns,
  rows,
  totals,
}: {
  columns: readonly ColumnShown[]
  rows: readonly (readonly Cell[])[]
  totals: TotalsShown
}) {
  const currencyAt = columns.findIndex(({ key }) => key === 'currency')
  const shown = columns.flatMap((column, index) =>
    column.isMinor || column.key === 'currency' ? [] : [{ column, index }],
  )
  const currencyOf = (row: readonly Cell[]) => (row[currencyAt] as string | null) ?? null
  return (
    <div className="cpms-scroll">
      <table className="cpms-table cpms-report-table">
        <thead>
          <tr>
            {shown.map(({ column }) => (
              <th
                className={isNumber(column) ? 'cpms-num' : undefined}
                key={column.key}
                scope="col"
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {shown.map(({ column, index }) => {
                const text = sayCell(column.format, row[index], currencyOf(row))
                // the id of a session follows its columns
                const id = column.key === 'session' ? row[columns.length] : null
                return (
                  <td
                    className={isNumber(column) ? 'cpms-num' : undefined}
                    data-label={column.title}
                    key={column.key}
                  >
                    {id ? (
                      <a href={`/admin/collections/sessions/${id}`}>{text}</a>
                    ) : (
                      <span>{text}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            {shown.map(({ column }, at) => (
              <td
                className={isNumber(column) ? 'cpms-num' : undefined}
                data-label={at === 0 ? 'Total' : column.title}
                key={column.key}
              >
                <b>{at === 0 ? 'Total' : sumText(column, totals)}</b>
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function sumText(column: ColumnShown, totals: TotalsShown): string {
  if (!column.isSummed && !column.hasOwnTotal) return ''
  if (column.format === 'money')
    return totals.money
      .map(({ currency, sums }) => sayCell('money', sums[column.key], currency))
      .join(' + ')
  const sum = totals.sums[column.key]
  return sum === undefined ? '' : sayCell(column.format, sum, null)
}
