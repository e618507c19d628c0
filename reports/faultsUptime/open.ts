import { readFaultCounts, type UptimeDimension } from '@/db/queries/uptime'
import { wordsOfReport } from '@/domain/incident'
import { shareHundredths } from '@/domain/reliability'
import type { Column, ReportDeps, ReportParams, ReportScope, Totals } from '../report'
import { namesIn, namesOf, openUptime, type UptimeReport } from '../uptime/open'
import {
  eachZone,
  readLines,
  readWhole,
  type AskedUptime,
  type UptimeLine,
  type UptimeUnit,
} from '../uptime/steps'

const namedMost = 3

const seconds = (key: string, title: string): Column => ({
  key,
  title,
  format: 'seconds',
  width: 12,
  isSummed: true,
})

const figures: readonly Column[] = [
  { key: 'uptime', title: 'Uptime (%)', format: 'percent', width: 9, hasOwnTotal: true },
  { key: 'faults', title: 'Faults', format: 'integer', width: 7, isSummed: true },
  seconds('faulted', 'Faulted'),
  seconds('offline', 'Not connected'),
  seconds('outOfUse', 'Out of use'),
  seconds('up', 'In working order'),
]

/** Exempt time counts for nothing, neither up nor down. */
const upOf = (line: UptimeLine) => line.working + line.plugged
const uptimeOf = (line: UptimeLine) =>
  shareHundredths(upOf(line), upOf(line) + line.faulted + line.offline + line.outOfUse)
const cellsOf = (line: UptimeLine) => [
  uptimeOf(line),
  line.faults,
  line.faulted,
  line.offline,
  line.outOfUse,
  upOf(line),
]

/** Reports > Faults & Uptime: how long each place was in working order, and what was wrong most often. */
const faultsUptime: UptimeReport = {
  kind: 'faultsUptime',
  title: 'Faults & Uptime',
  isRapidOnly: false,
  usual: 'charger',
  columns: (unit, dimension) => [
    ...namesOf(unit, dimension),
    ...figures,
    { key: 'words', title: 'Most frequent faults', format: 'text', width: 34 },
  ],
  async rows(asked, unit, dimension) {
    const lines = await readLines(asked, unit, dimension)
    const words = await readWords(asked, unit, dimension)
    return lines.map((line) => [
      ...namesIn(line, dimension),
      ...cellsOf(line),
      sayMost(words.get(`${line.label}\n${line.key ?? ''}`)),
    ])
  },
  totals: readTotals,
}

export const openFaultsUptime = (params: ReportParams, scope: ReportScope, deps: ReportDeps) =>
  openUptime(faultsUptime, params, scope, deps)

async function readTotals(asked: AskedUptime, rows: number): Promise<Totals> {
  const whole = await readWhole(asked)
  const words = await readWords(asked, 'whole', 'none')
  const cells = cellsOf(whole)
  const sums = Object.fromEntries(
    figures.flatMap(({ key }, index) => {
      const cell = cells[index]
      return typeof cell === 'number' ? [[key, cell]] : []
    }),
  )
  const most = sayMost([...words.values()][0])
  return {
    rows,
    sums,
    money: [],
    notes: [
      ...(most ? [`Most frequent: ${most}.`] : []),
      'Uptime is the share of the time in which a connector could be used or was in use; not connected counts as down. Times of all connectors together; exempt periods are left out.',
    ],
  }
}

type Words = Map<string, number>

/** What was reported, in our words and counted; keyed as the lines are. */
async function readWords(
  asked: AskedUptime,
  unit: UptimeUnit,
  dimension: UptimeDimension,
): Promise<Map<string, Words>> {
  const all = new Map<string, Words>()
  for (const { filter, labels } of eachZone(asked, unit))
    for (const row of await readFaultCounts(asked.sql, filter, dimension)) {
      const id = `${labels[row.bucket - 1] ?? ''}\n${row.key ?? ''}`
      const words = all.get(id) ?? new Map<string, number>()
      const title = wordsOfReport({ status: 'Faulted', ...row })?.title ?? 'Charger fault'
      words.set(title, (words.get(title) ?? 0) + row.count)
      all.set(id, words)
    }
  return all
}

function sayMost(words: Words | undefined): string {
  return [...(words ?? [])]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en-GB'))
    .slice(0, namedMost)
    .map(([title, count]) => `${title} (${count})`)
    .join(', ')
}
