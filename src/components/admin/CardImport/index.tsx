import '../people.css'

import type { AdminViewServerProps } from 'payload'

import { loadCardImport } from '@/panel/cardImport'

import { PageTitle } from '../ui/PageTitle'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { ImportCards } from './ImportCards'

/** `/admin/rfid-import`: many cards from one file; a look at every line first, then the import. */
export async function CardImport(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const page = await loadCardImport({ payload: view.initPageResult.req.payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle
        path={[
          { label: 'RFID Management', url: '/collections/rfid-cards' },
          { label: 'Import a file' },
        ]}
      />
      <div className="cpms-page-head">
        <h1>Import cards</h1>
      </div>
      {page ? (
        <ImportCards {...page} />
      ) : (
        <p className="cpms-note">Your role does not allow adding cards.</p>
      )}
    </PanelPage>
  )
}
