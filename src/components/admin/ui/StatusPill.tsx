import { statusLook } from '@/domain/connector'

import { Icon } from './Icon'

/** Icon, word and colour: nobody needs the colour (W2). The colours are variables in `styles/tokens.css`, in both themes. */
export function StatusPill({
  status,
  size,
  isLive,
}: {
  status: string | null
  size?: 'large'
  /** It follows the channel: shown with a dotted outline while that is away. */
  isLive?: boolean
}) {
  const look = statusLook(status)
  return (
    <span
      className="cpms-pill"
      data-live={isLive}
      data-size={size}
      data-status={status ?? 'unknown'}
      data-tone={look.tone}
      title={look.sentence}
    >
      <Icon name={look.icon} />
      {look.label}
    </span>
  )
}

/** One connector in a list row: its number in its colour; the whole story for the pointer and the screen reader. */
export function ConnectorDot({
  number,
  status,
  label,
}: {
  number: number
  status: string | null
  label?: string | null
}) {
  const look = statusLook(status)
  const text = `${label || `Connector ${number}`}: ${look.label}`
  return (
    <span className="cpms-dot" data-live data-tone={look.tone} title={text}>
      <Icon name={look.icon} />
      <span aria-hidden="true">{number}</span>
      <span className="cpms-sr">{text}</span>
    </span>
  )
}
