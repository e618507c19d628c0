import '../people.css'

import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadSitePricing } from '@/panel/sitePage'

import { GoTo } from '../ui/GoTo'
import { PageTitle } from '../ui/PageTitle'
import { PricingForm } from './PricingForm'

/** The tab Pricing of a site: what charging costs here. */
export async function SitePricingTab({ doc, payload, initPageResult }: DocumentViewServerProps) {
  if (!doc?.id) return null
  const id = Number(doc.id)
  const { user } = initPageResult.req
  const pricing = await loadSitePricing({ payload, user }, id)
  const name = typeof doc.name === 'string' ? doc.name : `No. ${id}`
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Sites', url: '/collections/sites' },
          { label: name, url: `/collections/sites/${id}` },
          { label: 'Pricing' },
        ]}
      />
      {pricing ? (
        <>
          <PricingForm pricing={pricing} siteId={id} />
          {pricing.exceptions.length > 0 && (
            <p className="cpms-muted">
              With a price of their own:{' '}
              {pricing.exceptions.map((charger, i) => (
                <span key={charger.id}>
                  {i > 0 && ', '}
                  <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
                </span>
              ))}
            </p>
          )}
        </>
      ) : (
        <p className="cpms-note">Your role does not show prices of this site.</p>
      )}
    </Gutter>
  )
}
