'use client'

import type { StatementPage } from '@/panel/statementPage'

import { GoTo } from '../ui/GoTo'
import { dayAndTime } from '../ui/words'
import { Figures } from './Figures'
import { Sends } from './Sends'
import { ShareLinks } from './ShareLinks'
import { StatementActions } from './StatementActions'
import { StatementPill } from './StatusPill'
import { formatWords } from './words'

export function StatementPageView({ page }: { page: StatementPage }) {
  const { figures } = page
  return (
    <>
      <div className="cpms-row">
        <StatementPill status={page.status} />
        {page.issuedAt && (
          <span className="cpms-muted">{dayAndTime(new Date(page.issuedAt), page.timezone)}</span>
        )}
        {page.paidAt && (
          <span className="cpms-pill" data-tone="green">
            Paid out {dayAndTime(new Date(page.paidAt), page.timezone)}
          </span>
        )}
        <StatementActions page={page} />
      </div>
      {page.status === 'failed' && (
        <p className="cpms-problem">
          <strong>It could not be made yet.</strong> {page.error} It is tried again by itself.
        </p>
      )}
      <div className="cpms-split">
        <div className="cpms-page">
          {figures ? (
            <Figures figures={figures} />
          ) : (
            <p className="cpms-note">
              {page.kind === 'statement'
                ? 'Its figures are being added up.'
                : page.scheduleId === null
                  ? `${page.subject ?? 'A report'}, as it was when it was shared. The figures are in its files.`
                  : 'The figures of this report are in its files.'}
            </p>
          )}
        </div>
        <aside className="cpms-page">
          <section className="cpms-card">
            <h2>Files</h2>
            {page.files.length === 0 && <p className="cpms-muted">Not made yet.</p>}
            <ul className="cpms-statement-files">
              {page.files.map(({ format, sizeBytes, filename }) => (
                <li key={format}>
                  <a
                    className="cpms-button"
                    href={`/api/statements/${page.id}/file?format=${format}`}
                    title={filename}
                  >
                    Download {formatWords[format] ?? format}
                  </a>
                  <span className="cpms-muted">{Math.max(1, Math.round(sizeBytes / 1000))} kB</span>
                </li>
              ))}
            </ul>
            {page.sha256 && (
              <p className="cpms-muted">
                Anybody who has the paper can check it at{' '}
                <a href={`/verify/${page.sha256}`} rel="noreferrer" target="_blank">
                  its verify page
                </a>
                .
              </p>
            )}
          </section>
          {page.maySend && page.scheduleId !== null && <Sends page={page} />}
          {page.maySend && <ShareLinks page={page} />}
          {page.scheduleId !== null && (
            <section className="cpms-card">
              <h2>Around it</h2>
              <p className="cpms-statement-around">
                <GoTo to={`/admin/collections/report-schedules/${page.scheduleId}`}>
                  {page.schedule ?? 'Its schedule'}
                </GoTo>
                {page.previousId !== null && (
                  <GoTo to={`/admin/collections/statements/${page.previousId}`}>
                    The one before
                  </GoTo>
                )}
                {page.nextId !== null && (
                  <GoTo to={`/admin/collections/statements/${page.nextId}`}>The next one</GoTo>
                )}
              </p>
            </section>
          )}
        </aside>
      </div>
    </>
  )
}
