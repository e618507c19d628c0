import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps, DocumentViewServerProps } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'
import { viewerOf } from '@/panel/viewer'

import { PageTitle } from '../ui/PageTitle'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { FrameLog } from './FrameLog'

/** The tab "OCPP log" of a charger: every frame both ways, newest first, with a live tail. */
export async function OcppLog({
  doc,
  payload,
  initPageResult,
  searchParams,
}: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadChargerPage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { board, allowed } = page
  const text = (name: string) => {
    const value = searchParams?.[name]
    return typeof value === 'string' ? value : ''
  }
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Chargers', url: '/collections/chargers' },
          { label: board.name, url: `/collections/chargers/${board.id}` },
          { label: 'OCPP log' },
        ]}
      />
      {allowed.log ? (
        <FrameLog
          chargerId={board.id}
          from={text('from')}
          timezone={board.timezone}
          to={text('to')}
        />
      ) : (
        <p className="cpms-note">Your role does not see the OCPP log.</p>
      )}
    </Gutter>
  )
}

/** `/admin/ocpp-log`: the same for the whole network, as far as one may see it: the last hour and what comes in. */
export async function NetworkLog(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const viewer = await viewerOf({ payload: view.initPageResult.req.payload, user })
  const mayRead = viewer?.can('ocpp-messages', 'read') ?? false
  return (
    <PanelPage view={view}>
      <PageTitle path={[{ label: 'OCPP log' }]} />
      <div className="cpms-page-head">
        <h1>OCPP log</h1>
        <p className="cpms-muted">
          Every message of every charger, both ways: the last hour, and what comes in.
        </p>
      </div>
      {mayRead ? (
        <FrameLog chargerId={null} from="" timezone="Europe/London" to="" />
      ) : (
        <p className="cpms-note">Your role does not see the OCPP log.</p>
      )}
    </PanelPage>
  )
}
