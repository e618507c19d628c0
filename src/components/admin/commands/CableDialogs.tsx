'use client'

import type { ConnectorBoard } from '@/panel/chargerPage'

import { ConfirmDialog } from './ConfirmDialog'
import { nameOf, type Send } from './useChargerActions'

type Props = { connector: ConnectorBoard; send: Send; onClose: () => void }

export function UnlockDialog({ connector, send, onClose }: Props) {
  return (
    <ConfirmDialog
      confirm="Unlock cable"
      onClose={onClose}
      send={() => send({ action: 'UnlockConnector', payload: { connectorId: connector.number } })}
      title={`Unlock the cable of ${nameOf(connector)}?`}
    >
      <p>Opens the lock so that a stuck cable can be pulled out.</p>
      {connector.session && <p>A charge is running here: most chargers end it first.</p>}
    </ConfirmDialog>
  )
}

export function LockDialog({ connector, send, onClose }: Props) {
  return (
    <ConfirmDialog
      confirm="Lock"
      onClose={onClose}
      send={() =>
        send({
          action: 'ChangeAvailability',
          payload: { connectorId: connector.number, type: 'Inoperative' },
        })
      }
      title={`Lock ${nameOf(connector)}?`}
    >
      <p>Takes it out of use: nobody can start a charge here until you unlock it.</p>
      {connector.session && (
        <p>The charge that is running goes on; the lock follows when it has ended.</p>
      )}
    </ConfirmDialog>
  )
}
