'use client'

import { ConnectorDot } from '../ui/StatusPill'
import { useChargerRow } from './useChargerRow'

type Connector = { number: number; label: string | null; status: string | null }

export function ConnectorDots({
  chargerId,
  connectors,
}: {
  chargerId: number
  connectors: Connector[]
}) {
  const heard = useChargerRow<Record<number, string>>(
    chargerId,
    connectors,
    (before, { event }) => {
      const { connectorId, status } = event?.kind === 'connector.status' ? event.body : {}
      if (typeof connectorId !== 'number' || connectorId === 0 || typeof status !== 'string')
        return null
      return { ...before, [connectorId]: status }
    },
  )
  if (connectors.length === 0) return <span className="cpms-muted">–</span>
  return (
    <span className="cpms-dots">
      {connectors.map((connector) => (
        <ConnectorDot
          key={connector.number}
          label={connector.label}
          number={connector.number}
          status={heard?.[connector.number] ?? connector.status}
        />
      ))}
    </span>
  )
}
