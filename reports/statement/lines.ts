import type { Pool } from '@/db/pool'
import { readLines, type LinesTotals } from '@/db/queries/statementLines'
import { periodWords } from '@/domain/issuing'

import type { Column, Report, Row } from '../report'
import type { StatementFigures } from './figures'

const columns: readonly Column[] = [
  { key: 'began', title: 'Session began', format: 'instant', width: 20 },
  { key: 'session', title: 'Session', format: 'integer', width: 10 },
  { key: 'site', title: 'Site', format: 'text', width: 24 },
  { key: 'charger', title: 'Charger', format: 'text', width: 24 },
  { key: 'why', title: 'Why it is here', format: 'text', width: 22 },
  { key: 'energy', title: 'Energy (kWh)', format: 'energy', isSummed: true, width: 14 },
  { key: 'amount', title: 'Total', format: 'money', isSummed: true, width: 12 },
  { key: 'tax', title: 'of it tax', format: 'money', isSummed: true, width: 12 },
  { key: 'currency', title: 'Currency', format: 'text', width: 9 },
]

const words = {
  session: 'session of the period',
  late: 'reported late',
  change: 'changed since',
}

/** `linesReport`: the lines of a statement, each session and each correction, for a spreadsheet. Money without a price is empty. */
export function linesReport(
  pool: Pool,
  statementId: number,
  figures: StatementFigures,
  period: { from: Date; to: Date },
): Report {
  let read: Promise<{ rows: Row[]; totals: LinesTotals }> | null = null
  const lines = () =>
    (read ??= readLines(pool, statementId, figures.zone).then((found) => ({
      totals: found.totals,
      rows: found.lines.map((line) => [
        line.began,
        line.session,
        line.site,
        line.charger,
        words[line.kind],
        line.energyWh,
        line.currency === null ? null : line.amountMinor,
        line.currency === null ? null : line.taxMinor,
        line.currency,
      ]),
    })))
  return {
    kind: 'chargingSessions',
    title: `Statement ${figures.number}`,
    subtitle: figures.subject,
    period: { ...period, zone: figures.zone, words: `${periodWords(figures)} (${figures.zone})` },
    columns,
    async *rows() {
      yield (await lines()).rows
    },
    page: async ({ limit, offset }) => (await lines()).rows.slice(offset, offset + limit),
    totals: async () => {
      const { totals } = await lines()
      return {
        rows: totals.rows,
        sums: { energy: totals.energyWh },
        money: totals.money.map(({ currency, amountMinor, taxMinor }) => ({
          currency,
          sums: { amount: amountMinor, tax: taxMinor },
        })),
        notes: [],
      }
    },
    countUpTo: async (most) => Math.min(most, (await lines()).rows.length),
    charts: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  }
}
