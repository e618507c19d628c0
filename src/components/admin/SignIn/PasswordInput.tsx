'use client'

import { useId, useRef, useState } from 'react'

import { useTypedBefore } from './alive'

type Props = {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  hasFocus?: boolean
}

/** A password, which can be looked at while it is typed. */
export function PasswordInput({ label, value, onChange, hint, hasFocus, ...input }: Props) {
  const id = useId()
  const [isShown, setShown] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  useTypedBefore(box, onChange)
  return (
    <div className="cpms-field">
      <label htmlFor={id}>{label}</label>
      <span className="cpms-password">
        <input
          {...input}
          aria-describedby={hint ? `${id}-hint` : undefined}
          autoFocus={hasFocus}
          className="cpms-input"
          data-focus={hasFocus ? '' : undefined}
          id={id}
          maxLength={1024}
          onChange={(event) => onChange(event.target.value)}
          ref={box}
          required
          spellCheck={false}
          type={isShown ? 'text' : 'password'}
          value={value}
        />
        <button
          aria-pressed={isShown}
          className="cpms-button"
          data-kind="quiet"
          onClick={() => setShown(!isShown)}
          type="button"
        >
          {isShown ? 'Hide' : 'Show'}
          <span className="cpms-sr"> what is typed as {label.toLowerCase()}</span>
        </button>
      </span>
      {hint && (
        <small className="cpms-muted" id={`${id}-hint`}>
          {hint}
        </small>
      )}
    </div>
  )
}
