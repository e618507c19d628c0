'use client'

import './review.css'

import { useState } from 'react'

import { reviewAdvice } from '@/domain/tariff/why'
import type { SessionDetail, SessionPage } from '@/panel/sessionPage'

import { CorrectionDialog, type CorrectionTask } from './CorrectionDialog'

/** Why a session waits for a person, what to do about it, and the buttons to do it with. */
export function ReviewNote({ page, session }: { page: SessionPage; session: SessionDetail }) {
  const [task, setTask] = useState<CorrectionTask | null>(null)
  if (session.status !== 'needs-review') return null
  const isKnown = session.costMinor !== null
  return (
    <section aria-label="Needs review" className="cpms-problem cpms-review">
      <p>
        <strong>Needs review.</strong> {session.reviewReason}
      </p>
      <p>{reviewAdvice(session)}</p>
      {page.mayCorrect ? (
        <div className="cpms-row">
          {isKnown ? (
            <>
              <button className="cpms-button" onClick={() => setTask('accepted')} type="button">
                Accept this price
              </button>
              <button className="cpms-button" onClick={() => setTask('adjustment')} type="button">
                Correct it
              </button>
            </>
          ) : (
            <>
              {session.energyWh !== null && (
                <button
                  className="cpms-button"
                  onClick={() => setTask('price-again')}
                  type="button"
                >
                  Price it again
                </button>
              )}
              <button className="cpms-button" onClick={() => setTask('settlement')} type="button">
                Settle the amount
              </button>
            </>
          )}
        </div>
      ) : (
        <p>A Super Admin can settle it.</p>
      )}
      {task && (
        <CorrectionDialog
          onClose={() => setTask(null)}
          session={session}
          tariffs={page.tariffs}
          task={task}
        />
      )}
    </section>
  )
}
