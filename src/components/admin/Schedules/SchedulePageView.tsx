'use client'

import { toast } from '@payloadcms/ui'

import type { IssuedRow, SchedulePage } from '@/panel/schedulePage'

import { useReread } from '../live/LiveContext'
import { StatementPill } from '../Statements/StatusPill'
import { useAsk } from '../Statements/useAsk'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { money } from '../ui/money'
import { save } from '../ui/save'
import { dayAndTime, kWh, whole } from '../ui/words'

export function SchedulePageView({ page, isPaused }: { page: SchedulePage; isPaused: boolean }) {
  return (
    <>
      <div className="cpms-row">
        {isPaused ? (
          <span className="cpms-pill" data-tone="amber">
            <Icon name="pause" />
            Paused
          </span>
        ) : (
          <span>
            Next: <strong>{page.next.period}</strong>,{' '}
            {dayAndTime(new Date(page.next.at), page.zone)}
          </span>
        )}
        {page.kind === 'statement' && (
          <a
            className="cpms-button"
            href={`/api/report-schedules/${page.id}/preview`}
            rel="noreferrer"
            target="_blank"
          >
            <Icon name="search" /> Preview
          </a>
        )}
        {page.mayChange && <PauseButton id={page.id} isPaused={isPaused} />}
      </div>
      <div className="cpms-split">
        <section className="cpms-block">
          <h2>Issued</h2>
          <Issued rows={page.issued} zone={page.zone} />
        </section>
        <Recipients page={page} />
      </div>
    </>
  )
}

function PauseButton({ id, isPaused }: { id: number; isPaused: boolean }) {
  const reread = useReread()
  async function change(): Promise<void> {
    const saved = await save('PATCH', `/api/report-schedules/${id}`, { paused: !isPaused })
    if (saved.kind === 'refused') toast.error(saved.why)
    else toast.success(isPaused ? 'It goes on, and makes up for what it missed.' : 'Paused.')
    reread()
  }
  return (
    <button className="cpms-button" onClick={() => void change()} type="button">
      <Icon name={isPaused ? 'play' : 'pause'} /> {isPaused ? 'Go on' : 'Pause'}
    </button>
  )
}

function Issued({ rows, zone }: { rows: readonly IssuedRow[]; zone: string }) {
  if (rows.length === 0)
    return (
      <div className="cpms-empty">
        <h2>Nothing issued yet</h2>
        <p>The first one is made on the morning after its period ends.</p>
      </div>
    )
  return (
    <table className="cpms-table">
      <thead>
        <tr>
          <th>Statement</th>
          <th>State</th>
          <th className="cpms-num">Sessions</th>
          <th className="cpms-num">Energy (kWh)</th>
          <th className="cpms-num">Total</th>
          <th>Issued</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-label="Statement">
              <GoTo to={`/admin/collections/statements/${row.id}`}>{row.title}</GoTo>
            </td>
            <td data-label="State">
              <StatementPill status={row.status} />
            </td>
            <td className="cpms-num" data-label="Sessions">
              {row.sessionCount === null ? '–' : whole(row.sessionCount)}
            </td>
            <td className="cpms-num" data-label="Energy (kWh)">
              {kWh(row.energyWh)}
            </td>
            <td className="cpms-num" data-label="Total">
              {money(row.costMinor, row.currency)}
            </td>
            <td data-label="Issued">
              {row.issuedAt ? dayAndTime(new Date(row.issuedAt), zone) : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Recipients({ page }: { page: SchedulePage }) {
  const { ask, isBusy } = useAsk()
  return (
    <section className="cpms-card">
      <h2>Recipients</h2>
      {page.recipients.length === 0 && (
        <p className="cpms-muted">Nobody yet. Add addresses under Settings.</p>
      )}
      <ul className="cpms-statement-list">
        {page.recipients.map((one) => (
          <li key={one.address}>
            <span>{one.address}</span>
            {one.confirmedAt && !one.declinedAt ? (
              <span className="cpms-muted">
                <Icon name="check" /> confirmed {dayAndTime(new Date(one.confirmedAt), page.zone)}
              </span>
            ) : (
              <>
                <span className="cpms-muted">
                  {one.declinedAt
                    ? 'declined'
                    : one.askedAt
                      ? `asked ${dayAndTime(new Date(one.askedAt), page.zone)}, has not confirmed yet`
                      : 'is being asked to confirm'}
                </span>
                {page.mayChange && one.askedAt && (
                  <button
                    className="cpms-button"
                    disabled={isBusy}
                    onClick={() =>
                      void ask(
                        `/api/report-schedules/${page.id}/ask-again`,
                        { address: one.address },
                        'A new confirmation mail is on its way.',
                      )
                    }
                    type="button"
                  >
                    Ask again
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="cpms-muted">Nothing is sent to an address until it has confirmed.</p>
    </section>
  )
}
