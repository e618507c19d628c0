'use client'

import type { StatementPage } from '@/panel/statementPage'

import { dayAndTime } from '../ui/words'

/** To whom it went, and whether the mail server took it. */
export function Sends({ page }: { page: StatementPage }) {
  return (
    <section className="cpms-card">
      <h2>Sent to</h2>
      {page.sends.length === 0 && (
        <p className="cpms-muted">
          {page.status === 'issued'
            ? 'Nobody: when it was issued, no recipient had confirmed an address.'
            : 'It is sent when it is issued.'}
        </p>
      )}
      <ul className="cpms-statement-list">
        {page.sends.map((send, index) => (
          <li key={index}>
            <span>{send.address}</span>
            <span className="cpms-muted">
              {stateOf(send, page.timezone)}
              {send.askedBy ? ` · again, by ${send.askedBy}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function stateOf(send: StatementPage['sends'][number], zone: string): string {
  if (send.sentAt) return `delivered ${dayAndTime(new Date(send.sentAt), zone)}`
  if (send.failedAt) return `not delivered: ${send.error ?? 'refused'}`
  if (send.error) return `tried again later: ${send.error}`
  return send.mailedAt ? 'in the outbox' : 'about to be sent'
}
