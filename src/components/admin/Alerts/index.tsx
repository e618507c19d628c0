import './alerts.css'

import { Gutter } from '@payloadcms/ui'
import type { ListViewServerProps } from 'payload'

import { loadAlerts, type AlertsPage } from '@/panel/alerts'

import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { PageTitle } from '../ui/PageTitle'
import { AlertFilters } from './AlertFilters'
import { AlertsLive } from './AlertsLive'
import { AlertTable } from './AlertTable'

const path = '/admin/collections/alerts'
const tabs = [
  { key: 'open', label: 'Open' },
  { key: 'mine', label: 'Mine' },
  { key: 'resolved', label: 'Resolved' },
] as const

/** What needs somebody: the gravest first, then what has lasted longest; each with what one can do about it. */
export async function AlertsList({ payload, user, searchParams }: ListViewServerProps) {
  const page = await loadAlerts({ payload, user }, searchParams ?? {})
  if (!page) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle path={[{ label: 'Alerts' }]} />
      <AlertsLive />
      <div className="cpms-page-head">
        <h1>Alerts</h1>
        <span className="cpms-muted">
          Once per incident: repeats are counted, and what mends itself closes itself.
        </span>
        <GoTo className="cpms-button cpms-push" to="/admin/notifications">
          <Icon name="bell" /> What reaches me
        </GoTo>
      </div>
      <nav aria-label="Alerts" className="cpms-tabs">
        {tabs.map(({ key, label }) => (
          <GoTo
            aria-current={page.tab === key ? 'page' : undefined}
            className="cpms-tab"
            key={key}
            to={addressOf(page, { tab: key, page: 1 })}
          >
            {label}
            {key === 'open' && <Count of={page.open} />}
            {key === 'mine' && <Count of={page.mine} />}
          </GoTo>
        ))}
      </nav>
      <AlertFilters query={page.query} severity={page.severity} />
      {page.rows.length === 0 ? <Nothing page={page} /> : <AlertTable page={page} />}
      {page.pages > 1 && (
        <nav aria-label="Pages" className="cpms-row">
          {page.page > 1 && (
            <GoTo className="cpms-button" to={addressOf(page, { page: page.page - 1 })}>
              Previous
            </GoTo>
          )}
          <span className="cpms-muted">
            Page {page.page} of {page.pages}, {page.total} alerts
          </span>
          {page.page < page.pages && (
            <GoTo className="cpms-button" to={addressOf(page, { page: page.page + 1 })}>
              Next
            </GoTo>
          )}
        </nav>
      )}
    </Gutter>
  )
}

function Count({ of }: { of: number }) {
  return <span className="cpms-count">{of}</span>
}

function Nothing({ page }: { page: AlertsPage }) {
  const isFiltered = page.query !== null || page.severity !== null
  return (
    <div className="cpms-empty">
      <h2>
        {isFiltered
          ? 'No alert fits this search'
          : page.tab === 'mine'
            ? 'Nothing is assigned to you'
            : page.tab === 'resolved'
              ? 'Nothing was resolved yet'
              : 'All is well'}
      </h2>
      {!isFiltered && page.tab === 'open' && (
        <p>
          An alert opens by itself when a charger reports a fault, goes offline, charges without
          energy, or a site loses its power. You are told by the bell above and by e-mail.
        </p>
      )}
    </div>
  )
}

function addressOf(page: AlertsPage, over: { tab?: string; page?: number }): string {
  const query = new URLSearchParams()
  const { tab, page: number } = { tab: page.tab as string, page: page.page, ...over }
  if (tab !== 'open') query.set('tab', tab)
  if (page.severity) query.set('severity', page.severity)
  if (page.query) query.set('q', page.query)
  if (number > 1) query.set('page', String(number))
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
