import './firmware.css'

import type { AdminViewServerProps, DocumentViewServerProps } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'
import { loadFirmwareTab, loadUpdateStart } from '@/panel/firmwarePages'

import { ChargerTab } from '../ChargerTabs/ChargerTab'
import { demandStaff, PanelPage } from '../ui/PanelPage'
import { PageTitle } from '../ui/PageTitle'
import { ChargerUpdates } from './ChargerUpdates'
import { FirmwareLive } from './FirmwareLive'
import { UpdateFlow } from './UpdateFlow'

/** The tab "Firmware Update" of a charger: what it runs, what is under way, and a new one in four steps. */
export async function FirmwareUpdate({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const page = await loadChargerPage({ payload, user }, Number(doc.id))
  if (!page) return null
  const { board } = page
  const place = { chargerId: board.id, siteId: board.siteId, regionId: board.regionId }
  const tab = await loadFirmwareTab({ payload, user }, place)
  if (!tab) return null
  const isBusy = tab.updates.some((update) => update.finishedAt === null)
  return (
    <ChargerTab label="Firmware Update" page={page}>
      <FirmwareLive chargerId={board.id} />
      <ChargerUpdates
        charger={{
          name: board.name,
          vendor: board.state.vendor,
          model: board.state.model,
          version: board.state.firmwareVersion,
          bootedAt: board.state.bootedAt,
          timezone: board.timezone,
        }}
        updates={tab.updates}
      />
      {tab.start && !isBusy && <UpdateFlow start={tab.start} title="New firmware update" />}
    </ChargerTab>
  )
}

/** `/admin/firmware-update?chargers=1,2`: the same four steps for any chargers, or for the rows that were selected. */
export async function NewFirmwareUpdate(view: AdminViewServerProps) {
  const user = demandStaff(view)
  const chosen = view.searchParams?.['chargers']
  const ids = (typeof chosen === 'string' ? chosen.split(',') : [])
    .filter((text) => /^[1-9]\d{0,8}$/.test(text))
    .map(Number)
    .slice(0, 10_000)
  const start = await loadUpdateStart({ payload: view.initPageResult.req.payload, user }, ids)
  return (
    <PanelPage view={view}>
      <PageTitle
        path={[{ label: 'Firmware', url: '/collections/firmware' }, { label: 'Firmware Update' }]}
      />
      <div className="cpms-page-head">
        <h1>Firmware Update</h1>
      </div>
      {start ? (
        <UpdateFlow start={start} />
      ) : (
        <p className="cpms-empty">Your role does not update firmware. Ask a Super Admin.</p>
      )}
    </PanelPage>
  )
}
