'use client'

import { useEffect, useRef, useState } from 'react'

import { QrCode } from '../AddCharger/QrCode'
import { CopyRow } from '../ui/CopyRow'
import { save, type Refusal } from '../ui/save'
import { CodeForm } from './CodeForm'
import { PasswordInput } from './PasswordInput'
import { Problem } from './Problem'
import { RecoveryCodes } from './RecoveryCodes'
import { useWait } from './useWait'

type Step =
  | { kind: 'password' }
  | { kind: 'scan'; secret: string; uri: string }
  | { kind: 'codes'; codes: string[] }

type Props = {
  /** Known where somebody has just typed it to sign in. */
  password?: string
  onDone: () => void
  onCancel?: () => void
}

/** Setting up the second factor: the password, the QR code and a first code of it, the recovery codes. */
export function Enrol({ password: known, onDone, onCancel }: Props) {
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [password, setPassword] = useState('')
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [left, wait] = useWait()
  const hasBegun = useRef(false)

  async function begin(own: string): Promise<void> {
    setBusy(true)
    const begun = await save('POST', '/api/users/second-factor/begin', { password: own })
    setBusy(false)
    if (begun.kind === 'refused') {
      setWhy(begun.why)
      wait(begun.waitSeconds)
    } else setStep({ kind: 'scan', secret: String(begun.body.secret), uri: String(begun.body.uri) })
  }

  useEffect(() => {
    // each beginning makes a new secret: once, although React may run this twice
    if (known === undefined || hasBegun.current) return
    hasBegun.current = true
    void begin(known)
  })

  async function confirm(code: string): Promise<Refusal | null> {
    const confirmed = await save('POST', '/api/users/second-factor/confirm', { code })
    if (confirmed.kind === 'refused') return confirmed
    setStep({ kind: 'codes', codes: confirmed.body.recoveryCodes as string[] })
    return null
  }

  if (step.kind === 'codes') return <RecoveryCodes codes={step.codes} onDone={onDone} />
  if (step.kind === 'scan')
    return (
      <div className="cpms-enrol">
        <p>
          Scan this with an authenticator app on your phone (Google or Microsoft Authenticator,
          1Password, Aegis, …), then type the six digits it shows.
        </p>
        <QrCode label="QR code for your authenticator app" text={step.uri} />
        <details className="cpms-more">
          <summary>The camera does not work</summary>
          <p className="cpms-muted">Type this key into the app instead:</p>
          <CopyRow label="Key" value={step.secret.replace(/(.{4})(?=.)/g, '$1 ')} />
        </details>
        <CodeForm
          allowsRecovery={false}
          cancel={onCancel && { label: 'Cancel', onCancel }}
          submit={confirm}
          submitLabel="Turn on"
        />
      </div>
    )
  if (known !== undefined && why === null && left === 0)
    return <p className="cpms-muted">One moment…</p>
  return (
    <form
      className="cpms-enrol"
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        void begin(password)
      }}
    >
      <PasswordInput
        autoComplete="current-password"
        hasFocus
        label="Your password"
        name="password"
        onChange={setPassword}
        value={password}
      />
      <Problem secondsLeft={left} why={why} />
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={isBusy || left > 0 || password === ''}
          type="submit"
        >
          Continue
        </button>
        {onCancel && (
          <button className="cpms-button" onClick={onCancel} type="button">
            Cancel
          </button>
        )}
      </div>
    </form>
  )
}
