'use client'

import type { ChargerBoard } from '@/panel/chargerPage'

import { ConfirmDialog } from './ConfirmDialog'
import type { Wish } from './send'

/** The FAQ's own sentences on soft and hard; a reset during a charge names who is affected. */
export function ResetDialog({
  board,
  type,
  send,
  onClose,
}: {
  board: ChargerBoard
  type: 'Soft' | 'Hard'
  send: (wish: Wish) => Promise<string | null>
  onClose: () => void
}) {
  const running = board.connectors.filter((connector) => connector.session).length
  return (
    <ConfirmDialog
      confirm={`${type} Reset`}
      danger={type === 'Hard'}
      onClose={onClose}
      send={() => send({ action: 'Reset', payload: { type } })}
      title={`${type} Reset of ${board.name}?`}
    >
      {type === 'Soft' ? (
        <p>
          <strong>Soft Reset</strong> restarts the software, like refreshing an app. Use it for
          minor issues.
        </p>
      ) : (
        <p>
          <strong>Hard Reset</strong> cuts and restores power, like unplugging a device. Use it only
          if the charger is stuck or not responding.
        </p>
      )}
      {running > 0 && (
        <p className="cpms-problem">
          {running === 1 ? 'One charge is' : `${running} charges are`} running here and will{' '}
          {type === 'Hard' ? 'end at once' : 'usually end'}.
        </p>
      )}
      {!board.state.connected && (
        <p className="cpms-note">
          The charger is offline. We wait 30 seconds for it; if it does not come back, nothing is
          sent.
        </p>
      )}
      <p className="cpms-muted">
        It takes a few moments to reboot; this page says when it is back.
      </p>
    </ConfirmDialog>
  )
}
