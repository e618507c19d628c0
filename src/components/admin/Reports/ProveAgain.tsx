'use client'

import { useState, type FormEvent } from 'react'

import { Dialog } from '../ui/Dialog'

/** A large file asks for the second factor once more; then it is written as it was asked for. */
export function ProveAgain({ onProved, onClose }: { onProved: () => void; onClose: () => void }) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    const answer = await fetch('/api/users/step-up', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code: code.trim() }),
    }).catch(() => null)
    setBusy(false)
    if (answer?.ok) return onProved()
    const body = (await answer?.json().catch(() => null)) as {
      errors?: { message?: string }[]
      detail?: string
    } | null
    setProblem(
      body?.detail ??
        body?.errors?.[0]?.message ??
        'The server cannot be reached. Check the connection and try again.',
    )
  }

  return (
    <Dialog onClose={onClose} title="Enter your code once more">
      <form onSubmit={(event) => void send(event)}>
        <p>
          A file of more than 10,000 rows is a copy of the business. Enter the code of your
          authenticator app, or one of your recovery codes.
        </p>
        <label className="cpms-field">
          Code
          <input
            autoComplete="one-time-code"
            className="cpms-input"
            data-focus
            inputMode="numeric"
            onChange={(event) => setCode(event.target.value)}
            required
            value={code}
          />
        </label>
        {problem && (
          <p className="cpms-note" data-kind="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="cpms-dialog-buttons">
          <button className="cpms-button" data-kind="quiet" onClick={onClose} type="button">
            Cancel
          </button>
          <button className="cpms-button" disabled={isBusy || code.trim() === ''} type="submit">
            {isBusy ? 'One moment…' : 'Continue'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
