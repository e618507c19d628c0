import './notifications.css'

import type { AdminViewServerProps } from 'payload'

import { loadNotifications } from '@/panel/notifications'

import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { NotificationsForm } from './NotificationsForm'

/** `/admin/notifications`: which alerts reach one, how, and when not. Everybody's own. */
export async function Notifications(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const page = await loadNotifications({ payload: view.initPageResult.req.payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle
        path={[{ label: 'Alerts', url: '/collections/alerts' }, { label: 'What reaches me' }]}
      />
      <div className="cpms-page-head">
        <h1>What reaches me</h1>
        <span className="cpms-muted">
          Which alerts you are told of, and how. Nobody else sees or changes this.
        </span>
      </div>
      {page && <NotificationsForm page={page} />}
    </PanelPage>
  )
}
