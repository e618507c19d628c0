import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import type { ReactNode } from 'react'

/** The frame of a page of ours: the panel's own menu and header around it, and the login for a stranger. */
export function PanelPage({ view, children }: { view: AdminViewServerProps; children: ReactNode }) {
  const { initPageResult, params, searchParams } = view
  const { req, permissions, visibleEntities, locale } = initPageResult
  demandStaff(view)
  return (
    <DefaultTemplate
      i18n={req.i18n}
      locale={locale}
      params={params}
      payload={req.payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={req.user ?? undefined}
      viewActions={view.viewActions}
      visibleEntities={visibleEntities}
    >
      <Gutter>
        <main className="cpms-page">{children}</main>
      </Gutter>
    </DefaultTemplate>
  )
}

/** `demandStaff`: root views are open to the world until they look who is there (MEASURED, admin customisation). */
export function demandStaff({ initPageResult }: Pick<AdminViewServerProps, 'initPageResult'>): {
  id: number
  collection: 'users'
} {
  const { user, payload } = initPageResult.req
  if (user?.collection !== 'users' || typeof user.id !== 'number') {
    redirect(`${payload.config.routes.admin}/login`)
  }
  return { id: user.id, collection: 'users' }
}
