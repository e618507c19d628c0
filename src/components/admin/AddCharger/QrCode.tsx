import qrcode from 'qrcode-generator'

/** A QR code as one SVG path, dark on white in both themes: cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  let path = ''
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`
  return (
    <svg
      aria-label={label}
      className="cpms-qr"
      role="img"
      shapeRendering="crispEdges"
      viewBox={`0 0 ${size + 8} ${size + 8}`}
    >
      <rect fill="#ffffff" height={size + 8} width={size + 8} />
      <path d={path} fill="#000000" />
    </svg>
  )
}
