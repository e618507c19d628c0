'use client'

import '../people.css'

import { RadioGroupField, useField, useForm } from '@payloadcms/ui'
import type { RadioFieldClientProps } from 'payload'
import { useEffect } from 'react'

/**
 * How a new user gets in. Payload's form wants a password of everybody: unless one is to be set now, its two boxes are
 * out of sight and hold what the server replaces anyway.
 */
export function CredentialsField(props: RadioFieldClientProps) {
  const { value } = useField<string>({ path: props.path })
  const { dispatchFields } = useForm()
  const isSetNow = value === 'password'
  useEffect(() => {
    const filler = isSetNow ? '' : crypto.getRandomValues(new Uint32Array(4)).join('-')
    for (const path of ['password', 'confirm-password'])
      dispatchFields({ type: 'UPDATE', path, value: filler, valid: !isSetNow })
  }, [isSetNow, dispatchFields])
  return (
    <div className={isSetNow ? undefined : 'cpms-no-password'}>
      <RadioGroupField {...props} />
    </div>
  )
}
