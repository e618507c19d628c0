'use client'

import { useEffect, useRef } from 'react'

import { useLive, useReread } from '../live/LiveContext'

const restMs = 1_000
const everyMs = 30_000

/** Figures over a whole network are read again when something happened, at most once a second, and now and then. */
export function DashboardLive() {
  const reread = useReread()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (!/^(charger\.status|session\.|alert\.changed)/.test(event.kind)) return
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        reread()
      }, restMs / 4)
    },
  })
  useEffect(() => {
    const often = setInterval(() => {
      if (document.visibilityState === 'visible') reread()
    }, everyMs)
    return () => {
      clearInterval(often)
      clearTimeout(timer.current)
    }
  }, [reread])
  return null
}
