import { statusLook, type ChargerStatus } from '@/domain/connector'
import type { FleetNow } from '@/panel/dashboard'

import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'
import { chargersIn } from './lists'

/** Faults first. The four that matter are always there, the others where there are any. */
const large: readonly ChargerStatus[] = ['Faulted', 'Offline', 'Charging', 'Available']
const small: readonly ChargerStatus[] = [
  'Preparing',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
  'Reserved',
  'Unavailable',
  'NeverConnected',
]

export function StatusFigures({ board }: { board: FleetNow }) {
  const countOf = (status: string) =>
    board.chargers.find((one) => one.status === status)?.count ?? 0
  const total = board.chargers.reduce((sum, one) => sum + one.count, 0)
  if (total === 0) {
    return (
      <div className="cpms-empty">
        <h2>No chargers yet</h2>
        <p>Add the first one and connect it: its status appears here within seconds.</p>
        <GoTo className="cpms-button" data-kind="primary" to="/admin/add-charger">
          Add a charger
        </GoTo>
      </div>
    )
  }
  return (
    <section aria-label="Chargers by status" className="cpms-block">
      <div className="cpms-figures">
        {large.map((status) => (
          <StatusFigure count={countOf(status)} key={status} status={status} />
        ))}
      </div>
      <p className="cpms-row cpms-muted">
        {small
          .filter((status) => countOf(status) > 0)
          .map((status) => (
            <GoTo key={status} to={chargersIn(status)}>
              {whole(countOf(status))} {statusLook(status).label.toLowerCase()}
            </GoTo>
          ))}
        <span>
          {whole(total)} {total === 1 ? 'charger' : 'chargers'} at {whole(board.sites)}{' '}
          {board.sites === 1 ? 'site' : 'sites'}
        </span>
      </p>
    </section>
  )
}

function StatusFigure({ status, count }: { status: ChargerStatus; count: number }) {
  const look = statusLook(status)
  // Zero faults is good news and quiet.
  const tone = count === 0 && status !== 'Available' ? undefined : look.tone
  return (
    <GoTo className="cpms-figure" data-tone={tone} to={chargersIn(status)}>
      <span className="cpms-figure-label">
        <Icon name={look.icon} /> {look.label}
      </span>
      <span className="cpms-figure-value">{whole(count)}</span>
    </GoTo>
  )
}
