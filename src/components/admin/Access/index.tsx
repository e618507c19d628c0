import type { DocumentViewServerProps } from 'payload'

import { loadChargerAccess } from '@/panel/chargerTabs'

import { ChargerTab } from '../ChargerTabs/ChargerTab'
import { AccessBoard } from './AccessBoard'

/** The tab "Access": Public or Private Mode, and whom a private charger serves. */
export async function Access({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const tab = doc?.id && user ? await loadChargerAccess({ payload, user }, Number(doc.id)) : null
  if (!tab) return null
  return (
    <ChargerTab label="Access" page={tab.page}>
      <AccessBoard access={tab.access} mayChange={tab.mayChange} />
    </ChargerTab>
  )
}
