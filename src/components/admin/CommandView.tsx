import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadCommandPage } from '@/panel/commandPage'

import { FactRow } from './ChargerLive/WhatItIs'
import { CommandStory } from './commands/CommandStory'
import { nameOfCommand, readPayload } from './commands/words'
import { GoTo } from './ui/GoTo'
import { PageTitle } from './ui/PageTitle'

/** A command's page: its story, and what went over the wire. */
export async function CommandView({ doc, payload, initPageResult }: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const command = doc?.id && user ? await loadCommandPage({ payload, user }, Number(doc.id)) : null
  if (!command) return null
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Commands', url: '/collections/commands' },
          { label: `Command ${command.id}` },
        ]}
        title={`${nameOfCommand(command.action, readPayload(command.payload))} · ${command.chargerName}`}
      />
      <div className="cpms-split">
        <div className="cpms-page">
          <section className="cpms-card">
            <CommandStory command={command} timezone={command.timezone} />
          </section>
          <section className="cpms-block">
            <h2>What was sent</h2>
            <pre className="cpms-code">{pretty(command.payload)}</pre>
          </section>
          <section className="cpms-block">
            <h2>What the charger answered</h2>
            <pre className="cpms-code">
              {command.response ? pretty(command.response) : 'Nothing yet.'}
            </pre>
          </section>
        </div>
        <aside className="cpms-card">
          <h2>Command {command.id}</h2>
          <dl className="cpms-facts">
            <FactRow
              value={
                <GoTo to={`/admin/collections/chargers/${command.chargerId}`}>
                  {command.chargerName}
                </GoTo>
              }
              word="Charger"
            />
            <FactRow value={command.requestedBy ?? '–'} word="Asked by" />
            <FactRow value={command.source ?? '–'} word="Asked from" />
            <FactRow value={<span className="cpms-mono">{command.action}</span>} word="In OCPP" />
            {command.messageId && (
              <FactRow
                value={<span className="cpms-mono">{command.messageId}</span>}
                word="Message"
              />
            )}
            {command.sessionId && (
              <FactRow
                value={
                  <GoTo
                    to={`/admin/collections/sessions/${command.sessionId}`}
                  >{`${command.sessionId}`}</GoTo>
                }
                word="Session"
              />
            )}
          </dl>
        </aside>
      </div>
    </Gutter>
  )
}

function pretty(text: string | null): string {
  if (!text) return '{}'
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
