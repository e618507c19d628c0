import { statusLook } from '@/domain/connector'
import type { ChargerBoard } from '@/panel/chargerPage'

import { nameOf } from './useChargerActions'

/** Which connector of the charger, each with the state it is in; `any` where it may be none in particular (OCPP's 0). */
export function ConnectorField({
  any,
  board,
  onChange,
  value,
}: {
  any?: string
  board: ChargerBoard
  onChange: (connectorId: number) => void
  value: number
}) {
  return (
    <label className="cpms-field">
      Connector
      <select
        className="cpms-input"
        onChange={(event) => onChange(Number(event.target.value))}
        value={value}
      >
        {board.connectors.map((connector) => (
          <option key={connector.id} value={connector.number}>
            {nameOf(connector)} · {statusLook(connector.status).label}
          </option>
        ))}
        {any && <option value={0}>{any}</option>}
      </select>
    </label>
  )
}
