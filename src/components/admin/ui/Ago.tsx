'use client'

import { useEffect, useState } from 'react'

import { ago, duration, exactly } from './words'

/** The present instant, moved on every `everyMs`; null on the server and at first, so that both draw the same. */
export function useNow(everyMs: number): Date | null {
  const [now, setNow] = useState<Date | null>(null)
  useEffect(() => {
    setNow(new Date())
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** "2 min ago", with the exact time in the site's zone on hover and focus. */
export function Ago({
  at,
  timezone,
  never = 'never',
}: {
  at: string | null
  timezone: string | null
  never?: string
}) {
  const now = useNow(10_000)
  if (!at) return <span className="cpms-muted">{never}</span>
  const date = new Date(at)
  const exact = exactly(date, timezone)
  return (
    <time className="cpms-ago" data-exact={exact} dateTime={at} tabIndex={0} title={exact}>
      {now ? ago(date, now) : exact}
    </time>
  )
}

/** "34 min" since an instant, moving. */
export function Since({ at }: { at: string }) {
  const now = useNow(1_000)
  return <>{now ? duration((now.getTime() - new Date(at).getTime()) / 1000) : '–'}</>
}
