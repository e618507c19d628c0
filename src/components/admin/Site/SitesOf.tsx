import '../people.css'

import type { Payload } from 'payload'

import { loadSitesOf } from '@/panel/sitesOf'

import { GoTo } from '../ui/GoTo'
import { whole } from '../ui/words'

type Props = {
  id?: number | string
  data?: { id?: number | string }
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

/** On a region's page: its sites. */
export const SitesOfRegion = (props: Props) => <SitesOf {...props} kind="region" />

/** On an organisation's page: the sites it runs, and those it owns. */
export const SitesOfOrganisation = (props: Props) => <SitesOf {...props} kind="organisation" />

async function SitesOf({
  id,
  data,
  payload,
  user,
  kind,
}: Props & { kind: 'region' | 'organisation' }) {
  const ownId = Number(id ?? data?.id)
  if (!Number.isSafeInteger(ownId)) return null
  const sites = await loadSitesOf({ payload, user }, { kind, id: ownId })
  if (!sites) return null
  return (
    <div className="field-type cpms-card">
      <h3>
        Sites <span className="cpms-muted">{whole(sites.length)}</span>
      </h3>
      {sites.length === 0 ? (
        <p className="cpms-muted">
          {kind === 'region'
            ? 'No site yet. The region of a site is chosen in its Settings.'
            : 'No site yet. Operator and owner of a site are chosen in its Settings.'}
        </p>
      ) : (
        <ul className="cpms-names">
          {sites.map((site) => (
            <li key={site.id}>
              <span>
                <GoTo to={`/admin/collections/sites/${site.id}`}>{site.name}</GoTo>
                {kind === 'organisation' && (
                  <small>
                    {[site.isOperatedBy && 'operator', site.isOwnedBy && 'site owner']
                      .filter(Boolean)
                      .join(' and ')}
                  </small>
                )}
              </span>
              <span className="cpms-muted">
                {whole(site.chargers)} {site.chargers === 1 ? 'charger' : 'chargers'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
