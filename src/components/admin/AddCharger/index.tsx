import type { AdminViewServerProps } from 'payload'

import { loadAddCharger } from '@/panel/addCharger'

import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { Guide } from './Guide'

/** `/admin/add-charger`: from the serial number on the type plate to a charger that is connected. */
export async function AddCharger(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const page = await loadAddCharger({ payload: view.initPageResult.req.payload, user })
  const { identity: asked, site } = view.searchParams ?? {}
  return (
    <PanelPage view={view}>
      <PageTitle
        path={[{ label: 'Chargers', url: '/collections/chargers' }, { label: 'Add a charger' }]}
      />
      <div className="cpms-page-head">
        <h1>Add a charger</h1>
      </div>
      {page ? (
        <Guide
          identity={typeof asked === 'string' ? asked.slice(0, 48) : ''}
          page={page}
          site={page.sites.some(({ id }) => String(id) === site) ? String(site) : ''}
        />
      ) : (
        <p className="cpms-note">Your role does not add chargers. Ask a Super Admin.</p>
      )}
    </PanelPage>
  )
}
