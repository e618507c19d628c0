'use client'

import { useEffect } from 'react'

import { useLive, useReread } from '../live/LiveContext'

const everyMs = 30_000

/** Figures over a whole network are read again when something happened (the first time at once), and now and then. */
export function DashboardLive() {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (/^(charger\.status|session\.|alert\.changed)/.test(event.kind)) reread()
    },
  })
  useEffect(() => {
    const often = setInterval(() => {
      if (document.visibilityState === 'visible') reread()
    }, everyMs)
    return () => clearInterval(often)
  }, [reread])
  return null
}
