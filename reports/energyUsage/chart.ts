import type { Chart, Row } from '../report'

const most = 5

/** `chartOf`: a bar per step, in the colours of the five largest places and of all others. */
export function chartOf(rows: readonly Row[], unit: string, isSplit: boolean): Chart {
  const energyAt = isSplit ? 2 : 1
  const labels = [...new Set(rows.map((row) => String(row[0])))]
  const byName = new Map<string, Map<string, number>>()
  const add = (name: string, label: string, value: number) => {
    const values = byName.get(name) ?? new Map<string, number>()
    values.set(label, (values.get(label) ?? 0) + value)
    byName.set(name, values)
  }
  const sums = new Map<string, number>()
  const nameOf = (row: Row) => (isSplit ? String(row[1]) : 'Energy')
  for (const row of rows)
    sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + Number(row[energyAt]))
  const largest = new Set(
    [...sums]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([name]) => name),
  )
  for (const name of largest) byName.set(name, new Map())
  for (const row of rows)
    add(
      largest.has(nameOf(row)) ? nameOf(row) : 'All others',
      String(row[0]),
      Number(row[energyAt]),
    )
  return {
    title: `Energy per ${unit}`,
    labels,
    series: [...byName].map(([title, values], index) => ({
      key: `s${index}`,
      title,
      format: 'energy',
      values: labels.map((label) => values.get(label) ?? 0),
    })),
  }
}
