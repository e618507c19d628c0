'use client'

import type { ChargerSession } from '@/panel/chargerTabs'

import { Since } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { money } from '../ui/money'
import { sayStopReason } from '../ui/stopReason'
import { dayAndTime, duration, kWh } from '../ui/words'

type Props = { sessions: ChargerSession[]; timezone: string }

export function SessionRows({ sessions, timezone }: Props) {
  const seesPeople = sessions.some((session) => session.who)
  const severalConnectors = new Set(sessions.map((session) => session.connectorNumber)).size > 1
  return (
    <div className="cpms-scroll">
      <table className="cpms-table">
        <thead>
          <tr>
            <th>Started</th>
            {severalConnectors && <th>Connector</th>}
            {seesPeople && <th>Who</th>}
            <th className="cpms-num">Energy, kWh</th>
            <th className="cpms-num">Duration</th>
            <th className="cpms-num">Cost</th>
            <th>Why it ended</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td data-label="Started">
                <GoTo to={`/admin/collections/sessions/${session.id}`}>
                  {dayAndTime(new Date(session.startedAt), timezone)}
                </GoTo>
              </td>
              {severalConnectors && (
                <td data-label="Connector">
                  <span>{session.connectorNumber ?? '–'}</span>
                </td>
              )}
              {seesPeople && (
                <td data-label="Who">
                  <span>{session.who ?? '–'}</span>
                </td>
              )}
              <td className="cpms-num" data-label="Energy, kWh">
                <span>{kWh(session.energyWh)}</span>
              </td>
              <td className="cpms-num" data-label="Duration">
                <span>
                  {session.stoppedAt ? (
                    duration(session.durationSeconds)
                  ) : (
                    <Since at={session.startedAt} />
                  )}
                </span>
              </td>
              <td className="cpms-num" data-label="Cost">
                <span>{money(session.costMinor, session.currency)}</span>
              </td>
              <td data-label="Why it ended">
                <Ended session={session} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Ended({ session }: { session: ChargerSession }) {
  if (!session.stoppedAt)
    return (
      <span className="cpms-pill" data-tone="green">
        <Icon name="bolt" /> Charging
      </span>
    )
  if (session.status === 'needs-review')
    return (
      <span className="cpms-pill" data-tone="amber" title={session.reviewReason ?? undefined}>
        <Icon name="warning" /> Needs review
      </span>
    )
  return <span>{sayStopReason(session)}</span>
}
