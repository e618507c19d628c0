'use client'

import { FieldDescription, FieldError, FieldLabel, useField } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'
import { useEffect, useState } from 'react'

import { toInteger, toText } from './decimal'

/** An integer that is stored and a decimal that is typed: `450000` millionths are `0.45`. */
export function DecimalField({
  field,
  path,
  readOnly,
  digits,
  unit,
}: NumberFieldClientProps & { digits: number; unit: string }) {
  const { value, setValue, showError, disabled } = useField<number | null>({ path })
  const [text, setText] = useState(() => toText(value, digits))
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setText(toText(value, digits))
  }, [value, digits, isTyping])

  function onChange(typed: string): void {
    setText(typed)
    const stored = toInteger(typed, digits)
    if (stored !== undefined) setValue(stored)
  }

  const isLocked = Boolean(readOnly ?? field.admin?.readOnly) || disabled
  return (
    <div className={`field-type number cpms-decimal${showError ? ' error' : ''}`}>
      <FieldLabel label={field.label} path={path} required={field.required} />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError || toInteger(text, digits) === undefined} />
        <span className="cpms-decimal-box">
          <input
            disabled={isLocked}
            id={`field-${path.replace(/\./g, '__')}`}
            inputMode="decimal"
            onBlur={() => setTyping(false)}
            onChange={(event) => onChange(event.target.value)}
            onFocus={() => setTyping(true)}
            type="text"
            value={text}
          />
          <span className="cpms-muted">{unit}</span>
        </span>
      </div>
      <FieldDescription description={field.admin?.description} path={path} />
    </div>
  )
}
