'use client'

import { useState } from 'react'

import { GoTo } from '../ui/GoTo'
import { exactly } from '../ui/words'
import type { Frame } from './useFrames'

const kinds = {
  call: 'asks',
  result: 'answers',
  error: 'refuses',
  unreadable: 'unreadable',
} as const

/** One frame on one line; opened, the whole of it as it went over the wire. */
export function FrameRow({
  frame,
  timezone,
  withCharger,
}: {
  frame: Frame
  timezone: string
  withCharger: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  const at = new Date(frame.at)
  return (
    <div className="cpms-frame" data-direction={frame.direction} data-kind={frame.kind}>
      <button
        aria-expanded={isOpen}
        className="cpms-frame-line"
        onClick={() => setOpen(!isOpen)}
        title={exactly(at, timezone)}
        type="button"
      >
        <time dateTime={frame.at}>{preciseTime(at, timezone)}</time>
        <span className="cpms-frame-way">
          {frame.direction === 'in' ? 'charger → us' : 'us → charger'}
        </span>
        <strong>
          {frame.action ?? '–'} <small>{kinds[frame.kind]}</small>
        </strong>
        <code>
          {withCharger && <b>{frame.charger ?? 'not registered'} </b>}
          {bodyOf(frame.payload)}
        </code>
        {frame.error && <span className="cpms-frame-error">{frame.error}</span>}
      </button>
      {isOpen && withCharger && frame.chargerId !== null && (
        <GoTo to={`/admin/collections/chargers/${frame.chargerId}/ocpp-log`}>
          The log of {frame.charger}
        </GoTo>
      )}
      {isOpen && <pre className="cpms-code">{pretty(frame.payload)}</pre>}
    </div>
  )
}

function preciseTime(at: Date, timezone: string): string {
  return at.toLocaleTimeString('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  })
}

/** The part that differs from frame to frame: the last member of the OCPP-J array. */
function bodyOf(payload: string): string {
  try {
    const frame: unknown = JSON.parse(payload)
    if (Array.isArray(frame)) return JSON.stringify(frame.at(-1))
  } catch {
    // shown as it came
  }
  return payload
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}
