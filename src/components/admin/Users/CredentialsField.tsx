'use client'

import '../people.css'

import { RadioGroupField, useEditDepth, useField } from '@payloadcms/ui'
import type { RadioFieldClientProps } from 'payload'
import { useEffect } from 'react'

/**
 * How a new user gets in. Payload's form has two password boxes for everybody; they are out of sight unless one is to be
 * set now. In a drawer, where no link could be shown, a password is the only way.
 */
export function CredentialsField(props: RadioFieldClientProps) {
  const { value, setValue } = useField<string>({ path: props.path })
  const isInDrawer = useEditDepth() > 1
  useEffect(() => {
    if (isInDrawer) setValue('password')
  }, [isInDrawer, setValue])
  if (isInDrawer) return null
  return (
    <div className={value === 'password' ? undefined : 'cpms-no-password'}>
      <RadioGroupField {...props} />
    </div>
  )
}
