import type { FleetBoard } from '@/panel/dashboard'

import { GoTo } from '../ui/GoTo'
import { money } from '../ui/money'
import { kW, kWhShort, whole } from '../ui/words'

/** Live power; energy, sessions and revenue of today against the same weekday before, up to the same time. */
export function TodayFigures({ board }: { board: FleetBoard }) {
  const { live, today, before } = board
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
      {today.revenue.length === 0
        ? before.revenue[0] && (
            <Figure
              before={money(before.revenue[0].minor, before.revenue[0].currency)}
              change={null}
              label="Revenue today"
              value={money(0, before.revenue[0].currency)}
            />
          )
        : today.revenue.map(({ currency, minor }) => {
            const last = before.revenue.find((one) => one.currency === currency)?.minor ?? 0
            return (
              <Figure
                before={money(last, currency)}
                change={change(minor, last)}
                key={currency}
                label="Revenue today"
                value={money(minor, currency)}
              />
            )
          })}
    </section>
  )
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
