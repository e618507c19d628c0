import type { AdminViewServerProps } from 'payload'

import { loadKnocks } from '@/panel/knocks'

import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { KnockList } from './KnockList'

/** `/admin/connection-doctor`: who knocked and was not let in, why, and what to do about it. */
export async function ConnectionDoctor(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const board = await loadKnocks({ payload: view.initPageResult.req.payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Connection doctor' }]} />
      <div className="cpms-page-head">
        <h1>Connection doctor</h1>
        <p className="cpms-muted">
          Chargers that tried to connect within a day and were not let in.
        </p>
      </div>
      {board ? (
        <KnockList board={board} />
      ) : (
        <p className="cpms-note">Your role does not set chargers up.</p>
      )}
    </PanelPage>
  )
}
