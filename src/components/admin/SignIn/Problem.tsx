'use client'

import { minutesAndSeconds } from './useWait'

/** Why it did not work, or how long to wait; read out when it appears. */
export function Problem({ why, secondsLeft }: { why: string | null; secondsLeft: number }) {
  if (secondsLeft > 0)
    return (
      <p className="cpms-problem" role="alert">
        Too many tries. Try again in{' '}
        {/* the minute that moves is for the eye: read out once is enough */}
        <b aria-live="off" className="cpms-now">
          {minutesAndSeconds(secondsLeft)}
        </b>
        , or ask a Super Admin to unlock you.
      </p>
    )
  if (why === null) return null
  return (
    <p className="cpms-problem" role="alert">
      {why}
    </p>
  )
}
