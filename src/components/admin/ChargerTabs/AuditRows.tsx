'use client'

import type { AuditRow, Names } from '@/panel/chargerTabs'

import { Icon } from '../ui/Icon'
import { exactly } from '../ui/words'
import { changesOf, sayAudit } from './sayAudit'

type Props = { rows: AuditRow[]; names: Names | null; timezone: string }

export function AuditRows({ rows, names, timezone }: Props) {
  return (
    <ul className="cpms-lines">
      {rows.map((row) => (
        <li className="cpms-line" key={row.id}>
          <time className="cpms-muted" dateTime={row.at}>
            {exactly(new Date(row.at), timezone)}
          </time>
          <div>
            <strong>{sayAudit(row)}</strong>{' '}
            <span className="cpms-muted">
              {[row.actor, row.role?.replaceAll('-', ' ')].filter(Boolean).join(', ')}
            </span>
            {row.result === 'refused' && (
              <span className="cpms-pill" data-tone="amber">
                <Icon name="cross" /> Refused{row.reason ? `: ${row.reason}` : ''}
              </span>
            )}
            <ul className="cpms-changes">
              {changesOf(row, names).map(({ field, before, after }) => (
                <li key={field}>
                  {field}: {before !== null && <del>{before}</del>}{' '}
                  {after !== null && <ins>{after}</ins>}
                </li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ul>
  )
}
