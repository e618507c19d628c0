import { isSecretKey, meaningOf, type ComparedEntry } from '@/domain/configuration'

import { Icon } from '../ui/Icon'

type Props = {
  row: ComparedEntry
  hasTemplate: boolean
  mayChange: boolean
  isBusy: boolean
  onChange: () => void
}

export function ConfigurationRow({ row, hasTemplate, mayChange, isBusy, onChange }: Props) {
  const { key, value, wanted, verdict, readonly } = row
  const meaning = meaningOf(key)
  const isOff = verdict === 'differs' || verdict === 'missing'
  return (
    <tr data-verdict={verdict}>
      <td data-label="Setting">
        <span className="cpms-list-text">
          <span className="cpms-mono">{key}</span>
          {meaning && <span className="cpms-muted">{meaning}</span>}
        </span>
      </td>
      <td data-label="Value">
        <Value isSecret={isSecretKey(key)} value={verdict === 'missing' ? null : value} />
      </td>
      {hasTemplate && (
        <td data-label="Template">
          {wanted === null ? (
            <span className="cpms-muted">–</span>
          ) : (
            <span className="cpms-row">
              <span className="cpms-mono">{wanted}</span>
              {isOff && (
                <span className="cpms-pill" data-tone="amber">
                  <Icon name="warning" /> {verdict === 'missing' ? 'Not named' : 'Differs'}
                </span>
              )}
              {verdict === 'same' && <Icon label="as in the template" name="check" />}
            </span>
          )}
        </td>
      )}
      <td className="cpms-num">
        {readonly ? (
          <span className="cpms-muted" title="The charger does not let this be changed">
            <Icon name="lock" /> read-only
          </span>
        ) : (
          mayChange && (
            <button
              aria-label={`Change ${key}`}
              className="cpms-button"
              disabled={isBusy}
              onClick={onChange}
              type="button"
            >
              Change
            </button>
          )
        )}
      </td>
    </tr>
  )
}

function Value({ value, isSecret }: { value: string | null; isSecret: boolean }) {
  if (isSecret) return <span className="cpms-muted">secret, never shown</span>
  if (value === null) return <span className="cpms-muted">not set</span>
  if (value === '') return <span className="cpms-muted">empty</span>
  return <span className="cpms-mono cpms-value">{value}</span>
}
