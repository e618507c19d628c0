'use client'

import type { CommandBoard } from '@/panel/chargerPage'

import { CommandStory } from '../commands/CommandStory'
import { useLive, useReread } from '../live/LiveContext'

type Props = { chargerId: number; commands: CommandBoard[]; timezone: string }

export function CommandHistory({ chargerId, commands, timezone }: Props) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      const isNew =
        event.kind === 'command.changed' &&
        event.chargerId === chargerId &&
        !commands.some((command) => command.id === event.body.commandId)
      if (isNew) reread()
    },
  })
  if (commands.length === 0) {
    return (
      <p className="cpms-empty">
        Nothing was asked of this charger yet. Whatever is, stands here with its outcome.
      </p>
    )
  }
  return (
    <section className="cpms-block">
      <h2>What was asked of it</h2>
      {commands.map((command) => (
        <div className="cpms-card" key={command.id}>
          <CommandStory command={command} timezone={timezone} />
        </div>
      ))}
    </section>
  )
}
