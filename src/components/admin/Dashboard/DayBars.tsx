'use client'

import {
  Bar,
  BarChart,
  CartesianGrid,
  Rectangle,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { BarShapeProps } from 'recharts'

type DayBar = { day: string; value: number; words: string }
type Props = { bars: DayBar[]; label: string; say: (value: number) => string }

const height = 200

export function DayBars({ bars, label, say }: Props) {
  const last = bars.at(-1)?.day
  return (
    <figure aria-label={label} className="cpms-days">
      <ResponsiveContainer height={height} width="100%">
        <BarChart accessibilityLayer data={bars} margin={{ top: 6, right: 0, bottom: 0, left: 0 }}>
          <CartesianGrid stroke="var(--theme-elevation-100)" vertical={false} />
          <XAxis
            axisLine={false}
            dataKey="day"
            interval="preserveStartEnd"
            minTickGap={28}
            tick={{ fill: 'var(--cpms-quiet)', fontSize: 11 }}
            tickFormatter={sayDay}
            tickLine={false}
          />
          <YAxis
            axisLine={false}
            tick={{ fill: 'var(--cpms-quiet)', fontSize: 11 }}
            tickCount={4}
            tickFormatter={(value: number) => short(say(value))}
            tickLine={false}
            width={58}
          />
          <Tooltip content={<Words />} cursor={{ fill: 'var(--theme-elevation-50)' }} />
          <Bar
            dataKey="value"
            isAnimationActive={false}
            maxBarSize={22}
            shape={(bar: BarShapeProps) => (
              <Rectangle
                {...bar}
                className="cpms-chart-bar"
                data-last={(bar.payload as DayBar | undefined)?.day === last}
                radius={2}
              />
            )}
          />
        </BarChart>
      </ResponsiveContainer>
    </figure>
  )
}

type WordsProps = { active?: boolean; payload?: readonly { payload?: DayBar }[] }

function Words({ active, payload }: WordsProps) {
  const bar = payload?.[0]?.payload
  if (!active || !bar) return null
  return (
    <div className="cpms-days-words">
      <span>{sayDay(bar.day)}</span> <b>{bar.words}</b>
    </div>
  )
}

/** On an axis nobody reads tenths. */
const short = (words: string) => words.replace(/\.\d+/, '').replace(' kWh', '')

function sayDay(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
