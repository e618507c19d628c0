import { provenDays } from '@/domain/usage'
import type { FleetUsage } from '@/panel/dashboard'

import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { StatusPill } from '../ui/StatusPill'
import { unprovenList } from './HowItWorks'

/** Chargers that look well and have not charged for long: the ones nobody rings about. */
export function Unproven({ usage: { unproven, proven } }: { usage: FleetUsage }) {
  const more = proven.of - proven.chargers - unproven.length
  return (
    <section className="cpms-card">
      <h2>Longest without a charge</h2>
      {unproven.length === 0 && (
        <p className="cpms-muted">Every charger has charged a vehicle in {provenDays} days.</p>
      )}
      <ul className="cpms-list">
        {unproven.map((charger) => (
          <li key={charger.id}>
            <StatusPill isLive status={charger.status} />
            <span className="cpms-list-text">
              <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
              <span className="cpms-muted">{charger.siteName}</span>
            </span>
            <Ago at={charger.lastProvenAt} never="not yet" timezone={charger.timezone} />
          </li>
        ))}
      </ul>
      {more > 0 && <GoTo to={unprovenList(proven.since)}>{more} more</GoTo>}
    </section>
  )
}
