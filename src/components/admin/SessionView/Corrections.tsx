'use client'

import './review.css'

import { useState } from 'react'

import type { SessionDetail } from '@/panel/sessionPage'

import { money } from '../ui/money'
import { dayAndTime, kWh } from '../ui/words'
import { CorrectionDialog } from './CorrectionDialog'
import { finalMinor } from './CostTable'

const kinds: Readonly<Record<string, string>> = {
  adjustment: 'Correction',
  settlement: 'Settled',
  accepted: 'Accepted as it is',
  'price-again': 'Priced again',
}

/** What was decided about a session afterwards. Nothing here is ever erased; a mistake is corrected by another line. */
export function Corrections({
  session,
  mayCorrect,
}: {
  session: SessionDetail
  mayCorrect: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  const isPriced = session.pricedAt !== null && session.costMinor !== null
  const { corrections, currency } = session
  if (corrections.length === 0 && !(mayCorrect && isPriced)) return null
  return (
    <section className="cpms-block">
      <div className="cpms-card-head">
        <h2>Corrections</h2>
        {mayCorrect && isPriced && (
          <button className="cpms-button" onClick={() => setOpen(true)} type="button">
            Correct this session
          </button>
        )}
      </div>
      {corrections.length === 0 ? (
        <p className="cpms-muted">
          None. What the charger measured is never changed; a correction is a line beside it.
        </p>
      ) : (
        <table className="cpms-table">
          <thead>
            <tr>
              <th>When</th>
              <th>What</th>
              <th>Why</th>
              <th className="cpms-num">Energy (kWh)</th>
              <th className="cpms-num">Amount</th>
            </tr>
          </thead>
          <tbody>
            {corrections.map((one) => (
              <tr key={one.id}>
                <td data-label="When">
                  <span>
                    {dayAndTime(new Date(one.at), session.timezone)}
                    {one.by && <small className="cpms-muted cpms-under">{one.by}</small>}
                  </span>
                </td>
                <td data-label="What">
                  <span>{kinds[one.kind] ?? one.kind}</span>
                </td>
                <td data-label="Why">
                  <span>{one.reason}</span>
                </td>
                <td className="cpms-num" data-label="Energy (kWh)">
                  <span>{one.energyWh ? kWh(one.energyWh) : '–'}</span>
                </td>
                <td className="cpms-num" data-label="Amount">
                  <span>
                    {one.kind === 'accepted' || one.kind === 'price-again'
                      ? '–'
                      : money(one.amountMinor + one.taxMinor, currency)}
                  </span>
                </td>
              </tr>
            ))}
            <tr className="cpms-total">
              <td data-label="Total">
                <strong>Final cost</strong>
              </td>
              <td />
              <td />
              <td />
              <td className="cpms-num" data-label="Amount">
                <strong>{money(finalMinor(session), currency)}</strong>
              </td>
            </tr>
          </tbody>
        </table>
      )}
      {isOpen && (
        <CorrectionDialog
          onClose={() => setOpen(false)}
          session={session}
          tariffs={[]}
          task="adjustment"
        />
      )}
    </section>
  )
}
