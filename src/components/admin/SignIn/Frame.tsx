import type { ReactNode } from 'react'

import { Logo } from '../Brand'

/** The name of the product, the form below. `isWhole`: where Payload puts no frame of its own around it. */
export function SignInFrame({ isWhole, children }: { isWhole?: boolean; children: ReactNode }) {
  const frame = (
    <main className="cpms-sign-in">
      <Logo />
      <div className="cpms-sign-in-card">{children}</div>
    </main>
  )
  if (!isWhole) return frame
  return (
    <section className="template-minimal template-minimal--width-normal">
      <div className="template-minimal__wrap">{frame}</div>
    </section>
  )
}
