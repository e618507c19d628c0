import './ticket.css'

import { RichText } from '@payloadcms/richtext-lexical/react'
import { Gutter } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'
import type { ComponentProps } from 'react'

import { loadTicket, type TicketDetail, type TicketReplyRow } from '@/panel/tickets'

import { FactRow } from '../ChargerLive/WhatItIs'
import { Ago } from '../ui/Ago'
import { FormTab } from '../ui/FormTab'
import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { StatusPill } from '../ui/StatusPill'
import { EditorNames } from './EditorNames'
import { ReplyBox } from './ReplyBox'
import { TicketDesk } from './TicketDesk'
import { TicketLive } from './TicketLive'
import { TicketStatusPill } from './TicketStatusPill'

type Props = DocumentViewServerProps & DocumentViewClientProps

/** A ticket's page: what was asked, what was said, and the box to answer in; the form where it is being made. */
export async function TicketView(props: Props) {
  const { doc, payload, initPageResult } = props
  if (!doc?.id)
    return (
      <>
        <PageTitle
          path={[{ label: 'Tickets', url: '/collections/tickets' }, { label: 'Submit ticket' }]}
          title="Submit ticket"
        />
        <EditorNames label="What happened" />
        <FormTab {...props} />
      </>
    )
  const { user } = initPageResult.req
  const page = user ? await loadTicket({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { ticket, mayWork, people, userId } = page
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[{ label: 'Tickets', url: '/collections/tickets' }, { label: `#${ticket.number}` }]}
        title={`#${ticket.number} ${ticket.subject}`}
      />
      <TicketLive id={ticket.id} />
      <div className="cpms-head-facts">
        <TicketStatusPill status={ticket.status} />
        {ticket.priority === 'high' && <strong>High priority</strong>}
        <span className="cpms-muted">
          {ticket.reporter?.name ?? ticket.driver?.name ?? 'Somebody'},{' '}
          <When of={ticket} at={ticket.createdAt} />
        </span>
      </div>
      <div className="cpms-split">
        <div className="cpms-page">
          <ol className="cpms-thread">
            <li className="cpms-said">
              <Head
                at={ticket.createdAt}
                ticket={ticket}
                who={ticket.reporter?.name ?? ticket.driver?.name ?? null}
              />
              {ticket.body ? (
                <Words of={ticket.body} />
              ) : (
                <p className="cpms-muted">No further words.</p>
              )}
            </li>
            {ticket.replies.map((reply) => (
              <Reply key={reply.id} reply={reply} ticket={ticket} />
            ))}
          </ol>
          <ReplyBox
            isResolved={ticket.status === 'resolved'}
            mayNote={mayWork}
            ticketId={ticket.id}
          />
        </div>
        <aside className="cpms-page">
          {mayWork && <TicketDesk people={people} ticket={deskOf(ticket)} userId={userId} />}
          <About ticket={ticket} />
        </aside>
      </div>
    </Gutter>
  )
}

/** Payload's own form on its tab. */
export function TicketForm(props: Props) {
  return (
    <>
      <EditorNames label="What happened" />
      <FormTab {...props} />
    </>
  )
}

const deskOf = ({ id, status, priority, assignedTo }: TicketDetail) => ({
  id,
  status,
  priority,
  assignedTo,
})

function Reply({ reply, ticket }: { reply: TicketReplyRow; ticket: TicketDetail }) {
  return (
    <li className="cpms-said" data-internal={reply.internal} data-mine={reply.isMine}>
      <Head at={reply.at} ticket={ticket} who={reply.author}>
        {reply.internal && <span className="cpms-said-mark">Internal note</span>}
      </Head>
      <Words of={reply.body} />
    </li>
  )
}

function Head({
  who,
  at,
  ticket,
  children,
}: {
  who: string | null
  at: string
  ticket: TicketDetail
  children?: React.ReactNode
}) {
  return (
    <header className="cpms-said-head">
      <strong>{who ?? 'Somebody'}</strong>
      {children}
      <When at={at} of={ticket} />
    </header>
  )
}

function When({ at, of }: { at: string; of: TicketDetail }) {
  return (
    <span className="cpms-muted">
      <Ago at={at} timezone={of.timezone} />
    </span>
  )
}

type State = ComponentProps<typeof RichText>['data']

/** What somebody wrote, as they wrote it. */
function Words({ of }: { of: unknown }) {
  return (
    <div className="cpms-words">
      <RichText data={of as State} disableContainer />
    </div>
  )
}

function About({ ticket }: { ticket: TicketDetail }) {
  const isAboutSomething =
    ticket.chargerId ?? ticket.sessionId ?? ticket.alertId ?? ticket.siteId ?? ticket.driver
  if (!isAboutSomething) return null
  return (
    <section className="cpms-card">
      <h2>What it is about</h2>
      <dl className="cpms-facts">
        {ticket.chargerId !== null && (
          <FactRow
            value={
              <span className="cpms-row">
                <GoTo to={`/admin/collections/chargers/${ticket.chargerId}`}>
                  {ticket.chargerName ?? `Charger ${ticket.chargerId}`}
                </GoTo>
                {ticket.chargerStatus && <StatusPill isLive status={ticket.chargerStatus} />}
              </span>
            }
            word="Charger"
          />
        )}
        {ticket.siteId !== null && (
          <FactRow
            value={
              <GoTo to={`/admin/collections/sites/${ticket.siteId}`}>
                {ticket.siteName ?? `Site ${ticket.siteId}`}
              </GoTo>
            }
            word="Site"
          />
        )}
        {ticket.sessionId !== null && (
          <FactRow
            value={
              <GoTo to={`/admin/collections/sessions/${ticket.sessionId}`}>
                {String(ticket.sessionId)}
              </GoTo>
            }
            word="Session"
          />
        )}
        {ticket.alertId !== null && (
          <FactRow
            value={
              <GoTo to={`/admin/collections/alerts/${ticket.alertId}`}>
                {ticket.alertTitle ?? `Alert ${ticket.alertId}`}
              </GoTo>
            }
            word="Alert"
          />
        )}
        {ticket.driver && (
          <FactRow
            value={
              <GoTo to={`/admin/collections/drivers/${ticket.driver.id}`}>
                {ticket.driver.name}
              </GoTo>
            }
            word="Driver"
          />
        )}
      </dl>
    </section>
  )
}
