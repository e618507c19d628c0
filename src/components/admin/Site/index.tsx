import '../people.css'
import '../Statements/statements.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewClientProps, DocumentViewServerProps } from 'payload'

import { loadSiteReports } from '@/panel/schedulePage'
import { loadSite } from '@/panel/sitePage'

import { SiteReports } from '../Schedules/SiteReports'
import { FormTab } from '../ui/FormTab'
import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { whole } from '../ui/words'
import { SiteChargersTable } from './SiteChargersTable'

/** The first tab of a site's page: its chargers as they are now, and what the place is; for a new site, the form. */
export async function SiteOverview(props: DocumentViewServerProps & DocumentViewClientProps) {
  const { doc, payload, initPageResult } = props
  if (!doc?.id) return <FormTab {...props} />
  const { user } = initPageResult.req
  const site = await loadSite({ payload, user }, Number(doc.id))
  if (!site) return null
  const reports = await loadSiteReports({ payload, user }, site)
  const facts: [string, string | null][] = [
    ['Address', site.address],
    ['Opening hours', site.openingHours ?? 'always open'],
    ['Charger types', site.chargerTypes],
    ['Region', site.region],
    ['Operator', site.operator],
    ['Site owner', site.owner],
    ['Time zone', site.timezone],
  ]
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle path={[{ label: 'Sites', url: '/collections/sites' }, { label: site.name }]} />
      <div className="cpms-split">
        <section className="cpms-block">
          <div className="cpms-block-head">
            <h2>
              Chargers <span className="cpms-muted">{whole(site.chargers.length)}</span>
            </h2>
            {site.mayAddCharger && (
              <GoTo className="cpms-button" to={`/admin/add-charger?site=${site.id}`}>
                Add a charger
              </GoTo>
            )}
          </div>
          <SiteChargersTable chargers={site.chargers} timezone={site.timezone} />
        </section>
        <div className="cpms-page">
          <section className="cpms-card">
            <h2>This site</h2>
            <dl className="cpms-facts">
              {facts.map(([word, value]) =>
                value ? (
                  <div className="cpms-contents" key={word}>
                    <dt>{word}</dt>
                    <dd>{value}</dd>
                  </div>
                ) : null,
              )}
            </dl>
            {site.latitude === null || site.longitude === null ? (
              <p className="cpms-note">
                Without a latitude and longitude this site is not on the map. They are entered under
                Settings.
              </p>
            ) : (
              <GoTo to="/admin/map">Show the map</GoTo>
            )}
          </section>
          {reports && <SiteReports rows={reports} siteId={site.id} />}
        </div>
      </div>
    </Gutter>
  )
}

export { FormTab as SiteSettings } from '../ui/FormTab'
