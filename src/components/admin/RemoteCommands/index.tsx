import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'
import { loadChargerCommands } from '@/panel/commandPage'
import { loadDiagnostics } from '@/panel/firmwarePages'

import { Diagnostics } from '../Diagnostics'
import { PageTitle } from '../ui/PageTitle'
import { CommandHistory } from './CommandHistory'
import { CommandPanel } from './CommandPanel'

/** The tab "Remote commands" of a charger: all that can be asked of it, and what was. */
export async function RemoteCommands({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const id = Number(doc.id)
  const [page, commands, diagnostics] = await Promise.all([
    loadChargerPage({ payload, user }, id),
    loadChargerCommands({ payload, user }, id),
    loadDiagnostics({ payload, user }, id),
  ])
  if (!page) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Chargers', url: '/collections/chargers' },
          { label: page.board.name, url: `/collections/chargers/${id}` },
          { label: 'Remote commands' },
        ]}
      />
      <CommandPanel allowed={page.allowed} board={page.board} />
      {diagnostics && (
        <Diagnostics
          charger={{ id, name: page.board.name, timezone: page.board.timezone }}
          mayAsk={page.allowed.diagnose}
          page={diagnostics}
        />
      )}
      <CommandHistory chargerId={id} commands={commands} timezone={page.board.timezone} />
    </Gutter>
  )
}
