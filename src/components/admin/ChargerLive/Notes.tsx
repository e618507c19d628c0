'use client'

import type { ChargerBoard } from '@/panel/chargerPage'

import { readPayload } from '../commands/words'
import { Ago, useNow } from '../ui/Ago'
import { HelpNote } from '../ui/HelpNote'
import { duration } from '../ui/words'

/** What "Offline" means, in the FAQ's words, where the question comes up. */
export function OfflineNote({ board }: { board: ChargerBoard }) {
  const { state, timezone } = board
  if (state.status === 'NeverConnected') {
    return (
      <div className="cpms-note">
        <strong>This charger has not connected yet.</strong> Enter our OCPP address, its identity{' '}
        <span className="cpms-mono">{board.identity}</span> and its password in the charger’s set-up
        page, give it internet access (SIM card or Wi-Fi) and restart it.
      </div>
    )
  }
  return (
    <div className="cpms-note">
      <strong>
        Offline since <Ago at={state.disconnectedAt ?? state.lastSeenAt} timezone={timezone} />.
      </strong>{' '}
      The charger is not connected to the system any more. This can happen due to no internet
      connection (Wi-Fi or 4G issue), a power cut, or network or router problems. Try checking the
      charger’s lights or screen, and restart it. If it stays offline, contact your support team. A
      charge under way may go on; its readings come in when the charger is back.
    </div>
  )
}

const longestMs = 10 * 60_000
const worryAfterMs = 3 * 60_000

/** "Rebooting…" after a reset until the charger has booted, or the plain word that it has not come back. */
export function RebootNote({ board }: { board: ChargerBoard }) {
  const now = useNow(1_000)
  const reset = board.commands.find((command) => command.action === 'Reset')
  if (!reset?.sentAt || !now || ['rejected', 'timeout', 'failed'].includes(reset.status))
    return null
  const sentMs = new Date(reset.sentAt).getTime()
  const bootedMs = board.state.bootedAt ? new Date(board.state.bootedAt).getTime() : 0
  const waitedMs = now.getTime() - sentMs
  if (waitedMs > longestMs) return null
  const name = readPayload(reset.payload).type === 'Hard' ? 'Hard Reset' : 'Soft Reset'
  if (bootedMs >= sentMs) {
    if (now.getTime() - bootedMs > 60_000) return null
    return (
      <div className="cpms-note" role="status">
        <strong>Back after {duration((bootedMs - sentMs) / 1000)}.</strong> The {name} is done.
      </div>
    )
  }
  return (
    <div className="cpms-note" role="status">
      <span className="cpms-row">
        <span aria-hidden="true" className="cpms-waiting" />
        <strong>Rebooting…</strong> {duration(waitedMs / 1000)} since the {name}
        <HelpNote about={name}>
          Soft Reset restarts the software, like refreshing an app. Hard Reset cuts and restores
          power, like unplugging a device.
        </HelpNote>
      </span>
      {waitedMs > worryAfterMs && (
        <p>
          It has not come back yet. Check its lights or screen; if it stays dark, somebody has to
          look at its power supply.
        </p>
      )}
    </div>
  )
}
