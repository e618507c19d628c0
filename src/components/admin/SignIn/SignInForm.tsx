'use client'

import Link from 'next/link'
import { useState } from 'react'

import { save, type Refusal } from '../ui/save'
import { useAlive } from './alive'
import { CodeForm } from './CodeForm'
import { Enrol } from './Enrol'
import { PasswordInput } from './PasswordInput'
import { Problem } from './Problem'
import { useWait } from './useWait'

type Step = 'password' | 'code' | 'enrol'

/** E-mail and password, then the code of whoever has a second factor, or its setting up for whoever must have one. */
export function SignInForm({ next, notice }: { next: string; notice: string | null }) {
  const [step, setStep] = useState<Step>('password')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [why, setWhy] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [left, wait] = useWait()
  const isAlive = useAlive()

  // the whole page anew: what stands around every page was drawn for a stranger
  const enter = () => window.location.assign(next)

  async function signIn(who: {
    email: string
    password: string
    code?: string
  }): Promise<Refusal | null> {
    const signed = await save('POST', '/api/users/login', { ...who, email: who.email.trim() })
    if (signed.kind === 'refused') return signed
    if (await mustEnrol()) setStep('enrol')
    else enter()
    return null
  }

  async function submit(form: HTMLFormElement): Promise<void> {
    // what the browser filled in before this page was alive has told nobody
    const filled = new FormData(form)
    const who = { email: String(filled.get('email')), password: String(filled.get('password')) }
    setEmail(who.email)
    setPassword(who.password)
    setBusy(true)
    setWhy(null)
    const refusal = await signIn(who)
    if (refusal?.code === 'MFA_REQUIRED') setStep('code')
    else if (refusal) {
      setWhy(said(refusal))
      wait(refusal.waitSeconds)
    }
    // where it worked the next page is on its way
    if (refusal) setBusy(false)
  }

  if (step === 'enrol')
    return (
      <>
        <h1>Set up two-factor authentication</h1>
        <p className="cpms-muted">
          Your role asks for it: beside your password, a code from an app on your phone. It takes a
          minute, once.
        </p>
        <Enrol onDone={enter} password={password} />
      </>
    )
  if (step === 'code')
    return (
      <>
        <h1>Enter your code</h1>
        <CodeForm
          cancel={{ label: 'Back', onCancel: () => setStep('password') }}
          submit={(code) => signIn({ email, password, code })}
          submitLabel="Log in"
        />
      </>
    )
  return (
    <form
      className="cpms-sign-in-form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <h1 className="cpms-sr">Log in</h1>
      {notice && (
        <p className="cpms-note" role="status">
          {notice}
        </p>
      )}
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
          // not React's: what is typed before the page is alive would be taken away by the next letter
          defaultValue={email}
        />
      </label>
      <PasswordInput
        autoComplete="current-password"
        label="Password"
        name="password"
        onChange={setPassword}
        value={password}
      />
      <Problem secondsLeft={left} why={why} />
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={!isAlive || isBusy || left > 0}
          type="submit"
        >
          {isBusy ? 'One moment…' : 'Log in'}
        </button>
        <Link className="cpms-link" href="/admin/forgot" prefetch={false}>
          Forgot Password
        </Link>
      </div>
    </form>
  )
}

/** The same words whether the address is known or not (SEC-16). */
function said({ code, why, waitSeconds }: Refusal): string {
  if (waitSeconds !== null || code !== null) return why
  return 'This e-mail address and password do not belong together.'
}

async function mustEnrol(): Promise<boolean> {
  const response = await fetch('/api/users/security', { credentials: 'include' }).catch(() => null)
  if (!response?.ok) return false
  const { secondFactor } = (await response.json()) as {
    secondFactor: { isOn: boolean; isRequired: boolean }
  }
  return secondFactor.isRequired && !secondFactor.isOn
}
