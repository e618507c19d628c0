import type { AlertRow, AlertsPage } from '@/panel/alerts'

import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { duration } from '../ui/words'
import { AlertButtons } from './AlertButtons'
import { SeverityMark } from './SeverityMark'

export function AlertTable({ page }: { page: AlertsPage }) {
  const isResolved = page.tab === 'resolved'
  return (
    <table className="cpms-table cpms-alerts">
      <thead>
        <tr>
          <th>Severity</th>
          <th>What</th>
          <th>Where</th>
          <th>{isResolved ? 'Resolved' : 'Since'}</th>
          <th>{isResolved ? 'By' : 'Who'}</th>
          {page.mayAct && !isResolved && (
            <th>
              <span className="cpms-sr">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((alert) => (
          <tr data-alert={alert.id} key={alert.id}>
            <td data-part="severity">
              <SeverityMark severity={alert.severity} />
            </td>
            <td data-part="what">
              <span className="cpms-list-text">
                <GoTo className="cpms-alert-title" to={`/admin/collections/alerts/${alert.id}`}>
                  {alert.title}
                  {alert.count > 1 && <span className="cpms-muted"> ×{alert.count}</span>}
                </GoTo>
                <span className="cpms-muted">{alert.sentence}</span>
              </span>
            </td>
            <td data-part="where">
              <Where alert={alert} />
            </td>
            <td className="cpms-nowrap" data-part="since">
              {isResolved ? (
                <span className="cpms-list-text">
                  <Ago at={alert.resolvedAt} timezone={alert.timezone} />
                  <span className="cpms-muted">after {duration(secondsOf(alert))}</span>
                </span>
              ) : (
                <Ago at={alert.firstAt} timezone={alert.timezone} />
              )}
            </td>
            <td data-part="who">
              <Who alert={alert} userId={page.userId} />
            </td>
            {page.mayAct && !isResolved && (
              <td data-part="buttons">
                <AlertButtons alert={alert} userId={page.userId} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Where({ alert }: { alert: AlertRow }) {
  if (alert.chargerId === null || alert.chargerName === null)
    return (
      <span className="cpms-list-text">
        <GoTo to={`/admin/collections/sites/${alert.siteId}`}>{alert.siteName ?? 'Site'}</GoTo>
        <span className="cpms-muted">the whole site</span>
      </span>
    )
  return (
    <span className="cpms-list-text">
      <GoTo to={`/admin/collections/chargers/${alert.chargerId}`}>{alert.chargerName}</GoTo>
      <span className="cpms-muted">
        {alert.siteName}
        {alert.connectorId ? ` · connector ${alert.connectorId}` : ''}
      </span>
    </span>
  )
}

function Who({ alert, userId }: { alert: AlertRow; userId: number }) {
  if (alert.status === 'resolved')
    return <span>{alert.autoResolved ? 'by itself' : (alert.resolvedBy ?? '–')}</span>
  const name = alert.assignedTo && (alert.assignedTo.id === userId ? 'You' : alert.assignedTo.name)
  return (
    <span className="cpms-list-text">
      <span>{name ?? 'Nobody yet'}</span>
      {alert.status === 'acknowledged' && <span className="cpms-muted">being looked at</span>}
    </span>
  )
}

function secondsOf({ firstAt, resolvedAt }: AlertRow): number | null {
  return resolvedAt ? (Date.parse(resolvedAt) - Date.parse(firstAt)) / 1000 : null
}
