'use client'

import type { StatementPage } from '@/panel/statementPage'

import { dayAndTime } from '../ui/words'
import { useAsk } from './useAsk'

/** Links that were given out, until when they work, and when they were opened last. */
export function ShareLinks({ page }: { page: StatementPage }) {
  const { ask, isBusy } = useAsk()
  if (page.links.length === 0) return null
  const now = Date.now()
  return (
    <section className="cpms-card">
      <h2>Shared links</h2>
      <ul className="cpms-statement-list">
        {page.links.map((link) => {
          const isOver = link.revokedAt !== null || new Date(link.expiresAt).getTime() <= now
          return (
            <li key={link.id}>
              <span>{link.sharedWith ?? 'Somebody'}</span>
              <span className="cpms-muted">
                {link.revokedAt
                  ? `revoked ${dayAndTime(new Date(link.revokedAt), page.timezone)}`
                  : `${isOver ? 'expired' : 'until'} ${dayAndTime(new Date(link.expiresAt), page.timezone)}`}
                {link.lastOpenedAt
                  ? ` · opened ${link.openedCount} times, last ${dayAndTime(new Date(link.lastOpenedAt), page.timezone)}`
                  : ' · never opened'}
                {link.sharedBy ? ` · by ${link.sharedBy}` : ''}
              </span>
              {!isOver && (
                <button
                  className="cpms-button"
                  disabled={isBusy}
                  onClick={() =>
                    void ask(`/api/share-links/${link.id}/revoke`, {}, 'The link works no longer.')
                  }
                  type="button"
                >
                  Revoke
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
