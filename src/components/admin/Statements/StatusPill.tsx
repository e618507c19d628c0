import { Icon } from '../ui/Icon'
import { statusWords } from './words'

export function StatementPill({ status }: { status: string }) {
  const { tone, icon, word } = statusWords[status] ?? {
    tone: 'grey',
    icon: 'question',
    word: status,
  }
  return (
    <span className="cpms-pill" data-tone={tone}>
      <Icon name={icon} />
      {word}
    </span>
  )
}
