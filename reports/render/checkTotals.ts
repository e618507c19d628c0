import type { Column, Totals } from '../report'
import type { RunningSums } from './cells'

/** `checkTotals`: throws where the rows of a file do not add up to the totals of SQL, so that no such file is finished. */
export function checkTotals(
  columns: readonly Column[],
  written: RunningSums,
  totals: Totals,
): void {
  const wrong: string[] = []
  if (written.rows !== totals.rows) wrong.push(`${written.rows} rows of ${totals.rows}`)
  for (const { key, format, isSummed } of columns) {
    if (!isSummed) continue
    if (format === 'money') {
      for (const { currency, sums } of totals.money) {
        const sum = written.sumOf(key, currency)
        if (sum !== (sums[key] ?? 0)) wrong.push(`${key} ${sum} of ${sums[key] ?? 0} ${currency}`)
      }
    } else if (key in totals.sums && written.sumOf(key) !== totals.sums[key])
      wrong.push(`${key} ${written.sumOf(key)} of ${totals.sums[key]}`)
  }
  if (wrong.length > 0) throw new Error(`the rows do not add up to the totals: ${wrong.join(', ')}`)
}
