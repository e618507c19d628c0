'use client'

import { useLive, useReread } from '../live/LiveContext'

/** Reads the page again when an alert changes: any, one, or those of a charger. */
export function AlertsLive({ only, charger }: { only?: number; charger?: number }) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind !== 'alert.changed') return
      if (only !== undefined && event.body['alertId'] !== only) return
      if (charger === undefined || event.chargerId === charger) reread()
    },
  })
  return null
}
