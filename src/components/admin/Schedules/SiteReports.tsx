import type { SiteReportRow } from '@/panel/schedulePage'

import { frequencyWords } from '../Statements/words'
import { GoTo } from '../ui/GoTo'
import { dayAndTime, whole } from '../ui/words'

/** On a site's page: which reports of it go out by themselves, and the last one. */
export function SiteReports({ siteId, rows }: { siteId: number; rows: readonly SiteReportRow[] }) {
  return (
    <section className="cpms-card">
      <div className="cpms-card-head">
        <h2>Reports</h2>
        <GoTo to={`/admin/collections/report-schedules/create?site=${siteId}`}>Schedule one</GoTo>
      </div>
      {rows.length === 0 && (
        <p className="cpms-muted">No report of this site goes out by itself yet.</p>
      )}
      <ul className="cpms-statement-list">
        {rows.map((row) => (
          <li key={row.id}>
            <GoTo to={`/admin/collections/report-schedules/${row.id}`}>{row.name}</GoTo>
            <span className="cpms-muted">
              {row.paused
                ? 'paused'
                : `${frequencyWords[row.frequency] ?? row.frequency}, next ${dayAndTime(new Date(row.nextAt), row.zone)}`}
              {` · ${whole(row.recipients)} ${row.recipients === 1 ? 'recipient' : 'recipients'}`}
            </span>
            {row.last && (
              <GoTo to={`/admin/collections/statements/${row.last.id}`}>{row.last.title}</GoTo>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
