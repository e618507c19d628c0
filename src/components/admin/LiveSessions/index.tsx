import type { AdminViewServerProps } from 'payload'

import { loadLiveSessions } from '@/panel/liveSessions'

import { PageTitle } from '../ui/PageTitle'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { LiveSessionsTable } from './LiveSessionsTable'

/** `/admin/live-sessions`: who charges now, how fast, how much, for how long, at what cost; and the button to stop it. */
export async function LiveSessions(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const board = await loadLiveSessions({ payload: view.initPageResult.req.payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Live sessions' }]} />
      <div className="cpms-page-head">
        <h1>Live sessions</h1>
      </div>
      {board && <LiveSessionsTable board={board} />}
    </PanelPage>
  )
}
