/** @jsxRuntime automatic */
import { Line, Rect, Svg, Text, View } from '@react-pdf/renderer'

import { ink } from './layout'

export type Bar = {
  label: string
  value: number
  /** Drawn lighter: a weekend, say. */ isSoft?: boolean
}

const width = 503
const left = 38

/**
 * Bars over time with a quiet grid; every value stands in the table beside it, so that the picture only shows the
 * shape. `format` says what the grid's figures are.
 */
export function BarChart(props: {
  bars: readonly Bar[]
  colour: string
  height?: number
  format(value: number): string
}) {
  const { bars, colour, format, height = 96 } = props
  const top = niceTop(Math.max(0, ...bars.map(({ value }) => value)))
  const plot = height - 16
  const step = (width - left) / Math.max(1, bars.length)
  const thick = Math.min(26, step * 0.68)
  const every = Math.ceil(bars.length / 16)
  const y = (value: number) => plot - (Math.max(0, value) / top) * (plot - 8)
  const grid = [0, top / 2, top]
  return (
    <View style={{ height, position: 'relative' }}>
      <Svg
        height={height}
        style={{ position: 'absolute', top: 0, left: 0 }}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
      >
        {grid.map((value) => (
          <Line
            key={value}
            stroke={ink.line}
            strokeWidth={value === 0 ? 0.8 : 0.4}
            x1={left}
            x2={width}
            y1={y(value)}
            y2={y(value)}
          />
        ))}
        {bars.map(({ label, value, isSoft }, index) =>
          value > 0 ? (
            <Rect
              fill={colour}
              fillOpacity={isSoft ? 0.55 : 1}
              height={Math.max(0.6, plot - y(value))}
              key={label}
              rx={1}
              width={thick}
              x={left + step * index + (step - thick) / 2}
              y={y(value)}
            />
          ) : null,
        )}
      </Svg>
      {grid.map((value) => (
        <Text
          key={value}
          style={{
            position: 'absolute',
            left: 0,
            width: left - 6,
            top: y(value) - 5,
            fontSize: 6.5,
            color: ink.soft,
            textAlign: 'right',
          }}
        >
          {format(value)}
        </Text>
      ))}
      {bars.map(({ label }, index) =>
        index % every === 0 ? (
          <Text
            key={label}
            style={{
              position: 'absolute',
              left: left + step * index + step / 2 - 20,
              width: 40,
              top: plot + 3,
              fontSize: 6.5,
              color: ink.soft,
              textAlign: 'center',
            }}
          >
            {label}
          </Text>
        ) : null,
      )}
    </View>
  )
}

/** 1, 2, 2.5 or 5 times a power of ten, at or above the largest bar. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power
}
