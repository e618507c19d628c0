import type { FleetNow, FleetTakings } from '@/panel/dashboard'

import { money } from '../ui/money'
import { kW, kWhShort, whole } from '../ui/words'
import { Figure } from './Figure'
import { sessionsSince } from './lists'

/** Live power; energy, sessions and revenue of today against the same weekday before, up to the same time. */
export function TodayFigures({ fleet, takings }: { fleet: FleetNow; takings: FleetTakings }) {
  const { live } = fleet
  const { today, before } = takings
  const list = sessionsSince(takings.todayFrom)
  return (
    <section aria-label="Today" className="cpms-figures">
      <Figure
        label="Power now"
        note={`${whole(live.sessions)} live ${live.sessions === 1 ? 'session' : 'sessions'}`}
        to="/admin/live-sessions"
        unit="kW"
        value={kW(live.powerW)}
      />
      <Figure
        note={against(change(today.energyWh, before.energyWh), `${kWhShort(before.energyWh)} kWh`)}
        to={list}
        label="Energy today"
        unit="kWh"
        value={kWhShort(today.energyWh)}
      />
      <Figure
        note={against(change(today.sessions, before.sessions), whole(before.sessions))}
        to={list}
        label="Sessions today"
        value={whole(today.sessions)}
      />
      {byCurrency(takings).map(({ currency, minor, beforeMinor }) => (
        <Figure
          note={against(change(minor, beforeMinor), money(beforeMinor, currency))}
          to={list}
          key={currency}
          label="Revenue today"
          value={money(minor, currency)}
        />
      ))}
    </section>
  )
}

/** One figure per currency that came in; the network's own also on a day without any. */
function byCurrency({ currency: own, today, before }: FleetTakings) {
  const currencies = new Set([...(own ? [own] : []), ...today.revenue.map((one) => one.currency)])
  const minorOf = (of: FleetTakings['today'], currency: string) =>
    of.revenue.find((one) => one.currency === currency)?.minor ?? 0
  return [...currencies].map((currency) => ({
    currency,
    minor: minorOf(today, currency),
    beforeMinor: minorOf(before, currency),
  }))
}

/** "−12 % · a week ago by now 1,672.2 kWh". */
function against(by: string | null, before: string): string {
  return `${by ? `${by} · ` : ''}a week ago by now ${before}`
}

function change(now: number, before: number): string | null {
  if (before <= 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  return percent === 0 ? 'the same' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`
}
