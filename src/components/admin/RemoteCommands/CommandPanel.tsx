'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { useCharger } from '../ChargerLive/useCharger'
import { ConfirmDialog } from '../commands/ConfirmDialog'
import type { Wish } from '../commands/send'
import { useChargerActions, useSend } from '../commands/useChargerActions'
import { Icon } from '../ui/Icon'

type Simple = { label: string; about: string; wish: Wish; allowed: keyof AllowedHere }

/** The plain questions and orders that need no form; what needs one has its own dialog. */
const simple: readonly Simple[] = [
  {
    label: 'Ask for its status',
    about: 'It sends the state of each connector anew.',
    wish: { action: 'TriggerMessage', payload: { requestedMessage: 'StatusNotification' } },
    allowed: 'diagnose',
  },
  {
    label: 'Ask for a heartbeat',
    about: 'The shortest proof that it answers.',
    wish: { action: 'TriggerMessage', payload: { requestedMessage: 'Heartbeat' } },
    allowed: 'diagnose',
  },
  {
    label: 'Ask for meter values',
    about: 'A reading now, without waiting for the next one.',
    wish: { action: 'TriggerMessage', payload: { requestedMessage: 'MeterValues' } },
    allowed: 'diagnose',
  },
  {
    label: 'Ask what it is',
    about: 'It introduces itself again: model, firmware, serial number.',
    wish: { action: 'TriggerMessage', payload: { requestedMessage: 'BootNotification' } },
    allowed: 'diagnose',
  },
  {
    label: 'Read the settings',
    about: 'All of its configuration keys; the answer stands in the command’s page.',
    wish: { action: 'GetConfiguration', payload: {} },
    allowed: 'diagnose',
  },
  {
    label: 'Clear the card cache',
    about: 'It forgets the cards it remembers and asks us anew.',
    wish: { action: 'ClearCache', payload: {} },
    allowed: 'configure',
  },
]

export function CommandPanel({
  board: read,
  allowed,
}: {
  board: ChargerBoard
  allowed: AllowedHere
}) {
  const board = useCharger(read)
  const send = useSend(board.id)
  const [isChanging, setChanging] = useState(false)
  const shown = simple.filter((one) => allowed[one.allowed])
  async function ask(wish: Wish): Promise<void> {
    const problem = await send(wish)
    if (problem) toast.error(problem)
  }
  const { groups, dialog } = useChargerActions(board, allowed)
  if (shown.length === 0 && groups.length === 0) return null
  return (
    <section className="cpms-block">
      <h2>Ask for something</h2>
      <div className="cpms-grid">
        {groups.map((group) => (
          <div className="cpms-card" key={group.key}>
            <h3>{group.title}</h3>
            {group.items.map((item) => (
              <div className="cpms-ask" key={item.key}>
                <button
                  className="cpms-button"
                  data-kind={item.danger ? 'danger' : undefined}
                  onClick={item.onSelect}
                  type="button"
                >
                  <Icon name={item.icon} /> {item.label}
                </button>
                <span className="cpms-muted">{item.note}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {shown.length > 0 && (
        <div className="cpms-card">
          <h3>Diagnose</h3>
          <div className="cpms-grid">
            {shown.map((one) => (
              <div className="cpms-ask" key={one.label}>
                <button className="cpms-button" onClick={() => void ask(one.wish)} type="button">
                  {one.label}
                </button>
                <span className="cpms-muted">{one.about}</span>
              </div>
            ))}
            {allowed.configure && (
              <div className="cpms-ask">
                <button className="cpms-button" onClick={() => setChanging(true)} type="button">
                  Change a setting
                </button>
                <span className="cpms-muted">One of its configuration keys, by name.</span>
              </div>
            )}
          </div>
        </div>
      )}
      {dialog}
      {isChanging && <ChangeDialog onClose={() => setChanging(false)} send={send} />}
    </section>
  )
}

type ChangeProps = { send: (wish: Wish) => Promise<string | null>; onClose: () => void }

function ChangeDialog({ send, onClose }: ChangeProps) {
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  return (
    <ConfirmDialog
      canSend={key.trim() !== ''}
      confirm="Change"
      onClose={onClose}
      send={() => send({ action: 'ChangeConfiguration', payload: { key: key.trim(), value } })}
      title="Change a setting of the charger"
    >
      <label className="cpms-field">
        Key
        <input
          data-focus
          className="cpms-input"
          maxLength={50}
          onChange={(event) => setKey(event.target.value)}
          placeholder="MeterValueSampleInterval"
          value={key}
        />
      </label>
      <label className="cpms-field">
        Value
        <input
          className="cpms-input"
          maxLength={500}
          onChange={(event) => setValue(event.target.value)}
          value={value}
        />
      </label>
      <p className="cpms-muted">Read the settings first: their names differ from maker to maker.</p>
    </ConfirmDialog>
  )
}
