'use client'

import { useCallback, useEffect } from 'react'

import { useLive, useReread } from './LiveContext'

const everyMs = 60_000

/**
 * Reads a page again when the channel was away, and once a minute while somebody looks ("last seen" moves silently). Not
 * while rows of a list are ticked: with new rows Payload forgets which.
 */
export function KeepFresh() {
  const read = useReread()
  const reread = useCallback(() => {
    if (!document.querySelector('.cell-_select input:checked')) read()
  }, [read])
  useLive({ onReturn: reread })
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reread()
    }, everyMs)
    return () => clearInterval(timer)
  }, [reread])
  return null
}
