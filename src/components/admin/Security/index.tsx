import '../SignIn/signIn.css'
import './security.css'

import type { AdminViewServerProps } from 'payload'

import { loadSecurity } from '@/panel/security'

import { PageTitle } from '../ui/PageTitle'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { FactorCard } from './FactorCard'
import { LoginsCard } from './LoginsCard'
import { PasswordCard } from './PasswordCard'

/** `/admin/account/security`: one's own password, second factor and devices. Nobody else's. */
export async function Security(view: AdminViewServerProps) {
  demandStaff(view)
  const { payload, user } = view.initPageResult.req
  const page = await loadSecurity({ payload, user })
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Account', url: '/account' }, { label: 'Sign-in & security' }]} />
      <div className="cpms-page-head">
        <h1>Sign-in &amp; security</h1>
        <span className="cpms-muted">How you log in, and where you are logged in.</span>
      </div>
      {page && (
        <div className="cpms-security">
          <FactorCard state={page.secondFactor} />
          <PasswordCard />
          <LoginsCard logins={page.logins} />
        </div>
      )}
    </PanelPage>
  )
}
