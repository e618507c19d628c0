'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { ProfilePurpose, ProfileUnit, Recurrence } from '@/domain/chargingProfile'
import { instantAt } from '@/domain/tariff/wall'
import type { ChargerBoard } from '@/panel/chargerPage'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { nameOf } from '../commands/useChargerActions'
import { save } from '../ui/save'
import { PeriodRows, type PeriodDraft } from './PeriodRows'
import { purposeWords } from './words'

const purposes: readonly ProfilePurpose[] = [
  'ChargePointMaxProfile',
  'TxDefaultProfile',
  'TxProfile',
]

/** The button and its form: what is limited, to how much, and when. */
export function NewProfile({ board }: { board: ChargerBoard }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        className="cpms-button"
        data-kind="primary"
        onClick={() => setOpen(true)}
        type="button"
      >
        Limit the power
      </button>
      {isOpen && <ProfileDialog board={board} onClose={() => setOpen(false)} />}
    </>
  )
}

function ProfileDialog({ board, onClose }: { board: ChargerBoard; onClose: () => void }) {
  const router = useRouter()
  const running = board.connectors.filter((connector) => connector.session)
  const [purpose, setPurpose] = useState<ProfilePurpose>('ChargePointMaxProfile')
  const [connector, setConnector] = useState(0)
  const [unit, setUnit] = useState<ProfileUnit>('W')
  const [recurrence, setRecurrence] = useState<Recurrence>('always')
  const [periods, setPeriods] = useState<PeriodDraft[]>([
    { day: 0, time: '00:00', limit: '', phases: '' },
  ])
  const [stackLevel, setStackLevel] = useState('0')
  const [validFrom, setValidFrom] = useState('')
  const [validTo, setValidTo] = useState('')

  const choices = purpose === 'TxProfile' ? running : board.connectors
  const connectorNumber =
    purpose === 'ChargePointMaxProfile'
      ? 0
      : purpose === 'TxProfile'
        ? connector || (running[0]?.number ?? 0)
        : connector
  const isComplete = periods.every(({ limit }) => limit !== '' && Number(limit) >= 0)

  async function send(): Promise<string | null> {
    const saved = await save('POST', '/api/charging-profiles', {
      charger: board.id,
      purpose,
      connectorNumber,
      unit,
      recurrence,
      periods: periods.map(({ day, time, limit, phases }) => ({
        fromMinute:
          recurrence === 'always' ? 0 : minutesOf(time, recurrence === 'weekly' ? day : 0),
        limit: unit === 'W' ? Math.round(Number(limit) * 1000) : Number(limit),
        phases: phases === '' ? null : Number(phases),
      })),
      stackLevel: Number(stackLevel),
      validFrom: instantAt(validFrom, board.timezone),
      validTo: instantAt(validTo, board.timezone),
    })
    if (saved.kind === 'refused') return saved.why
    router.refresh()
    return null
  }

  return (
    <ConfirmDialog
      canSend={isComplete && (purpose !== 'TxProfile' || running.length > 0)}
      confirm="Send to the charger"
      onClose={onClose}
      send={send}
      title={`Limit the power of ${board.name}`}
    >
      <label className="cpms-field">
        What is limited
        <select
          className="cpms-input"
          data-focus
          name="purpose"
          onChange={(event) => {
            setPurpose(event.target.value as ProfilePurpose)
            setConnector(0)
          }}
          value={purpose}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {purposeWords[one]}
            </option>
          ))}
        </select>
      </label>
      {purpose === 'TxProfile' && running.length === 0 && (
        <p className="cpms-note">No charge is running here. Limit every charge instead.</p>
      )}
      {purpose !== 'ChargePointMaxProfile' && choices.length > 0 && (
        <label className="cpms-field">
          Connector
          <select
            className="cpms-input"
            onChange={(event) => setConnector(Number(event.target.value))}
            value={connectorNumber}
          >
            {purpose === 'TxDefaultProfile' && <option value={0}>All of them</option>}
            {choices.map((one) => (
              <option key={one.id} value={one.number}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="cpms-profile-pair">
        <label className="cpms-field">
          Limit in
          <select
            className="cpms-input"
            onChange={(event) => setUnit(event.target.value as ProfileUnit)}
            value={unit}
          >
            <option value="W">kW (power)</option>
            <option value="A">A (current of each phase)</option>
          </select>
        </label>
        <label className="cpms-field">
          When
          <select
            className="cpms-input"
            name="recurrence"
            onChange={(event) => {
              setRecurrence(event.target.value as Recurrence)
              setPeriods((all) => [{ ...all[0]!, day: 0, time: '00:00' }])
            }}
            value={recurrence}
          >
            <option value="always">Always</option>
            <option value="daily">By the time of day</option>
            <option value="weekly">By day and time of the week</option>
          </select>
        </label>
      </div>
      <PeriodRows onChange={setPeriods} periods={periods} recurrence={recurrence} unit={unit} />
      <details>
        <summary>More: from, until, level</summary>
        <div className="cpms-profile-pair">
          <label className="cpms-field">
            Holds from
            <input
              className="cpms-input"
              onChange={(event) => setValidFrom(event.target.value)}
              type="datetime-local"
              value={validFrom}
            />
          </label>
          <label className="cpms-field">
            Holds until
            <input
              className="cpms-input"
              onChange={(event) => setValidTo(event.target.value)}
              type="datetime-local"
              value={validTo}
            />
          </label>
        </div>
        <label className="cpms-field">
          Stack level: of two limits of the same kind, the higher level counts. Some chargers take 0
          only.
          <input
            className="cpms-input"
            max={99}
            min={0}
            onChange={(event) => setStackLevel(event.target.value)}
            type="number"
            value={stackLevel}
          />
        </label>
        <p className="cpms-muted">Times by the clock of the site ({board.timezone}).</p>
      </details>
    </ConfirmDialog>
  )
}

function minutesOf(time: string, day: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return day * 1440 + hours * 60 + minutes
}
