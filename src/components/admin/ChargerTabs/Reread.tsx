'use client'

import { useLive, useReread } from '../live/LiveContext'

/** Reads the tab again when one of these things happens at this charger, or when the channel was away. */
export function Reread({ chargerId, kinds }: { chargerId: number; kinds: readonly string[] }) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.chargerId === chargerId && kinds.includes(event.kind)) reread()
    },
  })
  return null
}
