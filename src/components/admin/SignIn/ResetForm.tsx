'use client'

import { useState } from 'react'

import { save } from '../ui/save'
import { useNewPassword } from './NewPassword'
import { Problem } from './Problem'

/** The password is set by the link and nobody is signed in by it: that is done with the password, as ever. */
export function ResetForm({ token }: { token: string }) {
  const password = useNewPassword({ hasFocus: true })
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    setBusy(true)
    const set = await save('POST', '/api/users/reset-password', { token, password: password.value })
    if (set.kind === 'ok') return window.location.assign('/admin/login?set=password')
    setBusy(false)
    setWhy(set.why)
  }

  return (
    <form
      className="cpms-sign-in-form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        if (password.isReady) void submit()
      }}
    >
      <h1>Set your password</h1>
      {password.fields}
      <Problem secondsLeft={0} why={why} />
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={isBusy || !password.isReady}
          type="submit"
        >
          {isBusy ? 'One moment…' : 'Set password'}
        </button>
      </div>
    </form>
  )
}
