import { shareOf } from '@/domain/usage'
import type { FleetUsage } from '@/panel/dashboard'

import { GoTo } from '../ui/GoTo'
import { percent, whole } from '../ui/words'

/** Where it goes worst: chargers that are down now, and starts of a week that came to nothing. */
export function WorstSites({ worst }: { worst: FleetUsage['worst'] }) {
  return (
    <section className="cpms-card">
      <h2>Sites that do worst</h2>
      {worst.length === 0 ? (
        <p className="cpms-muted">Every charger is up, and every start of the week worked.</p>
      ) : (
        <table className="cpms-table cpms-small">
          <thead>
            <tr>
              <th>Site</th>
              <th className="cpms-num">Down now</th>
              <th className="cpms-num">Starts that worked</th>
            </tr>
          </thead>
          <tbody>
            {worst.map((site) => (
              <tr key={site.id}>
                <td data-label="Site">
                  <GoTo to={`/admin/collections/sites/${site.id}`}>{site.name}</GoTo>
                </td>
                <td className="cpms-num" data-label="Down now">
                  <span>
                    {whole(site.down)} of {whole(site.chargers)}
                  </span>
                </td>
                <td className="cpms-num" data-label="Starts that worked">
                  <span title={`${site.flowed} of ${site.tried} in 7 days`}>
                    {percent(shareOf(site.flowed, site.tried))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
