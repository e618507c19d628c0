import type { FleetNow, FleetTakings } from '@/panel/dashboard'

import { GoTo } from '../ui/GoTo'
import { money } from '../ui/money'
import { kW, kWhShort, whole } from '../ui/words'

/** Live power; energy, sessions and revenue of today against the same weekday before, up to the same time. */
export function TodayFigures({ fleet, takings }: { fleet: FleetNow; takings: FleetTakings }) {
  const { live } = fleet
  const { today, before } = takings
  return (
    <section aria-label="Today" className="cpms-figures">
      <GoTo className="cpms-figure" to="/admin/live-sessions">
        <span className="cpms-figure-label">Power now</span>
        <span className="cpms-figure-value">
          {kW(live.powerW)}
          <span className="cpms-figure-unit">kW</span>
        </span>
        <span className="cpms-figure-note">
          {whole(live.sessions)} live {live.sessions === 1 ? 'session' : 'sessions'}
        </span>
      </GoTo>
      <Figure
        before={`${kWhShort(before.energyWh)} kWh`}
        change={change(today.energyWh, before.energyWh)}
        label="Energy today"
        unit="kWh"
        value={kWhShort(today.energyWh)}
      />
      <Figure
        before={whole(before.sessions)}
        change={change(today.sessions, before.sessions)}
        label="Sessions today"
        value={whole(today.sessions)}
      />
      {byCurrency(takings).map(({ currency, minor, beforeMinor }) => (
        <Figure
          before={money(beforeMinor, currency)}
          change={change(minor, beforeMinor)}
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

type FigureProps = {
  label: string
  value: string
  unit?: string
  before: string
  change: string | null
}

function Figure({ label, value, unit, before, change: by }: FigureProps) {
  return (
    <div className="cpms-figure">
      <span className="cpms-figure-label">{label}</span>
      <span className="cpms-figure-value">
        {value}
        {unit && <span className="cpms-figure-unit">{unit}</span>}
      </span>
      <span className="cpms-figure-note">
        {by && `${by} · `}a week ago by now {before}
      </span>
    </div>
  )
}

function change(now: number, before: number): string | null {
  if (before <= 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  return percent === 0 ? 'the same' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`
}
