'use client'

import { useState } from 'react'

import { save } from '../ui/save'
import { clock } from '../ui/words'
import { useNow } from '../ui/Ago'

/** On every page while one looks through somebody else's eyes: whose, until when, and the way back. */
export function ViewAsBar({ name, until }: { name: string; until: string }) {
  const [isBusy, setBusy] = useState(false)
  const now = useNow(1_000)
  const isOver = now !== null && now.getTime() >= Date.parse(until)
  const zone = now ? Intl.DateTimeFormat().resolvedOptions().timeZone : null

  async function leave(): Promise<void> {
    setBusy(true)
    await save('POST', '/api/users/view-as/end', {})
    // what stands on the page was read through the other's eyes
    window.location.assign('/admin/collections/users')
  }

  return (
    <div className="cpms-view-as" data-tone="amber" role="region" aria-label="View as">
      {isOver ? (
        <span>The half hour is over: what you open now is yours again.</span>
      ) : (
        <span>
          You see what <b>{name}</b> sees. Nothing can be changed. It ends by itself
          {now && <> at {clock(new Date(until), zone).slice(0, 5)}</>}.
        </span>
      )}
      <button className="cpms-button" disabled={isBusy} onClick={() => void leave()} type="button">
        {isOver ? 'Go on' : 'Leave'}
      </button>
    </div>
  )
}
