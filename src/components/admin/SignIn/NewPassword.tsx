'use client'

import { useState, type ReactNode } from 'react'

import { shortestPassword } from '@/domain/signIn'

import { PasswordInput } from './PasswordInput'

export type NewPasswordState = { value: string; isReady: boolean; fields: ReactNode }

/** A new password, typed twice; what makes a good one is said before it is refused. */
export function useNewPassword(options: { hasFocus?: boolean } = {}): NewPasswordState {
  const [value, setValue] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== value
  const fields = (
    <>
      <PasswordInput
        autoComplete="new-password"
        hasFocus={options.hasFocus}
        hint={`At least ${shortestPassword} characters. A sentence is good.`}
        label="New password"
        name="new-password"
        onChange={setValue}
        value={value}
      />
      <PasswordInput
        autoComplete="new-password"
        label="Once more"
        name="new-password-again"
        onChange={setAgain}
        value={again}
      />
      {differs && again.length >= value.length && (
        <p className="cpms-wrong" role="status">
          The two are not the same.
        </p>
      )}
    </>
  )
  return { value, isReady: value !== '' && value === again, fields }
}
