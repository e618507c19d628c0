'use client'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { CommandStory } from '../commands/CommandStory'
import { KeepFresh } from '../live/KeepFresh'
import { GoTo } from '../ui/GoTo'
import { ConnectorCard } from './ConnectorCard'
import { OfflineNote, RebootNote } from './Notes'
import { RecentSessions } from './RecentSessions'
import { useCharger } from './useCharger'
import { WhatItIs } from './WhatItIs'

/** In the hand: each connector with its charge, what was asked of it, what it is. */
export function ChargerOverview({
  board: read,
  allowed,
}: {
  board: ChargerBoard
  allowed: AllowedHere
}) {
  const board = useCharger(read)
  const { status } = board.state
  return (
    <div className="cpms-split">
      <KeepFresh />
      <div className="cpms-page">
        <RebootNote board={board} />
        {(status === 'Offline' || status === 'NeverConnected') && <OfflineNote board={board} />}
        {board.connectors.length > 0 && (
          <div className="cpms-grid">
            {board.connectors.map((connector) => (
              <ConnectorCard
                allowed={allowed}
                board={board}
                connector={connector}
                key={connector.id}
              />
            ))}
          </div>
        )}
        {board.commands.length > 0 && (
          <section className="cpms-block">
            <div className="cpms-block-head">
              <h2>Remote commands</h2>
              <GoTo to={`/admin/collections/chargers/${board.id}/commands`}>All commands</GoTo>
            </div>
            <div className="cpms-card">
              {board.commands.slice(0, 3).map((command) => (
                <CommandStory command={command} key={command.id} timezone={board.timezone} />
              ))}
            </div>
          </section>
        )}
        <RecentSessions board={board} />
      </div>
      <WhatItIs board={board} />
    </div>
  )
}
