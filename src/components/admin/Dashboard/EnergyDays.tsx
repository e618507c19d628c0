import type { FleetTakings } from '@/panel/dashboard'

import { kWhShort, whole } from '../ui/words'

const width = 600
const height = 180
const foot = 20

/** Energy of the sessions begun on each of the last 30 days; today's bar is still growing. */
export function EnergyDays({ days }: { days: FleetTakings['days'] }) {
  const highestWh = Math.max(...days.map((day) => day.energyWh), 1)
  const total = days.reduce((sum, day) => sum + day.energyWh, 0)
  const step = width / Math.max(1, days.length)
  const top = niceTop(highestWh / 1000)
  const y = (kwh: number) => height - foot - (kwh / top) * (height - foot - 14)
  return (
    <section className="cpms-card">
      <div className="cpms-card-head">
        <h2>Energy per day, kWh</h2>
        <span className="cpms-muted">{kWhShort(total)} kWh in 30 days</span>
      </div>
      <svg
        aria-label={`Energy per day over 30 days, ${kWhShort(total)} kWh in all`}
        className="cpms-chart"
        role="img"
        viewBox={`0 0 ${width} ${height}`}
      >
        {[0.5, 1].map((part) => (
          <g key={part}>
            <line
              className="cpms-chart-rule"
              x1={0}
              x2={width}
              y1={y(top * part)}
              y2={y(top * part)}
            />
            <text className="cpms-chart-text" x={0} y={y(top * part) - 4}>
              {whole(top * part)}
            </text>
          </g>
        ))}
        {days.map((day, i) => {
          const kwh = day.energyWh / 1000
          return (
            <g className="cpms-chart-slot" key={day.day} tabIndex={0}>
              <title>{`${sayDay(day.day)}: ${kWhShort(day.energyWh)} kWh, ${whole(day.sessions)} sessions`}</title>
              <rect fill="transparent" height={height - foot} width={step} x={i * step} y={0} />
              <rect
                className="cpms-chart-bar"
                data-last={i === days.length - 1}
                height={Math.max(kwh > 0 ? 2 : 0, height - foot - y(kwh))}
                rx={2}
                width={step * 0.72}
                x={i * step + step * 0.14}
                y={Math.min(y(kwh), height - foot - (kwh > 0 ? 2 : 0))}
              />
            </g>
          )
        })}
        {days.map((day, i) =>
          i % 7 === (days.length - 1) % 7 ? (
            <text
              className="cpms-chart-text"
              key={day.day}
              textAnchor={i === days.length - 1 ? 'end' : 'middle'}
              x={i === days.length - 1 ? width : i * step + step / 2}
              y={height - 4}
            >
              {sayDay(day.day)}
            </text>
          ) : null,
        )}
      </svg>
    </section>
  )
}

/** The next of 1, 2, 5 × 10ⁿ: an axis that reads at a glance. */
function niceTop(kwh: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(kwh, 1)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= kwh) ?? 10 * power
}

function sayDay(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
