import { provenDays, shareOf, utilisation } from '@/domain/usage'
import type { FleetTakings, FleetUsage } from '@/panel/dashboard'

import { sessionsSince } from './lists'
import { Figure } from './Figure'
import { percent, whole } from '../ui/words'

const days = 7

/** Whether it works, over a week: connectors in use, starts that became a charge, chargers that a charge has proven. */
export function HowItWorks({ takings, usage }: { takings: FleetTakings; usage: FleetUsage }) {
  const week = takings.days.slice(-days)
  const used = week.reduce((sum, day) => sum + day.usedSeconds, 0)
  const inUse = utilisation(used, takings.connectors, days - 1 + takings.todayShare)
  const { starts, proven } = usage
  const unproven = proven.of - proven.chargers
  return (
    <section aria-label="How well it works" className="cpms-figures">
      <Figure
        label="Utilisation"
        note={`of the time of ${whole(takings.connectors)} connectors, ${days} days`}
        to={sessionsSince(week[0]?.day ?? null)}
        value={percent(inUse)}
      />
      <Figure
        label="Starts that worked"
        note={
          starts.tried > 0
            ? `energy flowed after ${whole(starts.flowed)} of ${whole(starts.tried)}, ${days} days`
            : `nobody started in ${days} days`
        }
        to={`${sessionsSince(week[0]?.day ?? null)}&where[or][0][and][1][energyWh][less_than_equal]=0`}
        value={percent(shareOf(starts.flowed, starts.tried))}
      />
      <Figure
        label="Proven working"
        note={
          unproven > 0
            ? `${whole(unproven)} without a charge in ${provenDays} days`
            : `all have charged in ${provenDays} days`
        }
        to={unprovenList(proven.since)}
        value={whole(proven.chargers)}
        unit={`of ${whole(proven.of)}`}
      />
    </section>
  )
}

/** The chargers behind the figure: those that never charged as well. */
export function unprovenList(since: string): string {
  const query = new URLSearchParams({
    'where[or][0][and][0][lastProvenAt][less_than]': since,
    'where[or][1][and][0][lastProvenAt][exists]': 'false',
    sort: 'lastProvenAt',
  })
  return `/admin/collections/chargers?${query}`
}
