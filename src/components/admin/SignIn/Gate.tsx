import './signIn.css'

import type { Payload } from 'payload'
import type { ReactNode } from 'react'

import { loadStanding } from '@/panel/signIn'
import type { Looking } from '@/panel/viewer'

import { SignInFrame } from './Frame'
import { MustEnrol } from './MustEnrol'
import { StepUp } from './StepUp'
import { ViewAsBar } from './ViewAsBar'

type Props = { children: ReactNode; payload: Payload; user?: Looking['user'] }

/** Around every page: whoever must have a second factor and has none sets it up and sees nothing else. */
export async function SignInGate({ children, payload, user }: Props) {
  const standing = await loadStanding({ payload, user })
  if (!standing) return <>{children}</>
  if (standing.mustEnrol)
    return (
      <SignInFrame isWhole>
        <MustEnrol />
      </SignInFrame>
    )
  const { viewsAs } = standing
  return (
    <>
      {children}
      <StepUp />
      {viewsAs && <ViewAsBar name={viewsAs.name} until={viewsAs.until} />}
    </>
  )
}
