import './alerts.css'

import type { Payload } from 'payload'

import { loadAlertsOfCharger } from '@/panel/alerts'

import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { AlertsLive } from './AlertsLive'
import { SeverityMark } from './SeverityMark'

type Props = {
  chargerId: number
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

/** Open alerts of one charger, for its page: one line each. */
export async function OpenHere({ chargerId, payload, user }: Props) {
  const alerts = await loadAlertsOfCharger({ payload, user }, chargerId)
  if (alerts.length === 0) return <AlertsLive charger={chargerId} />
  return (
    <section aria-label="Open alerts" className="cpms-card cpms-open-here">
      <AlertsLive charger={chargerId} />
      <ul className="cpms-list">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <SeverityMark severity={alert.severity} />
            <span className="cpms-list-text">
              <GoTo to={`/admin/collections/alerts/${alert.id}`}>
                {alert.title}
                {alert.connectorId ? `, connector ${alert.connectorId}` : ''}
                {alert.count > 1 ? ` ×${alert.count}` : ''}
              </GoTo>
              <span className="cpms-muted">{alert.sentence}</span>
            </span>
            <span className="cpms-muted">
              {alert.assignedTo ? `${alert.assignedTo.name}, ` : ''}
              <Ago at={alert.firstAt} timezone={alert.timezone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
