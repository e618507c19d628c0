import { GoTo } from '../ui/GoTo'

type Props = { label: string; value: string; unit?: string; note: string; to: string }

/** A figure that leads to what it counts. */
export function Figure({ label, value, unit, note, to }: Props) {
  return (
    <GoTo className="cpms-figure" to={to}>
      <span className="cpms-figure-label">{label}</span>
      <span className="cpms-figure-value">
        {value}
        {unit && <span className="cpms-figure-unit">{unit}</span>}
      </span>
      <span className="cpms-figure-note">{note}</span>
    </GoTo>
  )
}
