'use client'

import { useEffect, useState } from 'react'

import type { LiveEvent, MeterTick } from '../live/connection'
import { useLive } from '../live/LiveContext'

/** A row that was read on the server while an event was on its way is this much behind at most. */
const overlapMs = 3_000

/**
 * A list row as the server read it, and over it what was heard of that charger since. When the server has read the row
 * again (`read` is another), what was heard before no longer counts.
 */
export function useChargerRow<Heard extends object>(
  chargerId: number,
  read: unknown,
  hear: (before: Heard | null, said: { event?: LiveEvent; tick?: MeterTick }) => Heard | null,
): Heard | null {
  const [heard, setHeard] = useState<{ value: Heard; atMs: number } | null>(null)
  useEffect(() => {
    setHeard((before) => (before && Date.now() - before.atMs < overlapMs ? before : null))
  }, [read])
  function take(said: { event?: LiveEvent; tick?: MeterTick }): void {
    setHeard((before) => {
      const value = hear(before?.value ?? null, said)
      return value === null ? before : { value, atMs: Date.now() }
    })
  }
  useLive({
    onEvent: (event) => {
      if (event.chargerId === chargerId) take({ event })
    },
    onTicks: (ticks) => {
      const tick = ticks.findLast((one) => one.charger === chargerId)
      if (tick) take({ tick })
    },
  })
  return heard?.value ?? null
}
