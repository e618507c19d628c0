import '../Security/security.css'
import './audit.css'

import { Gutter } from '@payloadcms/ui'
import type { ListViewServerProps, Payload } from 'payload'

import { loadAuditLog, type AuditLine, type AuditPage } from '@/panel/auditLog'

import { changesOf } from '../ChargerTabs/sayAudit'
import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { exactly, whole } from '../ui/words'
import { addressOf } from './address'
import { AuditExport } from './AuditExport'
import { AuditFilters } from './AuditFilters'
import { namesOf, RecordLink, ResultPill } from './parts'
import { sayAction } from './words'

/** Who did what, on which record, from where, and what was refused; as much of it as the reader may see. */
export async function AuditList({ payload, user, searchParams }: ListViewServerProps) {
  const page = await loadAuditLog({ payload, user }, searchParams ?? {})
  if (!page) return null
  const names = namesOf(payload)
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle path={[{ label: 'Audit log' }]} />
      <div className="cpms-page-head">
        <h1>Audit log</h1>
        <span className="cpms-muted">
          Every change, every command, and what was refused. Nobody can change or delete an entry.
        </span>
        <AuditExport asked={page.asked} />
      </div>
      <Check page={page} />
      <AuditFilters
        asked={page.asked}
        choices={{
          people: page.choices.people,
          actions: page.choices.actions.map((value) => ({ value, label: sayAction(value) })),
          resources: page.choices.resources.map((value) => ({
            value,
            label: names.plural(value),
          })),
        }}
      />
      {page.lines.length === 0 ? (
        <div className="cpms-empty">
          <h2>No entry fits</h2>
          <GoTo className="cpms-button" to="/admin/collections/audit-log">
            Show everything
          </GoTo>
        </div>
      ) : (
        <table className="cpms-table cpms-audit">
          <thead>
            <tr>
              <th>When</th>
              <th>Who</th>
              <th>What</th>
              <th>On</th>
              <th>From</th>
              <th>Result</th>
            </tr>
          </thead>
          <tbody>
            {page.lines.map((line) => (
              <Line key={line.id} line={line} payload={payload} timezone={page.timezone} />
            ))}
          </tbody>
        </table>
      )}
      <nav aria-label="Pages" className="cpms-row">
        {!page.isFirst && (
          <GoTo className="cpms-button" to={addressOf(page.asked)}>
            Newest
          </GoTo>
        )}
        {page.next && (
          <GoTo className="cpms-button" to={addressOf(page.asked, { before: page.next })}>
            Older
          </GoTo>
        )}
      </nav>
    </Gutter>
  )
}

function Line({
  line,
  payload,
  timezone,
}: {
  line: AuditLine
  payload: Payload
  timezone: string
}) {
  const fields = changesOf(line).map(({ field }) => field.toLowerCase())
  return (
    <tr>
      <td className="cpms-nowrap" data-label="When">
        <GoTo to={`/admin/collections/audit-log/${line.id}`}>
          <time dateTime={line.at}>{exactly(new Date(line.at), timezone)}</time>
        </GoTo>
      </td>
      <td data-label="Who">
        <span className="cpms-list-text">
          <span>{line.actor || 'system'}</span>
          {line.role && <span className="cpms-muted">{line.role.replaceAll('-', ' ')}</span>}
        </span>
      </td>
      <td data-label="What">
        <span className="cpms-list-text">
          <span className="cpms-audit-what">{sayAction(line.action)}</span>
          {line.action === 'update' && fields.length > 0 && (
            <span className="cpms-muted">
              {fields.slice(0, 4).join(', ')}
              {fields.length > 4 && ` and ${fields.length - 4} more`}
            </span>
          )}
        </span>
      </td>
      <td data-label="On">
        <span className="cpms-list-text">
          <RecordLink line={line} payload={payload} />
          {line.siteName && line.resource !== 'sites' && (
            <span className="cpms-muted">{line.siteName}</span>
          )}
        </span>
      </td>
      <td className="cpms-nowrap" data-label="From">
        <span>{line.ip ?? '–'}</span>
      </td>
      <td data-label="Result">
        <ResultPill line={line} />
      </td>
    </tr>
  )
}

/** That nothing was changed behind the panel's back is checked every night. */
function Check({ page }: { page: AuditPage }) {
  const { check, timezone } = page
  if (!check || (check.rows === 0 && check.brokenId === null)) return null
  const when = exactly(new Date(check.at), timezone)
  if (check.brokenId !== null)
    return (
      <p className="cpms-problem" role="alert">
        Entry {check.brokenId} is not as it was written: it was changed or deleted in the database,
        past this panel. Found {when}.
      </p>
    )
  return (
    <p className="cpms-audit-check" data-tone="green">
      All {whole(check.rows)} entries were as they were written, checked {when}. It is checked every
      night.
    </p>
  )
}
