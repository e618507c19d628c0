'use client'

import { Ago } from '../ui/Ago'
import { useChargerRow } from './useChargerRow'

type Props = { chargerId: number; at: string | null; timezone: string }

export function LastSeen({ chargerId, at, timezone }: Props) {
  const heard = useChargerRow<{ at: string }>(chargerId, at, (before, { event, tick }) => {
    // A reading carries the device's clock, which may be anything; it was heard now. Costs are the worker's.
    const isReading = tick !== undefined && tick.costMinor === undefined
    const now = isReading ? new Date().toISOString() : event?.at
    // What a server says of a charger, and what somebody asks of it, is no sign of the charger.
    if (!now || event?.kind === 'charger.disconnected' || event?.kind === 'command.changed')
      return null
    return before && new Date(now) < new Date(before.at) ? null : { at: now }
  })
  return <Ago at={later(heard?.at ?? null, at)} timezone={timezone} />
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return new Date(a) > new Date(b) ? a : b
}
