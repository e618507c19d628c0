'use client'

import { useEffect } from 'react'

import { useLive, useReread } from './LiveContext'

const everyMs = 60_000

/** Reads a page again when the channel was away, and once a minute while somebody looks ("last seen" moves silently). */
export function KeepFresh() {
  const reread = useReread()
  useLive({ onReturn: reread })
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reread()
    }, everyMs)
    return () => clearInterval(timer)
  }, [reread])
  return null
}
