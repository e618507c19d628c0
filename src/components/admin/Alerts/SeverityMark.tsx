import { Icon } from '../ui/Icon'
import { severityLooks, type Severity } from './words'

/** Word, icon and colour: no one needs the colour. */
export function SeverityMark({ severity, size }: { severity: Severity; size?: 'large' }) {
  const { tone, icon, label, means } = severityLooks[severity] ?? severityLooks.notice
  return (
    <span className="cpms-pill" data-size={size} data-tone={tone} title={means}>
      <Icon name={icon} />
      {label}
    </span>
  )
}
