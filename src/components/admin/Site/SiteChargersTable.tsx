'use client'

import { useState } from 'react'

import { worstFirst } from '@/domain/siteStatus'
import type { SiteBoard } from '@/panel/sitePage'

import { useLive } from '../live/LiveContext'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { ConnectorDot, StatusPill } from '../ui/StatusPill'
import { kW } from '../ui/words'

type Charger = SiteBoard['chargers'][number]

/** The chargers of a site, the worst first; their pills follow the live channel. */
export function SiteChargersTable({
  chargers,
  timezone,
}: {
  chargers: Charger[]
  timezone: string
}) {
  const [heard, setHeard] = useState<ReadonlyMap<number, string>>(new Map())
  useLive({
    onEvent: ({ kind, chargerId, body }) => {
      if (kind !== 'charger.status' || chargerId === null || typeof body.status !== 'string') return
      const { status } = body
      setHeard((before) => new Map(before).set(chargerId, status))
    },
  })
  if (chargers.length === 0)
    return (
      <p className="cpms-note">
        No chargers here yet. Add one: the form ends with the address and the password that are
        typed into it.
      </p>
    )
  const rows = chargers
    .map((charger) => ({ ...charger, status: heard.get(charger.id) ?? charger.status }))
    .sort(
      (a, b) => severity(a) - severity(b) || a.name.localeCompare(b.name, 'en', { numeric: true }),
    )
  return (
    <table className="cpms-table">
      <thead>
        <tr>
          <th>Status</th>
          <th>Name</th>
          <th>Connectors</th>
          <th className="cpms-num">Now (kW)</th>
          <th>Last seen</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((charger) => (
          <tr key={charger.id}>
            <td data-label="Status">
              <StatusPill isLive status={charger.status} />
            </td>
            <td data-label="Name">
              <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
            </td>
            <td data-label="Connectors">
              <span className="cpms-dots">
                {charger.connectors.map((one) => (
                  <ConnectorDot
                    key={one.number}
                    label={one.label}
                    number={one.number}
                    status={one.status}
                  />
                ))}
              </span>
            </td>
            <td className="cpms-num" data-label="Now (kW)">
              {kW(charger.powerW)}
            </td>
            <td data-label="Last seen">
              <Ago at={charger.lastSeenAt} timezone={timezone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const severity = ({ status }: Charger) => worstFirst.indexOf(status as (typeof worstFirst)[number])
