import './alerts.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadAlert, type AlertDetail } from '@/panel/alerts'
import { loadChargerPage, type ChargerPage } from '@/panel/chargerPage'

import { FactRow } from '../ChargerLive/WhatItIs'
import { ChargerActions } from '../commands/ChargerActions'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { PageTitle } from '../ui/PageTitle'
import { StatusPill } from '../ui/StatusPill'
import { duration, exactly } from '../ui/words'
import { AlertButtons } from './AlertButtons'
import { AlertsLive } from './AlertsLive'
import { Evidence } from './Evidence'
import { SeverityMark } from './SeverityMark'
import { actionWords, stateWords } from './words'

/** One alert: what is wrong, what to try, the charger's buttons beside it, who did what about it. */
export async function AlertView({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadAlert({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { alert, mayAct, people, userId } = page
  const charger =
    alert.chargerId !== null ? await loadChargerPage({ payload, user }, alert.chargerId) : null
  const place = alert.chargerName ?? alert.siteName ?? ''
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Alerts', url: '/collections/alerts' }, { label: `Alert ${alert.id}` }]}
        title={`${alert.title} · ${place}`}
      />
      <AlertsLive only={alert.id} />
      <div className="cpms-head">
        <div className="cpms-head-facts">
          <SeverityMark severity={alert.severity} size="large" />
          <PlaceLink alert={alert} />
          <span className="cpms-muted">
            Began <Ago at={alert.firstAt} timezone={alert.timezone} />
            {alert.count > 1 && `, ${alert.count} times`}
          </span>
          <span>{stateWords[alert.status]}</span>
        </div>
        {mayAct && <AlertButtons alert={alert} people={people} userId={userId} />}
      </div>
      <div className="cpms-split">
        <div className="cpms-page">
          <section className="cpms-card">
            <h2>{alert.sentence}</h2>
            {alert.steps.length > 0 && (
              <>
                <h3>What to try</h3>
                <ol className="cpms-alert-steps">
                  {alert.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </>
            )}
            {charger && <ChargerNow page={charger} />}
            {alert.chargers.length > 0 && (
              <ul className="cpms-list">
                {alert.chargers.map((one) => (
                  <li key={one.id}>
                    <StatusPill status={one.status} />
                    <GoTo to={`/admin/collections/chargers/${one.id}`}>{one.name}</GoTo>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <History alert={alert} />
          {alert.evidence && <Evidence alert={alert} />}
        </div>
        <Aside alert={alert} />
      </div>
    </Gutter>
  )
}

function PlaceLink({ alert }: { alert: AlertDetail }) {
  return alert.chargerId === null ? (
    <GoTo to={`/admin/collections/sites/${alert.siteId}`}>{alert.siteName ?? 'Site'}</GoTo>
  ) : (
    <span>
      <GoTo to={`/admin/collections/chargers/${alert.chargerId}`}>{alert.chargerName ?? ''}</GoTo>
      <span className="cpms-muted">
        {' '}
        {alert.siteName}
        {alert.connectorId ? ` · connector ${alert.connectorId}` : ''}
      </span>
    </span>
  )
}

/** The charger as it is now, with the same Actions as on its own page. */
function ChargerNow({ page: { board, allowed } }: { page: ChargerPage }) {
  return (
    <div className="cpms-alert-charger">
      <StatusPill isLive status={board.state.status} />
      <span className="cpms-muted">
        Last seen <Ago at={board.state.lastSeenAt} timezone={board.timezone} />
      </span>
      <ChargerActions allowed={allowed} board={board} />
    </div>
  )
}

function History({ alert }: { alert: AlertDetail }) {
  return (
    <section className="cpms-card">
      <h2>What was done</h2>
      <ol className="cpms-timeline">
        <li>
          <time dateTime={alert.firstAt}>{exactly(new Date(alert.firstAt), alert.timezone)}</time>
          <span>It began.</span>
        </li>
        {alert.log.map((entry, i) => (
          <li key={`${entry.at}-${i}`}>
            <time dateTime={entry.at}>{exactly(new Date(entry.at), alert.timezone)}</time>
            <span>
              {entry.who ? (
                <>
                  <strong>{entry.who}</strong> {actionWords[entry.action] ?? entry.action}
                </>
              ) : entry.action === 'resolved' ? (
                'It closed by itself'
              ) : (
                (actionWords[entry.action] ?? entry.action)
              )}
              {entry.note ? `: ${entry.note}` : '.'}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Aside({ alert }: { alert: AlertDetail }) {
  const { history } = alert
  const about = `alert=${alert.id}`
  return (
    <aside className="cpms-page">
      <section className="cpms-card">
        <h2>Alert {alert.id}</h2>
        <dl className="cpms-facts">
          <FactRow value={alert.family} word="Family" />
          <FactRow value={alert.assignedTo?.name ?? 'Nobody yet'} word="Looks after it" />
          {alert.acknowledgedBy && <FactRow value={alert.acknowledgedBy} word="Acknowledged by" />}
          {alert.sessionId !== null && (
            <FactRow
              value={
                <GoTo to={`/admin/collections/sessions/${alert.sessionId}`}>
                  {String(alert.sessionId)}
                </GoTo>
              }
              word="Session"
            />
          )}
          <FactRow
            value={
              history.times === 0
                ? 'not in the last 30 days'
                : `${history.times} ${history.times === 1 ? 'time' : 'times'} in 30 days`
            }
            word="Here before"
          />
          {history.medianSeconds !== null && (
            <FactRow value={duration(history.medianSeconds)} word="Usually lasts" />
          )}
        </dl>
      </section>
      {alert.others.length > 0 && (
        <section className="cpms-card">
          <h2>Also open here</h2>
          <ul className="cpms-list">
            {alert.others.map((other) => (
              <li key={other.id}>
                <SeverityMark severity={other.severity as AlertDetail['severity']} />
                <GoTo to={`/admin/collections/alerts/${other.id}`}>{other.title}</GoTo>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="cpms-card">
        <h2>Tickets</h2>
        {alert.tickets.map((ticket) => (
          <GoTo key={ticket.id} to={`/admin/collections/tickets/${ticket.id}`}>
            {`#${ticket.number} ${ticket.subject}`}
          </GoTo>
        ))}
        <GoTo className="cpms-button" to={`/admin/collections/tickets/create?${about}`}>
          <Icon name="ticket" /> Submit ticket
        </GoTo>
      </section>
    </aside>
  )
}
