import type { DocumentViewServerProps } from 'payload'

import { loadEvents } from '@/panel/chargerTabs'

import { ChargerTab } from '../ChargerTabs/ChargerTab'
import { EventList } from './EventList'

/** The tab "Status & event log": what the charger said of itself, in words, and what became of its connection. */
export async function EventLog({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const tab = doc?.id && user ? await loadEvents({ payload, user }, Number(doc.id)) : null
  if (!tab) return null
  const { board } = tab.page
  return (
    <ChargerTab label="Status & event log" page={tab.page}>
      <EventList
        chargerId={board.id}
        connectors={board.connectors.map(({ number, label }) => ({ number, label }))}
        first={tab.events}
        timezone={board.timezone}
      />
    </ChargerTab>
  )
}
