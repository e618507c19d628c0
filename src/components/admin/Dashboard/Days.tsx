'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'

import { utilisation } from '@/domain/usage'
import type { FleetTakings } from '@/panel/dashboard'

import { money } from '../ui/money'
import { kWhShort, percent, whole } from '../ui/words'

const height = 200

/** The charts come after the page: nobody waits for a library to see that a charger is down. */
const BarChart = dynamic(() => import('../charts/BarChart').then((file) => file.BarChart), {
  ssr: false,
  loading: () => <div className="cpms-skeleton" style={{ height }} />,
})

type Day = FleetTakings['days'][number]
type Measure = {
  key: string
  label: string
  of: (day: Day, isToday: boolean) => number
  say: (value: number) => string
  whole: (days: Day[]) => string
}

/** Energy, sessions, revenue and utilisation of each of the last 30 days; today's bar is still growing. */
export function Days({ takings }: { takings: FleetTakings }) {
  const measures = measuresOf(takings)
  const [key, setKey] = useState('energy')
  const measure = measures.find((one) => one.key === key) ?? measures[0]!
  const { days } = takings
  const values = days.map((day, i) => measure.of(day, i === days.length - 1))
  return (
    <section className="cpms-card">
      <div className="cpms-card-head">
        <h2>{measure.label} per day</h2>
        <span className="cpms-muted">{measure.whole(days)} in 30 days</span>
      </div>
      <div aria-label="What the chart shows" className="cpms-row" role="group">
        {measures.map((one) => (
          <button
            aria-pressed={one.key === measure.key}
            className="cpms-chip"
            key={one.key}
            onClick={() => setKey(one.key)}
            type="button"
          >
            {one.label}
          </button>
        ))}
      </div>
      <BarChart
        height={height}
        isLastGrowing
        labels={days.map(({ day }) => sayDay(day))}
        say={measure.say}
        series={[{ key: measure.key, title: measure.label, values }]}
        summary={`${measure.label} per day`}
      />
    </section>
  )
}

function measuresOf({ connectors, currency, todayShare }: FleetTakings): Measure[] {
  const sum = (days: Day[], of: (day: Day) => number) => days.reduce((all, day) => all + of(day), 0)
  const energy: Measure = {
    key: 'energy',
    label: 'Energy',
    of: (day) => day.energyWh,
    say: (wh) => `${kWhShort(wh)} kWh`,
    whole: (days) => `${kWhShort(sum(days, (day) => day.energyWh))} kWh`,
  }
  const sessions: Measure = {
    key: 'sessions',
    label: 'Sessions',
    of: (day) => day.sessions,
    say: whole,
    whole: (days) => whole(sum(days, (day) => day.sessions)),
  }
  const revenue: Measure = {
    key: 'revenue',
    label: 'Revenue',
    of: (day) => day.revenueMinor,
    say: (minor) => money(Math.round(minor), currency),
    whole: (days) =>
      money(
        sum(days, (day) => day.revenueMinor),
        currency,
      ),
  }
  const inUse: Measure = {
    key: 'utilisation',
    label: 'Utilisation',
    of: (day, isToday) => utilisation(day.usedSeconds, connectors, isToday ? todayShare : 1) ?? 0,
    say: percent,
    whole: (days) => {
      const used = sum(days, (day) => day.usedSeconds)
      return percent(utilisation(used, connectors, days.length - 1 + todayShare))
    },
  }
  return [energy, sessions, ...(currency ? [revenue] : []), inUse]
}

function sayDay(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
