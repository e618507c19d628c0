'use client'

import type { ChargerBoard } from '@/panel/chargerPage'

import { GoTo } from '../ui/GoTo'
import { money } from '../ui/money'
import { sayStopReason } from '../ui/stopReason'
import { dayAndTime, duration, kWh } from '../ui/words'

export function RecentSessions({ board }: { board: ChargerBoard }) {
  if (board.recent.length === 0) return null
  const seesPeople = board.recent.some((session) => session.who)
  return (
    <section className="cpms-block">
      <div className="cpms-block-head">
        <h2>Last sessions</h2>
        <GoTo to={`/admin/collections/sessions?where[or][0][and][0][charger][equals]=${board.id}`}>
          All sessions
        </GoTo>
      </div>
      <table className="cpms-table">
        <thead>
          <tr>
            <th>Started</th>
            {seesPeople && <th>Who</th>}
            <th className="cpms-num">Energy, kWh</th>
            <th className="cpms-num">Duration</th>
            <th className="cpms-num">Cost</th>
            <th>Why it ended</th>
          </tr>
        </thead>
        <tbody>
          {board.recent.map((session) => (
            <tr key={session.id}>
              <td data-label="Started">
                <GoTo to={`/admin/collections/sessions/${session.id}`}>
                  {dayAndTime(new Date(session.startedAt), board.timezone)}
                </GoTo>
              </td>
              {seesPeople && (
                <td data-label="Who">
                  <span>{session.who ?? '–'}</span>
                </td>
              )}
              <td className="cpms-num" data-label="Energy, kWh">
                <span>{kWh(session.energyWh)}</span>
              </td>
              <td className="cpms-num" data-label="Duration">
                <span>{duration(session.durationSeconds)}</span>
              </td>
              <td className="cpms-num" data-label="Cost">
                <span>{money(session.costMinor, session.currency)}</span>
              </td>
              <td data-label="Why it ended">
                <span>
                  {session.status === 'needs-review' ? 'Needs review' : sayStopReason(session)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
