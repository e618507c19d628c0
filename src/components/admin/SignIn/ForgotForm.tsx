'use client'

import Link from 'next/link'
import { useState } from 'react'

import { save } from '../ui/save'
import { useAlive } from './alive'
import { Problem } from './Problem'

/** The same answer whether the address belongs to somebody or not (SEC-16). */
export function ForgotForm() {
  const [said, setSaid] = useState<string | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isAlive = useAlive()

  async function submit(email: string): Promise<void> {
    setBusy(true)
    setWhy(null)
    const sent = await save('POST', '/api/users/forgot-password', { email: email.trim() })
    setBusy(false)
    if (sent.kind === 'refused') setWhy(sent.why)
    else setSaid(String(sent.body['message']))
  }

  if (said !== null)
    return (
      <>
        <h1>Check your e-mail</h1>
        <p role="status">{said}</p>
        <div className="cpms-sign-in-buttons">
          <Link className="cpms-button" href="/admin/login" prefetch={false}>
            Back to login
          </Link>
          <button
            className="cpms-button"
            data-kind="quiet"
            onClick={() => setSaid(null)}
            type="button"
          >
            Another address
          </button>
        </div>
      </>
    )
  return (
    <form
      className="cpms-sign-in-form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(String(new FormData(event.currentTarget).get('email')))
      }}
    >
      <h1>Forgot Password</h1>
      <p className="cpms-muted">
        Give the e-mail address you log in with. You get a link to set a new password.
      </p>
      <label className="cpms-field">
        E-mail
        <input
          autoComplete="username"
          autoFocus
          className="cpms-input"
          maxLength={254}
          name="email"
          required
          type="email"
        />
      </label>
      <Problem secondsLeft={0} why={why} />
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={!isAlive || isBusy}
          type="submit"
        >
          {isBusy ? 'One moment…' : 'Send the link'}
        </button>
        <Link className="cpms-link" href="/admin/login" prefetch={false}>
          Back to login
        </Link>
      </div>
    </form>
  )
}
