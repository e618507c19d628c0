import type { ReactNode } from 'react'

import { livePublicUrl } from '@/panel/settings'

import './cpms.css'
import { LiveBar } from './live/LiveBar'
import { LiveContextProvider } from './live/LiveContext'
import { PayloadNames } from './ui/PayloadNames'

/** Around every page of the panel: the live channel, and the bar that says when it is away. */
export function LiveProvider({ children }: { children: ReactNode }) {
  return (
    <LiveContextProvider url={livePublicUrl()}>
      {children}
      <LiveBar />
      <PayloadNames />
    </LiveContextProvider>
  )
}
