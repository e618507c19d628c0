import '../Alerts/alerts.css'

import type { AlertsPage } from '@/panel/alerts'

import { AlertButtons } from '../Alerts/AlertButtons'
import { SeverityMark } from '../Alerts/SeverityMark'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { whole } from '../ui/words'

const shown = 5

/** What waits for somebody, the gravest and then the oldest first, each with what one can do about it. */
export function OpenAlerts({ page }: { page: AlertsPage }) {
  return (
    <section className="cpms-card">
      <div className="cpms-card-head">
        <h2>Open alerts</h2>
        <GoTo to="/admin/collections/alerts">
          {page.open === 0 ? 'All alerts' : `All ${whole(page.open)}`}
        </GoTo>
      </div>
      {page.rows.length === 0 && <p className="cpms-muted">None. You are told when one opens.</p>}
      <ul className="cpms-list cpms-open-alerts">
        {page.rows.slice(0, shown).map((alert) => (
          <li key={alert.id}>
            <SeverityMark severity={alert.severity} />
            <span className="cpms-list-text">
              <GoTo to={`/admin/collections/alerts/${alert.id}`}>
                {alert.title}
                {alert.count > 1 && ` ×${alert.count}`}
              </GoTo>
              <span className="cpms-muted">
                {[alert.chargerName, alert.siteName].filter(Boolean).join(', ')},{' '}
                <Ago at={alert.firstAt} timezone={alert.timezone} />
                {alert.status === 'acknowledged' && ', being looked at'}
              </span>
            </span>
            {page.mayAct && <AlertButtons alert={alert} userId={page.userId} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
