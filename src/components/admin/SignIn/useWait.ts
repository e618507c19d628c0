'use client'

import { useCallback, useEffect, useState } from 'react'

/** Seconds until the next try counts, moving; 0: now. */
export function useWait(): [secondsLeft: number, begin: (seconds: number | null) => void] {
  const [until, setUntil] = useState(0)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const show = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    show()
    if (until <= Date.now()) return
    const timer = setInterval(show, 500)
    return () => clearInterval(timer)
  }, [until])
  const begin = useCallback(
    (seconds: number | null) => setUntil(seconds === null ? 0 : Date.now() + seconds * 1000),
    [],
  )
  return [left, begin]
}

/** `14:05` */
export const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
