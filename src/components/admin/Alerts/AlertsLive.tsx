'use client'

import { useLive, useReread } from '../live/LiveContext'

/** Reads the page again when an alert changes, wherever that was. */
export function AlertsLive({ only }: { only?: number }) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind !== 'alert.changed') return
      if (only === undefined || event.body['alertId'] === only) reread()
    },
  })
  return null
}
