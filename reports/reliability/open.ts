import { requiredHundredths, shareHundredths } from '@/domain/reliability'
import { percentText } from '../render/cells'
import type { Column, Report, ReportDeps, ReportParams, ReportScope, Totals } from '../report'
import { namesIn, namesOf, openUptime, type UptimeReport } from '../uptime/open'
import { readLines, readWhole, type AskedUptime, type UptimeLine } from '../uptime/steps'

const seconds = (key: string, title: string, isMinor = false): Column => ({
  key,
  title,
  format: 'seconds',
  width: 13,
  isSummed: true,
  ...(isMinor && { isMinor }),
})

const figures: readonly Column[] = [
  { key: 'chargers', title: 'Charge points', format: 'integer', width: 9, hasOwnTotal: true },
  { key: 'reliability', title: 'Reliable (%)', format: 'percent', width: 9, hasOwnTotal: true },
  seconds('working', 'Working'),
  seconds('notWorking', 'Not working'),
  seconds('faulted', 'of it out of order', true),
  seconds('outOfUse', 'of it inoperative', true),
  seconds('unmeasured', 'Not measured'),
  seconds('exempt', 'Exempt'),
  seconds('closed', 'Outside access hours'),
]

const notWorking = (line: UptimeLine) => line.faulted + line.outOfUse
const shareOf = (line: UptimeLine) => shareHundredths(line.working, line.working + notWorking(line))

const cellsOf = (line: UptimeLine) => [
  line.chargers,
  shareOf(line),
  line.working,
  notWorking(line),
  line.faulted,
  line.outOfUse,
  line.plugged + line.offline + line.unknown,
  line.exempt,
  line.closed,
]

/**
 * Reports > Reliability: regulations 7 and 8 of `The Public Charge Point Regulations 2023`. What is not measured (unknown,
 * blocked), exempt, or outside the access hours is in neither part of the fraction; the network's figure is that of all
 * its connectors' time together.
 */
const reliability: UptimeReport = {
  kind: 'reliability',
  title: 'Rapid charger reliability',
  isRapidOnly: true,
  usual: 'none',
  columns: (unit, dimension) => [...namesOf(unit, dimension), ...figures],
  rows: async (asked, unit, dimension) =>
    (await readLines(asked, unit, dimension)).map((line) => [
      ...namesIn(line, dimension),
      ...cellsOf(line),
    ]),
  totals: readTotals,
}

export const openReliability = (params: ReportParams, scope: ReportScope, deps: ReportDeps) =>
  openUptime(reliability, params, scope, deps) satisfies Promise<Report>

async function readTotals(asked: AskedUptime, rows: number): Promise<Totals> {
  const whole = await readWhole(asked)
  const share = shareOf(whole)
  const cells = cellsOf(whole)
  const sums = Object.fromEntries(
    figures.flatMap(({ key }, index) => {
      const cell = cells[index]
      return typeof cell === 'number' ? [[key, cell]] : []
    }),
  )
  return { rows, sums, money: [], notes: [verdict(share, rows), rules] }
}

function verdict(share: number | null, rows: number): string {
  if (rows === 0)
    return 'There is no public connector of 50 kW or more here. Give the connectors their maximum power, and their charger Public Mode.'
  if (share === null)
    return 'Nothing was measured: the chargers were not connected, or said nothing, in this period.'
  const figure = `Reliable for ${percentText(share)} % of the measured time`
  return share >= requiredHundredths
    ? `${figure}: the 99 % that are asked of a calendar year are reached.`
    : `${figure}: less than the 99 % that are asked of a calendar year.`
}

const rules =
  'Public Charge Point Regulations 2023, regulation 7: working is available, charging or reserved; not working is inoperative or out of order; unknown (not connected) and blocked (plugged in, not charging) are not measured. Exempt periods and times outside access hours are left out.'
