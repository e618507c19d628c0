import type { CurvePoint } from '@/panel/chargerPage'

import { CurveFrame, curveWidth } from './CurveFrame'
import { clock, kW } from './words'

/**
 * Power over time as an area. Where a meter tells energy only, power is the slope between two readings. Drawn to fill
 * its frame; the words around it say what the highest point and the ends are.
 *
 * By hand and not with recharts: two paths without axes stand in the first answer of the server, one for each connector
 * that charges, and follow every reading; a chart of the library comes after the page and measures itself first.
 */
export function PowerCurve({
  curve,
  timezone,
  height = 72,
  label,
  none = 'No meter readings yet.',
}: {
  curve: readonly CurvePoint[] | null
  timezone: string
  height?: number
  label: string
  none?: string
}) {
  const points = powerPoints(curve ?? [])
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || last.at === first.at) {
    return <p className="cpms-muted">{none}</p>
  }
  const highest = Math.max(...points.map((point) => point.powerW), 1)
  const x = (at: number) => ((at - first.at) / (last.at - first.at)) * curveWidth
  const y = (powerW: number) => height - 2 - (powerW / highest) * (height - 6)
  const line = points
    .map(
      (point, i) => `${i === 0 ? 'M' : 'L'}${x(point.at).toFixed(1)} ${y(point.powerW).toFixed(1)}`,
    )
    .join('')
  const words = `${label}: from ${clock(new Date(first.at), timezone)} to ${clock(new Date(last.at), timezone)}, at most ${kW(highest)} kW, last ${kW(last.powerW)} kW`
  return (
    <CurveFrame
      axis={[
        clock(new Date(first.at), timezone).slice(0, 5),
        `at most ${kW(highest)} kW`,
        clock(new Date(last.at), timezone).slice(0, 5),
      ]}
      height={height}
      line={line}
      words={words}
    />
  )
}

function powerPoints(curve: readonly CurvePoint[]): { at: number; powerW: number }[] {
  const points: { at: number; powerW: number }[] = []
  let before: { at: number; wh: number } | null = null
  for (const [at, powerW, registerWh] of curve) {
    if (powerW !== null) {
      points.push({ at, powerW })
    } else if (registerWh !== null && before !== null && at > before.at) {
      points.push({
        at,
        powerW: Math.max(0, ((registerWh - before.wh) * 3_600_000) / (at - before.at)),
      })
    }
    if (registerWh !== null) before = { at, wh: registerWh }
  }
  return points
}
