import type { AdminViewServerProps } from 'payload'

import { mapStyleUrl } from '@/panel/settings'

import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { MapBoard } from './MapBoard'

/** `/admin/map`: where the chargers are and how each place is doing, live. */
export function SiteMap(view: AdminViewServerProps) {
  demandStaff(view)
  const text = (name: string) => {
    const value = view.searchParams?.[name]
    return typeof value === 'string' ? value : ''
  }
  const site = Number(text('site'))
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'Map' }]} />
      <div className="cpms-page-head">
        <h1>Map</h1>
      </div>
      <MapBoard
        filter={{ status: text('status'), region: text('region'), operator: text('operator') }}
        site={Number.isSafeInteger(site) && site > 0 ? site : null}
        styleUrl={mapStyleUrl()}
      />
    </PanelPage>
  )
}
