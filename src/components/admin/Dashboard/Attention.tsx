import type { FleetNow } from '@/panel/dashboard'

import { Ago } from '../ui/Ago'
import { sayFault } from '../ui/FaultNote'
import { GoTo } from '../ui/GoTo'
import { StatusPill } from '../ui/StatusPill'
import { whole } from '../ui/words'

/** What somebody should look at: faults first, the longest-standing first; then what is offline. */
export function Attention({ board }: { board: FleetNow }) {
  const { attention, needsReview } = board
  return (
    <section className="cpms-card">
      <h2>Needs attention</h2>
      {attention.length === 0 && (
        <p className="cpms-muted">No faults, and every charger is connected.</p>
      )}
      <ul className="cpms-list">
        {attention.map((charger) => (
          <li key={charger.id}>
            <StatusPill isLive status={charger.status} />
            <span className="cpms-list-text">
              <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
              <span className="cpms-muted">
                {charger.siteName}
                {charger.status === 'Faulted' && sayFault(charger) ? ` · ${sayFault(charger)}` : ''}
              </span>
            </span>
            <Ago at={charger.since ?? charger.lastSeenAt} timezone={charger.timezone} />
          </li>
        ))}
      </ul>
      {needsReview > 0 && (
        <GoTo to="/admin/collections/sessions?where[or][0][and][0][status][equals]=needs-review">
          {whole(needsReview)} {needsReview === 1 ? 'session needs' : 'sessions need'} review before
          billing
        </GoTo>
      )}
    </section>
  )
}
