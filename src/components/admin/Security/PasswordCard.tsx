'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useNewPassword } from '../SignIn/NewPassword'
import { PasswordInput } from '../SignIn/PasswordInput'
import { Problem } from '../SignIn/Problem'
import { useWait } from '../SignIn/useWait'
import { Dialog } from '../ui/Dialog'
import { save } from '../ui/save'

export function PasswordCard() {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="cpms-card" aria-label="Password">
      <div className="cpms-card-head">
        <h2>Password</h2>
        <button className="cpms-button" onClick={() => setOpen(true)} type="button">
          Change password
        </button>
      </div>
      <p className="cpms-muted">A new password logs out every other device.</p>
      {isOpen && <ChangeDialog onClose={() => setOpen(false)} />}
    </section>
  )
}

function ChangeDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const [current, setCurrent] = useState('')
  const next = useNewPassword()
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [left, wait] = useWait()

  async function submit(): Promise<void> {
    setBusy(true)
    const saved = await save('POST', '/api/users/change-password', {
      password: current,
      newPassword: next.value,
    })
    setBusy(false)
    if (saved.kind === 'refused') {
      setWhy(saved.why)
      wait(saved.waitSeconds)
      return
    }
    toast.success('Your password is changed. Other devices are logged out.')
    onClose()
    router.refresh()
  }

  return (
    <Dialog onClose={onClose} title="Change password">
      <form
        className="cpms-sign-in-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (next.isReady) void submit()
        }}
      >
        <PasswordInput
          autoComplete="current-password"
          hasFocus
          label="Password now"
          name="password"
          onChange={setCurrent}
          value={current}
        />
        {next.fields}
        <Problem secondsLeft={left} why={why} />
        <div className="cpms-dialog-buttons">
          <button className="cpms-button" onClick={onClose} type="button">
            Cancel
          </button>
          <button
            className="cpms-button"
            data-kind="primary"
            disabled={isBusy || left > 0 || current === '' || !next.isReady}
            type="submit"
          >
            {isBusy ? 'One moment…' : 'Change password'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
