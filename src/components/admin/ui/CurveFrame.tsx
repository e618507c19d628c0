export const curveWidth = 600

/** A line over its area in a frame of `height`; below it, left to right, where it begins, its top and where it ends. */
export function CurveFrame({
  axis,
  height,
  line,
  words,
}: {
  axis: readonly [from: string, top: string, to: string]
  height: number
  /** An SVG path, `curveWidth` wide. */
  line: string
  /** What it shows, for those who do not see it. */
  words: string
}) {
  return (
    <div className="cpms-chart-frame">
      <svg
        aria-label={words}
        className="cpms-chart"
        preserveAspectRatio="none"
        role="img"
        style={{ height }}
        viewBox={`0 0 ${curveWidth} ${height}`}
      >
        <path className="cpms-chart-area" d={`${line}L${curveWidth} ${height}L0 ${height}Z`} />
        <path className="cpms-chart-line" d={line} />
      </svg>
      <div aria-hidden="true" className="cpms-chart-axis">
        {axis.map((text, i) => (
          <span key={i}>{text}</span>
        ))}
      </div>
    </div>
  )
}
