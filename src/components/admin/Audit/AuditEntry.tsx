import '../Security/security.css'
import './audit.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadAuditEntry, type AuditEntryPage } from '@/panel/auditLog'

import { changesOf } from '../ChargerTabs/sayAudit'
import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { exactly } from '../ui/words'
import { recordAddress } from './address'
import { RecordLink, ResultPill } from './parts'
import { sayAction } from './words'

/** One entry: who, from where, and field by field what it was before and is after. Secrets were never written. */
export async function AuditEntry({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadAuditEntry({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { line, timezone } = page
  const changes = changesOf(line)
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Audit log', url: '/collections/audit-log' },
          { label: `Entry ${line.id}` },
        ]}
        title={`${sayAction(line.action)} · ${line.actor}`}
      />
      <section className="cpms-card cpms-audit-entry">
        <dl className="cpms-facts">
          <dt>When</dt>
          <dd>{exactly(new Date(line.at), timezone)}</dd>
          <dt>Who</dt>
          <dd>
            {line.userId !== null ? (
              <GoTo to={`/admin/collections/users/${line.userId}`}>{line.actor}</GoTo>
            ) : (
              line.actor || 'system'
            )}
            {line.role && <span className="cpms-muted">, {line.role.replaceAll('-', ' ')}</span>}
          </dd>
          <dt>What</dt>
          <dd>{sayAction(line.action)}</dd>
          <dt>On</dt>
          <dd>
            <RecordLink line={line} payload={payload} />
            {line.resourceId && (
              <>
                {' · '}
                <GoTo to={recordAddress(line.resource, line.resourceId)}>all entries of it</GoTo>
              </>
            )}
          </dd>
          {line.siteName && (
            <>
              <dt>Site</dt>
              <dd>{line.siteName}</dd>
            </>
          )}
          <dt>From</dt>
          <dd>{line.ip ?? 'inside the system'}</dd>
          <dt>Result</dt>
          <dd>
            <ResultPill line={line} />
          </dd>
          <dt>Request</dt>
          <dd className="cpms-mono">{line.requestId ?? '–'}</dd>
          <dt>Chain</dt>
          <dd>
            <Chain chain={page.chain} />
          </dd>
        </dl>
      </section>
      {changes.length > 0 && (
        <section className="cpms-card">
          <h2>What changed</h2>
          <table className="cpms-table cpms-audit-changes">
            <thead>
              <tr>
                <th>Field</th>
                <th>Before</th>
                <th>After</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <td data-label="Field">{field}</td>
                  <td data-label="Before">
                    <del>{before ?? '–'}</del>
                  </td>
                  <td data-label="After">
                    <ins>{after ?? '–'}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Gutter>
  )
}

const chainWords: Readonly<Record<AuditEntryPage['chain'], string>> = {
  whole: 'This entry is as it was written.',
  new: 'Linked within seconds.',
  broken: 'This entry is NOT as it was written: it was changed in the database, past this panel.',
}

function Chain({ chain }: Pick<AuditEntryPage, 'chain'>) {
  return <span className={chain === 'broken' ? 'cpms-wrong' : undefined}>{chainWords[chain]}</span>
}
