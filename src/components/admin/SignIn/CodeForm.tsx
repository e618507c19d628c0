'use client'

import { useId, useRef, useState, type ReactNode } from 'react'

import type { Refusal } from '../ui/save'
import { Problem } from './Problem'
import { useWait } from './useWait'

type Props = {
  submit: (code: string) => Promise<Refusal | null>
  submitLabel: string
  /** Said beside the button, while it works. */
  busyLabel?: string
  cancel?: { label: string; onCancel: () => void }
  /** Where the phone is lost. Not while it is being set up. */
  allowsRecovery?: boolean
  /** More to fill in before the code. */
  children?: ReactNode
  isReady?: boolean
}

/**
 * The six digits of the app, typed, pasted with or without its space, or filled in by the browser; the sixth digit sends
 * them. Or a recovery code.
 */
export function CodeForm({
  submit,
  submitLabel,
  busyLabel = 'Checking…',
  cancel,
  allowsRecovery = true,
  children,
  isReady = true,
}: Props) {
  const id = useId()
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isSent = useRef(false)
  const input = useRef<HTMLInputElement>(null)
  const [left, wait] = useWait()
  const isWhole = isRecovery ? code.replace(/[^a-z2-7]/gi, '').length === 10 : code.length === 6
  const mayGo = isWhole && isReady && left === 0

  async function send(text: string): Promise<void> {
    // the sixth digit and the Enter key after it are one try
    if (isSent.current) return
    isSent.current = true
    setBusy(true)
    const refusal = await submit(text)
    isSent.current = false
    setBusy(false)
    if (refusal === null) return
    setWhy(refusal.why)
    wait(refusal.waitSeconds)
    setCode('')
    input.current?.focus()
  }

  function type(text: string): void {
    if (isRecovery) return setCode(text)
    const digits = text.replace(/\D/g, '').slice(0, 6)
    setCode(digits)
    if (digits.length === 6 && isReady && left === 0) void send(digits)
  }

  return (
    <form
      className="cpms-code-form"
      // a form that is sent before it is alive: what is typed belongs in no address
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        if (mayGo) void send(code)
      }}
    >
      {children}
      <div className="cpms-field">
        <label htmlFor={id}>
          {isRecovery ? 'Recovery code' : 'Code of your authenticator app'}
        </label>
        <input
          autoCapitalize={isRecovery ? 'characters' : 'off'}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          autoFocus
          className="cpms-input cpms-code-input"
          data-focus=""
          data-kind={isRecovery ? 'recovery' : 'digits'}
          id={id}
          inputMode={isRecovery ? 'text' : 'numeric'}
          key={String(isRecovery)}
          name="code"
          onChange={(event) => type(event.target.value)}
          placeholder={isRecovery ? 'ABCDE-FGHIJ' : '000000'}
          ref={input}
          spellCheck={false}
          value={code}
        />
      </div>
      <Problem secondsLeft={left} why={why} />
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={!mayGo || isBusy}
          type="submit"
        >
          {isBusy ? busyLabel : submitLabel}
        </button>
        {cancel && (
          <button className="cpms-button" onClick={cancel.onCancel} type="button">
            {cancel.label}
          </button>
        )}
        {allowsRecovery && (
          <button
            className="cpms-button"
            data-kind="quiet"
            onClick={() => {
              setRecovery(!isRecovery)
              setCode('')
              setWhy(null)
            }}
            type="button"
          >
            {isRecovery ? 'Use the app instead' : 'Use a recovery code instead'}
          </button>
        )}
      </div>
    </form>
  )
}
