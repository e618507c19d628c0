'use client'

import { useState } from 'react'

import { FrameRow } from './FrameRow'
import { ExportMenu } from './ExportMenu'
import { queryOf, useFrames, type FrameFilter } from './useFrames'

const actions = [
  'Authorize',
  'BootNotification',
  'DataTransfer',
  'Heartbeat',
  'MeterValues',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'ChangeAvailability',
  'ChangeConfiguration',
  'GetConfiguration',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'Reset',
  'TriggerMessage',
  'UnlockConnector',
]

/** Without a charger: of the whole network. */
type Props = { chargerId: number | null; timezone: string; from: string; to: string }

export function FrameLog({ chargerId, timezone, from, to }: Props) {
  const [filter, setFilter] = useState<FrameFilter>({
    action: '',
    direction: '',
    error: '',
    from,
    to,
  })
  const [isTailing, setTailing] = useState(to === '')
  const { frames, problem, isLoading, more, keyOf } = useFrames(chargerId, filter, isTailing)
  const set = (change: Partial<FrameFilter>) => setFilter((before) => ({ ...before, ...change }))
  return (
    <>
      <div className="cpms-row">
        <select
          aria-label="Message"
          className="cpms-input"
          onChange={(event) => set({ action: event.target.value })}
          value={filter.action}
        >
          <option value="">All messages</option>
          {actions.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </select>
        <select
          aria-label="Direction"
          className="cpms-input"
          onChange={(event) => set({ direction: event.target.value })}
          value={filter.direction}
        >
          <option value="">Both directions</option>
          <option value="in">From the charger</option>
          <option value="out">To the charger</option>
        </select>
        <label className="cpms-check">
          <input
            checked={filter.error === 'true'}
            onChange={(event) => set({ error: event.target.checked ? 'true' : '' })}
            type="checkbox"
          />
          Only with a problem
        </label>
        <label className="cpms-check">
          <input
            checked={isTailing}
            onChange={(event) => {
              setTailing(event.target.checked)
              if (event.target.checked) set({ to: '' })
            }}
            type="checkbox"
          />
          Live tail
        </label>
        {(filter.from || filter.to) && (
          <button className="cpms-button" onClick={() => set({ from: '', to: '' })} type="button">
            All times
          </button>
        )}
        <span className="cpms-muted">Times in {timezone}</span>
        <ExportMenu query={queryOf(chargerId, filter)} />
      </div>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {frames.length === 0 && !problem && (
        <p className="cpms-empty">
          {isLoading
            ? 'Reading…'
            : 'No messages match. A charger that is connected sends a heartbeat every few minutes.'}
        </p>
      )}
      <div className="cpms-frames">
        {frames.map((frame) => (
          <FrameRow
            frame={frame}
            key={keyOf(frame)}
            timezone={timezone}
            withCharger={chargerId === null}
          />
        ))}
      </div>
      {more && (
        <div>
          <button className="cpms-button" onClick={() => void more()} type="button">
            Older messages
          </button>
        </div>
      )}
    </>
  )
}
