'use client'

import { save } from '../ui/save'
import { Enrol } from './Enrol'

/** For whoever was signed in before the second factor was asked of their role, or left while setting it up. */
export function MustEnrol() {
  async function leave(): Promise<void> {
    await save('POST', '/api/users/logout', {})
    window.location.assign('/admin/login')
  }
  return (
    <>
      <h1>Set up two-factor authentication</h1>
      <p className="cpms-muted">
        Your role asks for it: beside your password, a code from an app on your phone. Everything is
        open to you again when it is done.
      </p>
      <Enrol onDone={() => window.location.reload()} />
      <button className="cpms-button" data-kind="quiet" onClick={() => void leave()} type="button">
        Log out
      </button>
    </>
  )
}
