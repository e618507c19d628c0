import type { DocumentViewServerProps } from 'payload'

import { loadConfiguration } from '@/panel/chargerTabs'

import { ChargerTab, textOf } from '../ChargerTabs/ChargerTab'
import { ConfigurationBoard } from './ConfigurationBoard'

/** The tab "Configuration": what the charger is set to as last read, what a template wants, and changing a setting. */
export async function Configuration(props: DocumentViewServerProps) {
  const { doc, payload, initPageResult, searchParams } = props
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const template = Number(textOf(searchParams, 'template') ?? NaN)
  const tab = await loadConfiguration(
    { payload, user },
    Number(doc.id),
    Number.isSafeInteger(template) && template > 0 && template < 2 ** 31 ? template : null,
  )
  if (!tab) return null
  const { board, allowed } = tab.page
  return (
    <ChargerTab label="Configuration" page={tab.page}>
      {tab.configuration ? (
        <ConfigurationBoard
          chargerId={board.id}
          chargerName={board.name}
          configuration={tab.configuration}
          isConnected={board.state.connected}
          mayChange={allowed.configure}
          timezone={board.timezone}
        />
      ) : (
        <p className="cpms-note">Your role does not read the settings of this charger.</p>
      )}
    </ChargerTab>
  )
}
