'use client'

import './charts.css'

import {
  Bar,
  BarChart as Bars,
  CartesianGrid,
  Legend,
  Rectangle,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type BarShapeProps,
} from 'recharts'

export type BarSeries = { key: string; title: string; values: readonly (number | null)[] }

type Props = {
  /** One per bar, in order. */
  labels: readonly string[]
  series: readonly BarSeries[]
  /** A value with its unit, for the axis and the tip. */
  say: (value: number) => string
  /** What the chart says, for those who do not see it. */
  summary: string
  height?: number
  /** The last bar is still growing, and stands out. */
  isLastGrowing?: boolean
}

const small = { fill: 'var(--cpms-quiet)', fontSize: 11 }

/** Bars over time, one above the other where there are several series; drawn as SVG in the colours of the theme. */
export function BarChart({
  labels,
  series,
  say,
  summary,
  height = 240,
  isLastGrowing = false,
}: Props) {
  const points = labels.map((label, index) => ({
    label,
    isLast: index === labels.length - 1,
    ...Object.fromEntries(series.map(({ key, values }) => [key, values[index] ?? 0])),
  }))
  return (
    <figure aria-label={summary} className="cpms-bars">
      {/* a size before the first measurement, so that the page does not jump */}
      <ResponsiveContainer height={height} initialDimension={{ width: 600, height }} width="100%">
        <Bars accessibilityLayer data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid stroke="var(--theme-elevation-100)" vertical={false} />
          <XAxis
            axisLine={false}
            dataKey="label"
            interval="preserveStartEnd"
            minTickGap={24}
            tick={small}
            tickLine={false}
          />
          <YAxis
            axisLine={false}
            tick={small}
            tickCount={4}
            tickFormatter={(value: number) => short(say(value))}
            tickLine={false}
            width="auto"
          />
          <Tooltip
            contentStyle={{
              background: 'var(--theme-elevation-0)',
              border: '1px solid var(--cpms-border)',
              borderRadius: 6,
              color: 'var(--theme-text)',
              fontSize: 12,
            }}
            cursor={{ fill: 'var(--theme-elevation-100)' }}
            formatter={(value) => say(Number(value))}
            itemStyle={{ color: 'var(--theme-text)' }}
          />
          {series.length > 1 && <Legend wrapperStyle={{ fontSize: 12 }} />}
          {series.map(({ key, title }, index) => (
            <Bar
              dataKey={key}
              fill={`var(--cpms-series-${(index % 6) + 1})`}
              isAnimationActive={false}
              key={key}
              maxBarSize={isLastGrowing ? 22 : 48}
              name={title}
              shape={isLastGrowing ? growing : undefined}
              stackId="all"
            />
          ))}
        </Bars>
      </ResponsiveContainer>
    </figure>
  )
}

/** On an axis nobody reads the tenths that are none: `4,500.0 kWh`. */
const short = (words: string) => words.replace(/\.0+(?!\d)/, '')

function growing(bar: BarShapeProps) {
  const { isLast } = bar.payload as { isLast: boolean }
  return <Rectangle {...bar} className="cpms-chart-bar" data-last={isLast} radius={2} />
}
