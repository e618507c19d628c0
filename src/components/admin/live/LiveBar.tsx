'use client'

import { useLiveState } from './LiveContext'

/** One quiet line while the channel is away; nothing while it is there. */
export function LiveBar() {
  const state = useLiveState()
  const isPaused = state.kind === 'paused'
  return (
    <div aria-live="polite" className="cpms-live-bar" data-shown={isPaused} role="status">
      {isPaused &&
        `Live updates paused, reconnecting · data of ${state.dataOf.toLocaleTimeString('en-GB')}`}
    </div>
  )
}
