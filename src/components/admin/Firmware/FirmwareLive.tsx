'use client'

import { useLive, useReread } from '../live/LiveContext'

/** Reads the page again when something moves in an update (of this charger, or in this one), and after a pause. */
export function FirmwareLive({
  chargerId,
  campaignId,
}: {
  chargerId?: number
  campaignId?: number
}) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind === 'charger.booted' && event.chargerId === chargerId) return reread()
      if (event.kind !== 'firmware.changed') return
      if (campaignId !== undefined && event.body.campaignId !== campaignId) return
      if (chargerId !== undefined && event.chargerId !== null && event.chargerId !== chargerId)
        return
      reread()
    },
  })
  return null
}
