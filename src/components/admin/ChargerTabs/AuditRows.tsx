'use client'

import type { AuditRow } from '@/panel/chargerTabs'

import { Icon } from '../ui/Icon'
import { exactly } from '../ui/words'
import { changesOf, sayAudit } from './sayAudit'

export function AuditRows({ rows, timezone }: { rows: AuditRow[]; timezone: string }) {
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
              {changesOf(row).map(({ field, before, after }) => (
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
